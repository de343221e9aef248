import { randomBytes } from "node:crypto";
import { open, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { errorCode, writeFileAtomic } from "../files/atomic-file.ts";

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

/** One instance for each data folder. A file left by a process that was killed does not count. */
export async function lockProfile(dataDir: string): Promise<LockResult> {
  const path = join(dataDir, "instance.json");
  const secret = randomBytes(32).toString("base64url");
  for (let attempt = 0; attempt < 3; attempt += 1) {
    if (await create(path, { pid: process.pid, secret })) return { lock: createLock(path, secret) };
    const running = await readInstance(path);
    if (running !== undefined && isAlive(running.pid)) return { running };
    await rm(path, { force: true });
  }
  throw new Error(`${path} cannot be taken: remove it if Parvis does not run`);
}

function createLock(path: string, secret: string): InstanceLock {
  return {
    secret,
    publish: (port) => writeFileAtomic(path, JSON.stringify({ pid: process.pid, secret, port })),
    release: () => rm(path, { force: true }),
  };
}

async function create(path: string, instance: Instance): Promise<boolean> {
  try {
    const file = await open(path, "wx", 0o600);
    await file.writeFile(JSON.stringify(instance));
    await file.close();
    return true;
  } catch (error) {
    if (errorCode(error) === "EEXIST") return false;
    throw error;
  }
}

async function readInstance(path: string): Promise<Instance | undefined> {
  try {
    const parsed = instanceSchema.safeParse(JSON.parse(await readFile(path, "utf8")));
    return parsed.data;
  } catch (error) {
    if (error instanceof SyntaxError || errorCode(error) === "ENOENT") return undefined;
    throw error;
  }
}

/** A pid may have been given to another program since: it then looks alive, and asking it shows that it is not ours. */
function isAlive(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It lives under another account.
    return errorCode(error) === "EPERM";
  }
}
