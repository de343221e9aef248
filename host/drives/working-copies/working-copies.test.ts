import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdir, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { drivePathSchema } from "#contract/drives.ts";
import { tempFolder } from "../../testing/temp-folder.ts";
import { DriveError } from "../drive-error.ts";
import { copyOptions, DRIVE, drivesOf, saveInPlace } from "./testing/copy-scene.ts";
import { WorkingCopies, type WorkingCopiesOptions } from "./working-copies.ts";

const at = (path: string) => drivePathSchema.parse(path);
const SCRIPT = join(import.meta.dirname, "testing", "dying-copies.ts");

const lockedByBerta = () => Promise.reject(new DriveError("locked", { title: "Berta has it" }));

async function scene() {
  const base = await tempFolder();
  const [dataDir, folder] = [join(base, "profile"), join(base, "drive")];
  await mkdir(folder);
  await mkdir(dataDir);
  await writeFile(join(folder, "a.txt"), "first");
  const opened: string[] = [];
  const start = async (change: Partial<WorkingCopiesOptions> = {}) => {
    const copies = await WorkingCopies.start({
      ...copyOptions(dataDir, drivesOf(folder)),
      openFile: async (file) => void opened.push(file),
      ...change,
    });
    onTestFinished(() => copies.stop());
    return copies;
  };
  const there = (name: string) => readFile(join(folder, name), "utf8");
  return { dataDir, folder, opened, start, there };
}

test("what is saved in the program is on the drive, however it saves; closed, nothing stays here", async () => {
  const { dataDir, opened, start, there } = await scene();
  const copies = await start();
  const { id, isReadOnly } = await copies.open(DRIVE, at("a.txt"));
  expect(isReadOnly).toBe(false);
  const [file = ""] = opened;
  expect(await readFile(file, "utf8")).toBe("first");
  expect((await stat(join(file, ".."))).mode & 0o777).toBe(0o700);
  await writeFile(file, "written over");
  await expect.poll(() => there("a.txt")).toBe("written over");
  await saveInPlace(file, "renamed over");
  await expect.poll(() => there("a.txt")).toBe("renamed over");
  await copies.open(DRIVE, at("a.txt"));
  expect(opened).toEqual([file, file]);
  await writeFile(file, "last");
  await copies.close(id);
  expect(await there("a.txt")).toBe("last");
  expect(copies.list()).toEqual([]);
  expect(await readdir(join(dataDir, "working-copies"))).toEqual(["copies.json"]);
});

test("what somebody else wrote meanwhile stays, and both are there under clear names", async () => {
  const { folder, opened, start, there } = await scene();
  const copies = await start();
  await copies.open(DRIVE, at("a.txt"));
  await saveInPlace(join(folder, "a.txt"), "theirs");
  await writeFile(opened[0] ?? "", "mine");
  const name = "a (conflit, Anna, 2026-11-23).txt";
  await expect
    .poll(() => copies.list())
    .toMatchObject([{ path: name, conflictWith: "a.txt", state: "open" }]);
  expect(await there("a.txt")).toBe("theirs");
  expect(await there(name)).toBe("mine");
  await writeFile(opened[0] ?? "", "mine again");
  await expect.poll(() => there(name)).toBe("mine again");
  expect(await readdir(folder)).toHaveLength(2);
});

test("a file that was deleted there is put back when it is saved here", async () => {
  const { folder, opened, start, there } = await scene();
  const copies = await start();
  await copies.open(DRIVE, at("a.txt"));
  await rm(join(folder, "a.txt"));
  await writeFile(opened[0] ?? "", "mine");
  await expect.poll(() => there("a.txt").catch(() => "")).toBe("mine");
});

test("a drive that is away is waited for; until then the copy cannot be closed, and is not lost", async () => {
  const { folder, opened, start, there } = await scene();
  const drives = drivesOf(folder);
  let isAway = false;
  const write: typeof drives.write = (...args) =>
    isAway
      ? Promise.reject(new DriveError("unreachable", { title: "The drive does not answer" }))
      : drives.write(...args);
  const copies = await start({ drives: { ...drives, write } });
  const { id } = await copies.open(DRIVE, at("a.txt"));
  isAway = true;
  await writeFile(opened[0] ?? "", "mine");
  await expect
    .poll(() => copies.list())
    .toMatchObject([{ state: "waiting", problem: { fault: "unreachable" } }]);
  await expect(copies.close(id)).rejects.toMatchObject({ problem: { fault: "unreachable" } });
  isAway = false;
  await expect.poll(() => there("a.txt")).toBe("mine");
  await expect.poll(() => copies.list()).toMatchObject([{ state: "open", problem: null }]);
});

test("a drive that can only be read gives a copy that can only be read; locked by another, the same", async () => {
  const { folder, opened, start } = await scene();
  const drives = drivesOf(folder);
  const capabilities: typeof drives.capabilities = async (...args) => ({
    ...(await drives.capabilities(...args)),
    canLock: true,
  });
  const copies = await start({ drives: { ...drives, capabilities, lock: lockedByBerta } });
  expect(await copies.open(DRIVE, at("a.txt"))).toMatchObject({ isReadOnly: true });
  expect((await stat(opened[0] ?? "")).mode & 0o777).toBe(0o400);
  await chmod(opened[0] ?? "", 0o600);
});

test.each(["a.exe", "a.desktop", "a.lnk", "a.sh", "script", "a.pdf.exe ", "a.docm"])(
  "%j is not opened, for it could run something",
  async (name) => {
    const { dataDir, folder, opened, start } = await scene();
    await writeFile(join(folder, name), "#!/bin/sh\n");
    const copies = await start();
    await expect(copies.open(DRIVE, at(name))).rejects.toMatchObject({ fault: "forbidden" });
    expect(opened).toEqual([]);
    expect(await readdir(join(dataDir, "working-copies"))).toEqual([]);
  },
);

test.each([true, undefined])("what is marked above the ceiling is not kept here (%j)", async (isAbove) => {
  const { start } = await scene();
  const copies = await start({ isAboveCeiling: async () => isAbove });
  await expect(copies.open(DRIVE, at("a.txt"))).rejects.toMatchObject({ fault: "forbidden" });
});

test("killed at any step, what was saved is on the drive once after the next start", async () => {
  const ended: string[] = [];
  for (let step = 1; ended.at(-1) !== "by itself"; step += 1) {
    const { dataDir, folder, start, there } = await scene();
    const child = spawn(process.execPath, [SCRIPT, dataDir, folder, String(step)], { stdio: "inherit" });
    const [code, signal]: unknown[] = await once(child, "exit");
    expect({ step, code, signal }).toEqual(
      signal === null ? { step, code: 0, signal } : { step, code: null, signal: "SIGKILL" },
    );
    ended.push(signal === null ? "by itself" : "killed");
    const wasSaved = await savedHere(join(dataDir, "working-copies"));
    const copies = await start();
    await expect.poll(() => there("a.txt")).toBe(wasSaved ? "edited" : "first");
    for (const { id } of copies.list()) await copies.close(id);
    expect({ step, files: await readdir(folder) }).toEqual({ step, files: ["a.txt"] });
    const left = await readdir(join(dataDir, "working-copies"));
    expect(left.filter((name) => name !== "copies.json")).toEqual([]);
  }
  expect(ended.length).toBeGreaterThan(8);
}, 120_000);

/** Whether the program had saved before the end. */
async function savedHere(folder: string): Promise<boolean> {
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true }))
    if (entry.name === "a.txt" && (await readFile(join(entry.parentPath, entry.name), "utf8")) === "edited")
      return true;
  return false;
}
