import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, onTestFinished, test } from "vitest";
import { drivePathSchema, TOP, type DrivePath } from "#contract/drives.ts";
import { driveRules } from "#host/testing/drive-rules.ts";
import { hungMount, type HungMount } from "./peers/hung-mount.ts";
import { DEADLINES } from "#host/drives/deadlines.ts";
import type { Drive } from "#host/drives/drive.ts";
import type { DriveChild } from "#host/drives/drive-process/messages.ts";
import { openInProcess } from "#host/drives/drive-process/process-drive.ts";
import { startNodeProcess } from "#host/drives/drive-process/start-node-process.ts";

const at = (path: string): DrivePath => drivePathSchema.parse(path);
const call = { signal: new AbortController().signal };

driveRules("of a mount, in a process of its own", {
  async make() {
    const root = await mkdtemp(join(tmpdir(), "parvis-mount-"));
    const drive = openInProcess(root, startNodeProcess);
    const putBehind = async (path: DrivePath, text: string) => {
      await writeFile(join(root, `${path}~`), text);
      await rename(join(root, `${path}~`), join(root, path));
    };
    const close = async () => {
      await drive.close();
      await rm(root, { recursive: true, force: true });
    };
    return { drive, putBehind, close };
  },
  claims: {
    canWrite: true,
    canLock: false,
    canReadParts: true,
    canTellChanges: false,
    isCaseSensitive: process.platform === "linux",
  },
});

const SOON = { ...DEADLINES, idleMs: 1500, graceMs: 300 };

/** Counts what is started, and what of it has ended. */
function counting() {
  const counts = { started: 0, ended: 0 };
  const start = (folder: string): DriveChild => {
    const child = startNodeProcess(folder);
    counts.started += 1;
    child.onExit(() => (counts.ended += 1));
    return child;
  };
  return { counts, start };
}

function closeLater(drive: Drive): void {
  onTestFinished(() => drive.close());
}

const mount = await hungMount();

function hung(): HungMount {
  if (mount === undefined) throw new Error("there is no mount");
  mount.wake();
  return mount;
}

afterAll(() => mount?.stop());

describe.runIf(mount !== undefined)("a mount whose server hangs, in the kernel", () => {
  test("ends as unreachable, keeps nobody else waiting, and works again when the server is back", async () => {
    const { folder, put, freeze, wake } = hung();
    await put("note.txt", "bonjour");
    const { counts, start } = counting();
    const drive = openInProcess(folder, start, SOON);
    closeLater(drive);
    expect(await drive.stat(at("note.txt"), call)).toMatchObject({ sizeBytes: 7 });
    freeze();
    const asked = [
      drive.stat(at("absent.txt"), call),
      drive.read(at("note.txt"), {}, call),
      drive.list(TOP, call)[Symbol.asyncIterator]().next(),
      drive.quota(call),
      drive.makeFolder(at("Neuf"), call),
    ];
    // The host goes on: its own files are read meanwhile.
    const own = await mkdtemp(join(tmpdir(), "parvis-own-"));
    await writeFile(join(own, "a"), "a");
    await rm(own, { recursive: true });
    for (const { status, ...rest } of await Promise.allSettled(asked)) {
      expect(status).toBe("rejected");
      expect(rest).toMatchObject({ reason: { fault: "unreachable" } });
    }
    wake();
    expect(await drive.stat(at("note.txt"), call)).toMatchObject({ sizeBytes: 7 });
    expect(counts.started).toBe(2);
  }, 60_000);

  test("what is given up ends at once, and the process that hangs is let go of", async () => {
    const { folder, put, freeze, wake } = hung();
    await put("note.txt", "bonjour");
    const { counts, start } = counting();
    const drive = openInProcess(folder, start, { ...SOON, idleMs: 600_000 });
    closeLater(drive);
    await drive.stat(TOP, call);
    freeze();
    const abort = new AbortController();
    const asked = drive.stat(at("quelque part.txt"), { signal: abort.signal });
    abort.abort();
    await expect(asked).rejects.toMatchObject({ fault: "cancelled" });
    await expect.poll(() => counts.ended, { timeout: 20_000 }).toBe(1);
    wake();
    expect(await drive.stat(at("note.txt"), call)).toMatchObject({ sizeBytes: 7 });
  }, 60_000);

  test("a stream that hangs half-way fails too", async () => {
    const { folder, put, freeze } = hung();
    await put("grand.bin", "x".repeat(4_000_000));
    const drive = openInProcess(folder, startNodeProcess, SOON);
    closeLater(drive);
    const { stream } = await drive.read(at("grand.bin"), {}, call);
    const reader = stream.getReader();
    await reader.read();
    freeze();
    const rest = async () => {
      while (!(await reader.read()).done);
    };
    await expect(rest()).rejects.toMatchObject({ fault: "unreachable" });
    mount?.wake();
  }, 60_000);
});

test.runIf(process.platform === "linux")(
  "a pipe that blocks whoever opens it holds up nobody for ever",
  async () => {
    const folder = await mkdtemp(join(tmpdir(), "parvis-pipe-"));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const root = join(folder, "racine");
    await mkdir(root);
    // Opening it waits for somebody who writes: a system call that never comes back.
    execFileSync("mkfifo", [join(root, "pipe")]);
    await writeFile(join(root, "a"), "a");
    const drive = openInProcess(root, startNodeProcess, SOON);
    closeLater(drive);
    await expect(drive.read(at("pipe"), {}, call)).rejects.toMatchObject({ name: "DriveError" });
    expect(await drive.stat(at("a"), call)).toMatchObject({ sizeBytes: 1 });
  },
  60_000,
);

test("a process that ends by itself is an unreachable drive, once", async () => {
  const folder = await mkdtemp(join(tmpdir(), "parvis-ends-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const children: DriveChild[] = [];
  const drive = openInProcess(folder, (root) => {
    const child = startNodeProcess(root);
    children.push(child);
    return child;
  });
  closeLater(drive);
  await drive.stat(TOP, call);
  const asked = drive.list(TOP, call)[Symbol.asyncIterator]().next();
  children[0]?.kill();
  await expect(asked).rejects.toMatchObject({ fault: "unreachable" });
  expect(await drive.stat(TOP, call)).toMatchObject({ kind: "folder" });
  expect(children).toHaveLength(2);
});
