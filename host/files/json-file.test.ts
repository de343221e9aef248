import { execFileSync } from "node:child_process";
import { mkdir, readdir, readFile, symlink, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";
import { tempFolder } from "../testing/temp-folder.ts";
import { writeFileAtomic } from "./atomic-file.ts";
import { JsonFile } from "./json-file.ts";

const schema = z.object({ count: z.number() });

function open(folder: string, notices: string[] = []) {
  return new JsonFile({
    path: join(folder, "a.json"),
    schema,
    empty: () => ({ count: 0 }),
    onDamaged: (message) => notices.push(message),
  });
}

test("changes made at the same time are all kept, and found again", async () => {
  const folder = await tempFolder();
  const file = open(folder);
  await Promise.all(Array.from({ length: 20 }, () => file.update(({ count }) => ({ count: count + 1 }))));
  expect(await open(folder).read()).toEqual({ count: 20 });
  expect(await readdir(folder)).toEqual(["a.json"]);
});

test.each(["", "{", '{"count":"x"}', "\0\0\0"])(
  "a damaged file (%j) is put aside and said, never emptied",
  async (text) => {
    const folder = await tempFolder();
    await writeFile(join(folder, "a.json"), text);
    const notices: string[] = [];
    expect(await open(folder, notices).read()).toEqual({ count: 0 });
    const [aside] = await readdir(folder);
    expect(aside).toMatch(/^a\.json\.damaged-/);
    expect(notices[0]).toContain(aside);
    expect(await readFile(join(folder, aside ?? ""), "utf8")).toBe(text);
  },
);

test("a write that fails leaves the old content and the next write works", async () => {
  const folder = await tempFolder();
  const file = open(folder);
  await file.update(() => ({ count: 1 }));
  const failing = file.update(() => {
    throw new Error("no");
  });
  await expect(failing).rejects.toThrow("no");
  expect(await file.update(({ count }) => ({ count: count + 1 }))).toEqual({ count: 2 });
});

test("nothing is left behind when a file cannot be replaced", async () => {
  const folder = await tempFolder();
  await mkdir(join(folder, "a.json"));
  await expect(writeFileAtomic(join(folder, "a.json"), "x")).rejects.toThrow(/EISDIR|directory/i);
  expect(await readdir(folder)).toEqual(["a.json"]);
});

test.skipIf(process.platform === "win32").each([
  ["a folder", (path: string) => mkdir(path)],
  ["a pipe that nobody writes to", async (path: string) => void execFileSync("mkfifo", [path])],
  ["200 MB of nothing", (path: string) => writeFile(path, "").then(() => truncate(path, 200_000_000))],
  ["a link to itself", (path: string) => symlink(path, path)],
  ["a link to an endless device", (path: string) => symlink("/dev/zero", path)],
])("%s in its place is put aside and said, and the next write works", async (_what, put) => {
  const folder = await tempFolder();
  await put(join(folder, "a.json"));
  const notices: string[] = [];
  const file = open(folder, notices);
  expect(await file.read()).toEqual({ count: 0 });
  await file.update(() => ({ count: 3 }));
  expect(await open(folder).read()).toEqual({ count: 3 });
  expect(notices).toEqual([expect.stringMatching(/could not be read \(it is .*damaged-/)]);
});

test("what can be kept of a damaged file is, at once and for the next start", async () => {
  const folder = await tempFolder();
  const path = join(folder, "a.json");
  await writeFile(path, '{"count":"x","other":1}');
  const notices: string[] = [];
  const options = {
    path,
    schema,
    empty: () => ({ count: 0 }),
    onDamaged: (text: string) => notices.push(text),
  };
  const file = new JsonFile({ ...options, salvage: () => ({ count: 7 }) });
  expect(await file.read()).toEqual({ count: 7 });
  expect(await open(folder).read()).toEqual({ count: 7 });
  expect(await readdir(folder)).toHaveLength(2);
  expect(notices).toHaveLength(1);
});
