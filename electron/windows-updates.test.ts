import { copyFile, mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { tempFolder } from "#host/testing/temp-folder.ts";
import { windowsUpdater } from "./testing/library-updaters.ts";
import { writeProgram } from "./testing/update-mirror.ts";
import { TestMirror } from "./testing/update-scene.ts";
import { createElectronUpdater } from "./updates.ts";

/** The library's own updater for Windows. Here nothing tells who signed a program: what cannot be found out is refused. */

async function open(publisher?: string) {
  const mirror = await TestMirror.create();
  const program = await mirror.offer({ isWindows: true });
  const root = await tempFolder();
  await mkdir(join(root, "cache/parvis-updater"), { recursive: true });
  // As the installer leaves itself for the next update; its map is still on the mirror.
  const old = join(mirror.folder, "Parvis-1.0.0.exe");
  await writeProgram(old, "1.0.0", false);
  await copyFile(old, join(root, "cache/parvis-updater/installer.exe"));
  const updater = await createElectronUpdater(
    {
      isOn: true,
      source: { kind: "web", url: await mirror.serve() },
      decidedBy: "policy",
      channel: "stable",
      deferralDays: 0,
      keys: [mirror.key.publicKey],
    },
    {
      platform: "win32",
      program: "C:\\Parvis\\Parvis.exe",
      admit: () => Promise.resolve(),
      contacts: { begin: () => Promise.resolve(), failed: () => undefined },
      credentials: { get: () => Promise.resolve(undefined) },
      load: () => windowsUpdater(root, publisher),
    },
  );
  onTestFinished(() => updater.close());
  return { mirror, program, root, updater };
}

test.each([
  ["names its publisher", "Parvis contributors"],
  ["names no publisher, for which the library checks nothing", undefined],
])(
  "an installer whose signature cannot be read is refused where the installation %s",
  async (_what, publisher) => {
    const { updater } = await open(publisher);
    expect(await updater.check()).toMatchObject({ version: "1.1.0" });
    await expect(updater.download(() => undefined)).rejects.toThrow("the signature could not be read");
    await expect(updater.confirm()).rejects.toThrow(/nothing was fetched|signature/);
  },
);

test("an installer comes in parts, by the map beside it", async () => {
  const { mirror, root, updater } = await open();
  await updater.check();
  await expect(updater.download(() => undefined)).rejects.toThrow("signature");
  expect(await readdir(join(root, "cache/parvis-updater/pending"))).toContain("Parvis-1.1.0.exe");
  expect([...mirror.given.keys()]).toEqual(
    expect.arrayContaining(["Parvis-1.0.0.exe.blockmap", "Parvis-1.1.0.exe.blockmap"]),
  );
  expect(mirror.given.get("Parvis-1.1.0.exe")).toBeLessThan(840_000 / 4);
});
