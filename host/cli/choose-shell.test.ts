import { chmod, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openProfile } from "../profile/profile.ts";
import { tempFolder } from "../testing/temp-folder.ts";
import { chooseShell, type ChooseShellOptions } from "./choose-shell.ts";

async function setUp(changes: Partial<ChooseShellOptions> = {}): Promise<ChooseShellOptions> {
  const root = await tempFolder();
  return {
    wanted: undefined,
    root,
    env: { PATH: "" },
    // Without Linux's own hindrances: no display, root.
    platform: "darwin",
    isTerminal: false,
    profile: await openProfile(await tempFolder(), () => undefined),
    say: () => undefined,
    now: Date.parse("2026-01-01T00:00:00Z"),
    ...changes,
  };
}

async function addElectron(root: string): Promise<string> {
  const folder = join(root, "node_modules", "electron");
  const binary = join(folder, "dist", "Electron");
  await mkdir(join(folder, "dist"), { recursive: true });
  await writeFile(join(folder, "path.txt"), "Electron");
  await writeFile(binary, "");
  await chmod(binary, 0o755);
  return binary;
}

/** In place of the package's installer. */
async function addInstaller(root: string, script: string): Promise<void> {
  const folder = join(root, "node_modules", "electron");
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "install.js"), script);
}

test("a window where Electron is found, the browser where it is not, saying why", async () => {
  const options = await setUp();
  expect(await chooseShell(options)).toEqual({ kind: "browser", reason: "no Electron binary is installed" });
  const binary = await addElectron(options.root);
  expect(await chooseShell(options)).toEqual({ kind: "electron", binary });
  expect(await chooseShell({ ...options, wanted: "browser" })).toMatchObject({ kind: "browser" });
});

test("a machine without display is told so, and gets no window even when asked", async () => {
  const options = await setUp({ platform: "linux" });
  await addElectron(options.root);
  expect(await chooseShell(options)).toEqual({ kind: "browser", reason: "this machine has no display" });
  expect(await chooseShell({ ...options, wanted: "electron" })).toMatchObject({ kind: "none" });
});

test("a failed download is not tried again for a day, unless it is asked for", async () => {
  const options = await setUp({ isTerminal: true });
  await addInstaller(options.root, 'console.error("RequestError: getaddrinfo ENOTFOUND"); process.exit(1)');
  const first = await chooseShell(options);
  expect(first).toMatchObject({ kind: "browser", reason: expect.stringContaining("getaddrinfo ENOTFOUND") });
  expect(await chooseShell(options)).toMatchObject({
    reason: expect.stringContaining("less than a day ago"),
  });
  const asked = await chooseShell({ ...options, wanted: "electron" });
  expect(asked).toMatchObject({ kind: "none", reason: expect.stringContaining("ENOTFOUND") });
  const later = await chooseShell({ ...options, now: options.now + 2 * 86_400_000 });
  expect(later).toMatchObject({ reason: expect.stringContaining("ENOTFOUND") });
});

test("a download that succeeds opens the window", async () => {
  const options = await setUp({ isTerminal: true });
  const binary = join(options.root, "node_modules", "electron", "dist", "electron");
  await addInstaller(
    options.root,
    `const fs = require("fs"); fs.mkdirSync(${JSON.stringify(join(binary, ".."))}); fs.writeFileSync(${JSON.stringify(binary)}, "")`,
  );
  expect(await chooseShell(options)).toEqual({ kind: "electron", binary });
});
