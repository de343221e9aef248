import { join } from "node:path";
import { expect, test } from "vitest";
import { defaultDataDir } from "./data-dir.ts";

test("each platform keeps its data where its users expect them", () => {
  expect(defaultDataDir("linux", { XDG_DATA_HOME: "/data" }, "/home/a")).toBe("/data/parvis");
  expect(defaultDataDir("linux", { XDG_DATA_HOME: "relative" }, "/home/a")).toBe(
    "/home/a/.local/share/parvis",
  );
  expect(defaultDataDir("darwin", {}, "/Users/a")).toBe("/Users/a/Library/Application Support/Parvis");
  expect(defaultDataDir("win32", { LOCALAPPDATA: "C:/L" }, "C:/Users/a")).toBe(join("C:/L", "Parvis"));
});
