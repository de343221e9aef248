import { rm } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { drivePathSchema } from "#contract/drives.ts";
import { MemoryDrive } from "../../testing/memory-drive.ts";
import { tempFolder } from "../../testing/temp-folder.ts";
import { DriveError } from "../drive-error.ts";
import { faultyDrive, withoutIds, type Fate } from "./testing/faulty-drive.ts";
import { filesOn, Machine } from "./testing/machine.ts";

/**
 * Two machines and one drive, which people change at random while lines are cut and processes killed at every step. In the
 * end all three have the same files, and whatever somebody wrote is in one of them, unless somebody who saw it replaced it.
 */
const SEEDS = Number(process.env["PARVIS_FUZZ_SEEDS"] ?? 25);
const FIRST = Number(process.env["PARVIS_FUZZ_FIRST"] ?? 1);
const ROUNDS = 14;
const call = { signal: new AbortController().signal };

/** mulberry32 */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

class World {
  readonly random: () => number;
  readonly drive = new MemoryDrive();
  readonly written = new Set<string>();
  /** Somebody who had it before them has put something else in its place, or deleted it. */
  readonly seen = new Set<string>();
  faultShare = 0;
  killShare = 0;
  #count = 0;
  /** Told when a process dies. */
  onDeath: (() => void) | undefined;

  constructor(seed: number) {
    this.random = randomOf(seed);
  }

  pick<T>(some: readonly T[]): T | undefined {
    return some[Math.floor(this.random() * some.length)];
  }

  fresh(): string {
    this.#count += 1;
    // Some of one length, so that sizes do not tell them apart.
    const text = `content ${String(this.#count).padStart(4, "0")}${"x".repeat(this.random() < 0.2 ? 5000 : 0)}`;
    this.written.add(text);
    return text;
  }

  fate(): Fate {
    if (this.random() >= this.faultShare) return undefined;
    return this.random() < 0.5 ? "before" : "after";
  }

  async reached(): Promise<void> {
    if (this.random() >= this.killShare) return;
    this.onDeath?.();
    await new Promise(() => undefined);
  }

  replaced(files: Record<string, string | null>, path: string): void {
    for (const [one, text] of Object.entries(files))
      if (text !== null && (one === path || one.startsWith(`${path}/`))) this.seen.add(text);
  }
}

const NAMES = ["a", "b", "c", "d"];

function anyPath(world: World): string {
  const depth = 1 + Math.floor(world.random() * 3);
  return Array.from(
    { length: depth },
    (_, at) => `${world.pick(NAMES)}${at === depth - 1 ? ".txt" : ""}`,
  ).join("/");
}

async function somebodyWorks(world: World, machine: Machine): Promise<void> {
  const files = await machine.files();
  const path = world.pick(Object.keys(files));
  const what = world.random();
  try {
    if (path === undefined || what < 0.45) {
      const target = what < 0.2 && path?.endsWith("/") === false ? path : anyPath(world);
      const text = world.fresh();
      await machine.write(target, text).catch((error: unknown) => {
        world.written.delete(text);
        throw error;
      });
      world.replaced(files, target);
    } else if (what < 0.6) {
      await machine.remove(path);
      world.replaced(files, path.replace(/\/$/, ""));
    } else if (what < 0.9) {
      const from = path.replace(/\/$/, "");
      const to = path.endsWith("/") ? `${world.pick(NAMES)}/${world.pick(NAMES)}` : anyPath(world);
      if (from === to || to.startsWith(`${from}/`) || to in files || `${to}/` in files) return;
      await machine.rename(from, to);
    }
  } catch (error) {
    // A file where a folder would have to be: nobody can do that.
    if (!(error instanceof Error && "code" in error)) throw error;
  }
}

async function somebodyElseWorks(world: World): Promise<void> {
  const files = await filesOn(world.drive);
  const path = world.pick(Object.keys(files).filter((one) => !one.endsWith("/")));
  if (path === undefined) return;
  const what = world.random();
  if (what < 0.4) {
    world.drive.seed(path, world.fresh());
    world.replaced(files, path);
  } else if (what < 0.6) {
    world.drive.drop(path);
    world.replaced(files, path);
  } else {
    const to = anyPath(world).replaceAll("/", "-");
    if (to in files || `${to}/` in files) return;
    await world.drive.move(drivePathSchema.parse(path), drivePathSchema.parse(to), {}, call);
  }
}

async function synchronise(world: World, machine: Machine): Promise<void> {
  const death = Promise.withResolvers<"dead">();
  world.onDeath = () => death.resolve("dead");
  const pass = machine.pass().catch((error: unknown) => {
    if (!(error instanceof DriveError)) throw error;
  });
  if ((await Promise.race([pass, death.promise])) === "dead") await machine.resurrect();
}

async function settleAll(world: World, machines: Machine[]): Promise<void> {
  for (let round = 0; round < 12; round += 1) {
    for (const machine of machines) await machine.converge(20);
    const [first, ...others] = [
      await filesOn(world.drive),
      ...(await Promise.all(machines.map((one) => one.files()))),
    ];
    if (others.every((one) => JSON.stringify(one) === JSON.stringify(first))) return;
  }
}

async function live(seed: number): Promise<{ world: World; machines: Machine[] }> {
  const world = new World(seed);
  const machines: Machine[] = [];
  for (const who of ["Anna", "Benoît"]) {
    const folder = join(await tempFolder(), who);
    machines.push(
      await Machine.start({
        folder,
        who,
        drive: faultyDrive(seed % 2 === 0 ? world.drive : withoutIds(world.drive), () => world.fate()),
        limits: { files: Number.POSITIVE_INFINITY, share: 2, few: 0, isAllAsked: false },
        reached: () => world.reached(),
        capacity: () => (world.killShare > 0 ? 1 : 8),
      }),
    );
  }
  for (let round = 0; round < ROUNDS; round += 1) {
    for (let step = 0; step < 4; step += 1) {
      const machine = world.pick(machines);
      if (machine !== undefined) await somebodyWorks(world, machine);
      if (world.random() < 0.2) await somebodyElseWorks(world);
    }
    const mood = world.random();
    world.faultShare = mood < 0.5 ? 0.1 : 0;
    world.killShare = mood >= 0.3 && mood < 0.8 ? 0.1 : 0;
    if (world.killShare > 0) for (const machine of machines) await synchronise(world, machine);
    else await Promise.all(machines.map((machine) => synchronise(world, machine)));
  }
  world.faultShare = 0;
  world.killShare = 0;
  await settleAll(world, machines);
  return { world, machines };
}

test.each(Array.from({ length: SEEDS }, (_, at) => FIRST + at))(
  "two machines and a drive come to the same files, and nothing is lost (seed %i)",
  async (seed) => {
    const { world, machines } = await live(seed);
    const there = await filesOn(world.drive);
    for (const machine of machines) {
      expect(await machine.files()).toEqual(there);
      expect(await machine.files(machine.parts)).toEqual({});
      machine.close();
      await rm(machine.place(""), { recursive: true, force: true });
    }
    const alive = new Set(Object.values(there));
    expect([...world.written].filter((text) => !world.seen.has(text) && !alive.has(text))).toEqual([]);
  },
);
