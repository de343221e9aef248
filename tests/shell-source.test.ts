import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";
import { repositoryRoot } from "./support/processes.ts";

/** What of Electron's checklist shows in the source alone: an option that is not there, a door that is the only one. */

const read = (path: string): string => readFileSync(join(repositoryRoot, path), "utf8");

/** The shell as it is shipped. */
const shell = globSync(["electron/*.ts", "preload/*.ts"], { cwd: repositoryRoot })
  .filter((path) => !path.endsWith(".test.ts"))
  .map((path) => ({ path: path.replaceAll("\\", "/"), text: read(path) }));
const having = (pattern: RegExp): string[] =>
  shell.filter(({ text }) => pattern.test(text)).map(({ path }) => path);

const NEVER = [
  "nodeIntegration",
  "nodeIntegrationInWorker",
  "nodeIntegrationInSubFrames",
  "allowRunningInsecureContent",
  "webviewTag",
  "navigateOnDragDrop",
];

test("nothing in the shell weakens a window", () => {
  expect(shell.length).toBeGreaterThan(20);
  expect(having(/new BrowserWindow\(/)).toEqual(["electron/window.ts"]);
  expect(having(/webPreferences/)).toEqual(["electron/window.ts"]);
  const window = read("electron/window.ts");
  for (const option of ["sandbox", "contextIsolation", "webSecurity"])
    expect(window).toContain(`${option}: true`);
  for (const option of NEVER) expect(window).toContain(`${option}: false`);
  expect(having(/experimentalFeatures|enableBlinkFeatures|enablePreferredSizeMode/)).toEqual([]);
  expect(having(/appendSwitch|commandLine|disable-web-security|no-sandbox/)).toEqual([]);
  expect(having(/loadFile\(|BrowserView|WebContentsView|file:\/\//)).toEqual([]);
});

test("the doors are where they are said to be, and nowhere else", () => {
  expect(having(/\bipcMain\b/)).toEqual(["electron/ipc.ts"]);
  expect(having(/\bipcRenderer\b|\bcontextBridge\b/)).toEqual(["preload/preload.ts"]);
  expect(having(/\bopenExternal\(/)).toEqual(["electron/shell-host.ts"]);
  expect(having(/protocol\.handle\(/)).toEqual(["electron/app-protocol.ts"]);
});

const packageSchema = z.object({ devDependencies: z.record(z.string(), z.string()) });

test("the version of Electron is one, and never an older one", () => {
  const { electron = "" } = packageSchema.parse(JSON.parse(read("package.json"))).devDependencies;
  expect(electron).toMatch(/^\d+\.\d+\.\d+$/);
  expect(Number(electron.split(".")[0])).toBeGreaterThanOrEqual(45);
});
