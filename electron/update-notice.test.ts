import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, expect, onTestFinished, test, vi } from "vitest";
import { HostEvents } from "#host/events.ts";
import type { Notice } from "#host/notifications/notifier.ts";
import { createSettings } from "#host/settings.ts";
import { tempFolder } from "#host/testing/temp-folder.ts";
import { appImageUpdater, offer } from "./testing/app-image-updater.ts";
import { app } from "./testing/fake-electron.ts";
import { watchUpdates } from "./update-notice.ts";

beforeEach(() => {
  app.asked.length = 0;
  return () => vi.unstubAllEnvs();
});

async function start(address: string) {
  const dataDir = await tempFolder();
  const image = join(dataDir, "Parvis.AppImage");
  await writeFile(image, "old");
  vi.stubEnv("APPIMAGE", image);
  vi.stubEnv("PARVIS_UPDATE_URL", address);
  const notices: Notice[] = [];
  const stop = await watchUpdates(dataDir, {
    host: { settings: createSettings(dataDir, new HostEvents(), () => undefined) },
    notifier: { show: (notice) => notices.push(notice) },
    stopHost: async () => {
      app.asked.push("end the host");
    },
    load: async () => {
      const updater = await appImageUpdater(dataDir);
      updater.quitAndInstall = () => {
        app.asked.push("install");
        updater.emit("error", new Error("the disk is read-only"));
      };
      return updater;
    },
  });
  onTestFinished(stop);
  const log = join(dataDir, "logs", "updates.log");
  return { notices, log };
}

test("says that an update is ready; a click ends everything, installs, and starts again when that fails", async () => {
  const { notices, log } = await start(await offer());
  await expect.poll(() => notices, { timeout: 10_000 }).toHaveLength(1);
  expect(notices[0]).toMatchObject({ title: "La mise à jour 1.1.0 est prête" });
  expect(app.asked).toEqual([]);
  notices[0]?.onClick();
  await expect
    .poll(() => app.asked)
    .toEqual(["end the host", "release the lock", "install", "relaunch", "quit"]);
  expect(await readFile(log, "utf8")).toContain("the disk is read-only");
});

test("an address that is refused is in the log; without an address there is no log", async () => {
  const refused = await start("http://updates.example/");
  expect(await readFile(refused.log, "utf8")).toContain("Updates are off");
  const off = await start("");
  expect(existsSync(off.log)).toBe(false);
});
