import { randomBytes } from "node:crypto";
import { rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import { AppError } from "#contract/problem.ts";
import { canWrite } from "./read-only.ts";
import { errorCode, writeFileAtomic } from "../files/atomic-file.ts";
import { readSmallFile } from "../files/read-small.ts";

/** What a running instance leaves for a second one: how to reach it. Readable by its owner only. */
const instanceSchema = z.object({
  pid: z.int().positive(),
  /** Lets the second instance ask the first for a new one-time address. */
  secret: z.string(),
  port: z.int().optional(),
});
export type Instance = z.infer<typeof instanceSchema>;

export interface InstanceLock {
  secret: string;
  /** Makes the address known to a second instance. */
  publish(port: number): Promise<void>;
  release(): Promise<void>;
}

export type LockResult = { lock: InstanceLock } | { running: Instance };

/** How long the holder of a folder may take from having it to saying who it is. */
const PATIENCE_MS = 3000;
const LOOK_AGAIN_MS = 50;

/**
 * One instance for each data folder. The lock is the operating system's, taken through a little database, so that it ends
 * with the process however that ends; the file beside it says how to reach whoever has it.
 * @throws AppError locked when its holder does not say who it is
 */
export async function lockProfile(dataDir: string): Promise<LockResult> {
  const path = join(dataDir, "instance.json");
  const unlock = canWrite(dataDir) ? takeLock(join(dataDir, "instance.lock")) : unguarded;
  if (unlock === undefined) return { running: await holderOf(path) };
  const secret = randomBytes(32).toString("base64url");
  const write = (port?: number): Promise<void> =>
    writeFileAtomic(path, JSON.stringify({ pid: process.pid, secret, port }));
  if (unlock === unguarded)
    return { lock: { secret, publish: () => Promise.resolve(), release: () => Promise.resolve() } };
  try {
    // No file can take the place of a folder.
    if ((await readSmallFile(path)).kind === "odd") await rename(path, `${path}.damaged-${Date.now()}`);
    await write();
  } catch (error) {
    unlock();
    throw error;
  }
  return {
    lock: {
      secret,
      publish: write,
      async release() {
        await rm(path, { force: true });
        unlock();
      },
    },
  };
}

/** Where nothing can be written there is nothing that two could spoil for each other. */
const unguarded = (): void => undefined;

const SQLITE_BUSY = 5;

function takeLock(path: string): (() => void) | undefined {
  const db = new DatabaseSync(path, { timeout: 0 });
  try {
    db.exec("BEGIN EXCLUSIVE");
  } catch (error) {
    db.close();
    if (error instanceof Error && Reflect.get(error, "errcode") === SQLITE_BUSY) return undefined;
    throw error;
  }
  return () => db.close();
}

async function holderOf(path: string): Promise<Instance> {
  for (let waitedMs = 0; waitedMs < PATIENCE_MS; waitedMs += LOOK_AGAIN_MS) {
    const instance = await readInstance(path);
    // A dead one's file stands there until the new holder has written its own.
    if (instance !== undefined && isAlive(instance.pid)) return instance;
    await wait(LOOK_AGAIN_MS);
  }
  throw new AppError("locked", {
    title: "Another program uses this data folder",
    detail: `It holds ${dirname(path)} and does not say who it is. Stop it, or use another folder.`,
  });
}

async function readInstance(path: string): Promise<Instance | undefined> {
  try {
    const file = await readSmallFile(path);
    return file.kind === "text" ? instanceSchema.safeParse(JSON.parse(file.text)).data : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It lives under another account.
    return errorCode(error) === "EPERM";
  }
}
