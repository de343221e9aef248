import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { tempFolder } from "../../testing/temp-folder.ts";
import { LocalDrive } from "../local/local-drive.ts";
import { DRIVE_ID, filesOn, Machine } from "./testing/machine.ts";

const SCRIPT = join(import.meta.dirname, "testing", "dying-machine.ts");
/** No machine of this test has more processors. */
const AT_ONCE = 3;
const LARGE = "large ".repeat(100_000);

async function put(folder: string, path: string, text: string): Promise<void> {
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeFile(join(folder, path), text);
}

/** Something of everything: what is to be brought, sent, renamed, moved, deleted and decided about, on both sides. */
async function prepare(): Promise<{ folder: string; drive: string }> {
  const base = await tempFolder();
  const drive = join(base, "drive");
  const folder = join(base, "machine");
  for (const name of [
    "edit-here",
    "edit-there",
    "drop-here",
    "drop-there",
    "both",
    "same",
    "rename-here",
    "rename-there",
  ])
    await put(drive, `x/${name}.txt`, `base of ${name}`);
  await put(drive, "gone-here/a.txt", "a");
  await put(drive, "gone-there/b.txt", "b");
  await put(drive, "moved/c.txt", "c");
  const machine = await Machine.start({ folder, drive: new LocalDrive(drive) });
  await machine.converge();
  machine.close();
  const here = join(folder, "files");
  await put(here, "x/edit-here.txt", "edited here");
  await put(drive, "x/edit-there.txt", "edited there");
  await put(here, "x/both.txt", "both: mine");
  await put(drive, "x/both.txt", "both: theirs");
  await put(here, "x/same.txt", "the same change");
  await put(drive, "x/same.txt", "the same change");
  await put(here, "new-here/d.txt", "new here");
  await put(drive, "new-there/e.txt", LARGE);
  for (const [side, name] of [
    [here, "here"],
    [drive, "there"],
  ] as const) {
    await rm(join(side, `x/drop-${name}.txt`));
    await rm(join(side, `gone-${name}`), { recursive: true });
    await rename(join(side, `x/rename-${name}.txt`), join(side, `x/renamed-${name}.txt`));
  }
  await rename(join(here, "moved"), join(here, "x", "moved"));
  return { folder, drive };
}

/** Where it was killed, or `alive`. */
async function runUntil(folder: string, drive: string, step: number): Promise<string> {
  const child = spawn(process.execPath, [SCRIPT, folder, drive, String(step)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let said = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    said += text;
  });
  const [code, signal] = await once(child, "close");
  expect([code, signal]).toEqual(said === "alive\n" ? [0, null] : [null, "SIGKILL"]);
  return said.trim();
}

const expected = {
  "new-here/": null,
  "new-here/d.txt": "new here",
  "new-there/": null,
  "new-there/e.txt": LARGE,
  "x/": null,
  "x/both (conflit, Anna, 2026-11-23).txt": "both: mine",
  "x/both.txt": "both: theirs",
  "x/edit-here.txt": "edited here",
  "x/edit-there.txt": "edited there",
  "x/moved/": null,
  "x/moved/c.txt": "c",
  "x/renamed-here.txt": "base of rename-here",
  "x/renamed-there.txt": "base of rename-there",
  "x/same.txt": "the same change",
};

test(
  "killed at any step and started again, both sides come to what they would have come to",
  { timeout: 240_000 },
  async () => {
    const stages = new Set<string>();
    let step = 0;
    let isOver = false;
    const walk = async (): Promise<void> => {
      while (!isOver) {
        step += 1;
        const at = step;
        const { folder, drive } = await prepare();
        const stage = await runUntil(folder, drive, at);
        stages.add(stage);
        if (stage === "alive") isOver = true;
        const machine = await Machine.start({ folder, drive: new LocalDrive(drive) });
        await machine.converge();
        expect({ stage, files: await machine.files() }).toEqual({ stage, files: expected });
        expect({ stage, files: await filesOn(new LocalDrive(drive)) }).toEqual({ stage, files: expected });
        expect({ stage, files: await machine.files(machine.parts) }).toEqual({ stage, files: {} });
        expect(machine.journal.steps(DRIVE_ID)).toEqual([]);
        expect(machine.journal.conflicts().map(({ copyPath }) => copyPath)).toEqual([
          "x/both (conflit, Anna, 2026-11-23).txt",
        ]);
        machine.close();
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, walk));
    // Every kind of step was walked through, with what lies between its beginning and its end.
    expect([...stages]).toEqual(
      expect.arrayContaining([
        ...["begun", "brought", "placed", "noted"].map((stage) => `download ${stage}`),
        ...["begun", "sent", "noted"].map((stage) => `upload ${stage}`),
        ...["begun", "brought", "placed", "noted"].map((stage) => `compare ${stage}`),
        ...["conflictNoted", "conflictRenamed"].map((stage) => `both ${stage}`),
        ...["begun", "done", "noted"].flatMap((stage) => [
          `move ${stage}`,
          `removeHere ${stage}`,
          `removeThere ${stage}`,
        ]),
        ...["begun", "noted"].flatMap((stage) => [`makeHere ${stage}`, `makeThere ${stage}`]),
        "alive",
      ]),
    );
  },
);
