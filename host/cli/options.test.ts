import { resolve } from "node:path";
import { expect, test } from "vitest";
import { parseOptions } from "./options.ts";

test("without options: the demonstration, any shell, the browser is opened", () => {
  expect(parseOptions([])).toMatchObject({
    shell: undefined,
    port: undefined,
    isOpening: true,
    serverUrl: undefined,
    isResettingDemo: false,
  });
});

test("every option is understood", () => {
  const args = [
    "--shell",
    "browser",
    "--port",
    "0",
    "--no-open",
    "--data",
    "d",
    "--server",
    "parvis.example",
  ];
  expect(parseOptions(args)).toMatchObject({
    shell: "browser",
    port: 0,
    isOpening: false,
    dataDir: resolve("d"),
    serverUrl: "parvis.example",
  });
});

test.each([
  [["--shell", "window"], "--shell is electron or browser"],
  [["--port", "x"], "--port is a number"],
  [["--port", "70000"], "--port is a number"],
  [["--prot", "1"], "--prot"],
  [["parvis://nothing"], "one address"],
  [["somewhere"], "one address"],
  [["--reset-demo", "--server", "x"], "--reset-demo has no meaning"],
])("%j is refused in words", (args, words) => {
  expect(() => parseOptions(args)).toThrow(words);
});

test("hidden is without a window: the browser is not opened either", () => {
  expect(parseOptions(["--hidden"])).toMatchObject({ isHidden: true, isOpening: false });
  expect(parseOptions([])).toMatchObject({ isHidden: false });
});

test("one address of an object may stand beside the options", () => {
  const link = "parvis://conversation/01890000-0000-7000-8000-000000000000";
  expect(parseOptions(["--no-open", link]).link).toBe(link);
});
