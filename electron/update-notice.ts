import { join } from "node:path";
import { app } from "electron";
import type { AppUpdater } from "electron-updater";
import type { Host } from "#host/host.ts";
import type { Notifier } from "#host/notifications/notifier.ts";
import { wordingFor } from "#host/notifications/wording.ts";
import { LogFile } from "#host/workplace/log-file.ts";
import { startUpdates } from "./updates.ts";

interface UpdateParts {
  host: Pick<Host, "settings">;
  notifier: Notifier;
  stopHost: () => Promise<void>;
  /** Another updater than that of this platform; for tests. */
  load?: () => Promise<AppUpdater>;
}

/** Says when an update is ready; a click installs it. */
export async function watchUpdates(dataDir: string, parts: UpdateParts): Promise<() => Promise<void>> {
  const { host, notifier, stopHost, load } = parts;
  let file: LogFile | undefined;
  const log = (message: string): void => {
    file ??= new LogFile(join(dataDir, "logs", "updates.log"));
    file.write(`${new Date().toISOString()} ${message}\n`);
  };
  const stop = await startUpdates({
    dataDir,
    env: process.env,
    platform: process.platform,
    program: process.execPath,
    log,
    ...(load === undefined ? {} : { load }),
    async beforeInstall() {
      await stopHost();
      // The new version starts before this one has ended.
      app.releaseSingleInstanceLock();
    },
    onInstallFailed(error) {
      log(`The update was not installed: ${error.message}`);
      app.relaunch();
      app.quit();
    },
    async onReady(version, install) {
      const { language } = await host.settings.get();
      const wording = wordingFor(language, app.getLocale());
      const onClick = (): void => {
        install().catch((error: unknown) => log(`The update was not installed: ${String(error)}`));
      };
      notifier.show({
        title: wording.updateReady(version),
        body: wording.installNow,
        tag: "parvis-update",
        onClick,
      });
    },
  });
  return async () => {
    await stop();
    file?.close();
  };
}
