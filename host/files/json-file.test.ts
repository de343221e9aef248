import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
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
