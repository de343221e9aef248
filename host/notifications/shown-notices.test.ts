import { execFile } from "node:child_process";
import { appendFile, chmod, readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { z } from "zod";
import { tempFolder } from "../testing/temp-folder.ts";
import { ShownNotices } from "./shown-notices.ts";

const run = promisify(execFile);

test("processes of one profile that claim the same at once each get what no other gets", async () => {
  const folder = await tempFolder();
  const script = join(import.meta.dirname, "..", "testing", "notice-claimer.ts");
  const startAt = String(Date.now() + 1500);
  const outputs = await Promise.all(
    Array.from({ length: 4 }, () => run(process.execPath, [script, folder, startAt, "40"])),
  );
  const got = outputs.flatMap(({ stdout }) => z.array(z.string()).parse(JSON.parse(stdout)));
  expect(got.toSorted()).toEqual(Array.from({ length: 40 }, (_, index) => `key ${index}`).toSorted());
});

test("claimed and not shown, because of a crash, is not shown at the next start: never twice", async () => {
  const folder = await tempFolder();
  await new ShownNotices(folder).claim(["a b", "c"]);
  expect(await new ShownNotices(folder).claim(["a b", "d"])).toEqual(new Set(["d"]));
});

test("a line that a crash left half written takes nothing with it", async () => {
  const folder = await tempFolder();
  await appendFile(join(folder, "notified.log"), "0123456789abcdef hal");
  expect(await new ShownNotices(folder).claim(["a", "half"])).toEqual(new Set(["a", "half"]));
  expect(await new ShownNotices(folder).claim(["a"])).toEqual(new Set());
});

test("the oldest are forgotten at a start", async () => {
  const folder = await tempFolder();
  await new ShownNotices(folder).claim(Array.from({ length: 500 }, (_, index) => `k${index}`));
  const next = new ShownNotices(folder);
  expect(await next.claim(["k499", "k0"])).toEqual(new Set(["k0"]));
  const lines = (await readFile(join(folder, "notified.log"), "utf8")).split("\n").filter(Boolean);
  expect(lines).toHaveLength(201);
});

test.skipIf(process.platform === "win32" || process.getuid?.() === 0)(
  "where nothing can be written this run still shows nothing twice",
  async () => {
    const folder = await tempFolder();
    await chmod(folder, 0o500);
    const shown = new ShownNotices(folder);
    expect(await shown.claim(["a"])).toEqual(new Set(["a"]));
    expect(await shown.claim(["a"])).toEqual(new Set());
    await chmod(folder, 0o700);
  },
);
