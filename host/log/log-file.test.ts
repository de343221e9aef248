import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { tempFolder } from "../testing/temp-folder.ts";
import { LogFile } from "./log-file.ts";

test("a log that grows is put aside, the oldest goes, and nothing of the newest is lost", async () => {
  const folder = join(await tempFolder(), "logs");
  const log = new LogFile(join(folder, "a.log"), 100);
  for (let line = 0; line < 50; line += 1) log.write(`line ${String(line).padStart(4, "0")}\n`);
  log.close();
  expect((await readdir(folder)).sort()).toEqual(["a.log", "a.log.1", "a.log.2", "a.log.3"]);
  expect((await readFile(join(folder, "a.log"), "utf8")).endsWith("line 0049\n")).toBe(true);
  const again = new LogFile(join(folder, "a.log"), 1000);
  again.write("after a start\n");
  again.close();
  expect(await readFile(join(folder, "a.log"), "utf8")).toMatch(/line 0049\nafter a start\n$/);
});
