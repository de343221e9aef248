import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { app, BrowserWindow } from "electron";
import type { HostServices } from "#host/host.ts";
import type { Notifier } from "#host/notifications/notifier.ts";
import { wordingFor } from "#host/notifications/wording.ts";
import { admitManifest } from "#host/updates/manifest-gate.ts";
import { readPackageKind } from "#host/updates/package-kind.ts";
import { createUpdateMemory } from "#host/updates/update-memory.ts";
import { pinnedKeysIn, readUpdatePlan, type PlanParts } from "#host/updates/update-plan.ts";
import { UpdateService } from "#host/updates/update-service.ts";
import { createElectronUpdater, type ElectronUpdaterOptions } from "./updates.ts";

export interface ShellUpdatesOptions extends Pick<ElectronUpdaterOptions, "load" | "patienceMs"> {
  dataDir: string;
  services: Pick<HostServices, "events" | "log" | "network" | "policies" | "settings">;
  notifier: Notifier;
  /** Ends everything of ours as any other quitting does. False: the person stays. */
  endAll: () => Promise<boolean>;
  /** Where `package-type` lies. */
  resourcesPath: string | undefined;
}

/** Updates of the packaged window: policy, key and kind of package are looked at before there is an updater. */
export function createShellUpdates(options: ShellUpdatesOptions): UpdateService {
  const { dataDir, services, endAll } = options;
  const { events, policies } = services;
  const log = services.log.of("updates");
  const memory = createUpdateMemory(dataDir, (message) => log.write("warning", message));
  const updates: UpdateService = new UpdateService({
    readPlan: async () =>
      readUpdatePlan({ policies, dataDir, env: process.env, ...(await readBuild(options)) }),
    policies,
    memory,
    log,
    now: Date.now,
    random: Math.random,
    onChange: (status) => events.emit({ type: "updateChanged", status }),
    createUpdater: (plan) =>
      createElectronUpdater(plan, {
        ...options,
        platform: process.platform,
        program: process.execPath,
        contacts: services.network.contacts,
        credentials: services.network.credentials,
        admit: (signed) =>
          admitManifest(signed, {
            keys: plan.keys,
            now: Date.now,
            newestSigned: async (file) => (await memory.read()).newestSigned[file],
            async remember(file, signedAt) {
              await memory.update((value) => ({
                ...value,
                newestSigned: { ...value.newestSigned, [file]: signedAt },
              }));
            },
          }),
      }),
    tell: (version) => void tell(options, updates, version),
    async beforeInstall() {
      if (!(await endAll())) return false;
      // The new version starts before this one has ended.
      app.releaseSingleInstanceLock();
      return true;
    },
    onInstallFailed(error) {
      log.write("error", `the update was not installed: ${error.message}`);
      app.relaunch();
      app.quit();
    },
  });
  return updates;
}

/** While Parvis is looked at, its own page says it. */
async function tell(options: ShellUpdatesOptions, updates: UpdateService, version: string): Promise<void> {
  if (BrowserWindow.getFocusedWindow() !== null) return;
  const { services, notifier } = options;
  const { language } = await services.settings.get();
  const wording = wordingFor(language, app.getLocale());
  notifier.show({
    title: wording.updateReady(version),
    body: wording.installNow,
    tag: "parvis-update",
    onClick() {
      updates.install().catch((error: unknown) => services.log.write("error", String(error)));
    },
  });
}

async function readBuild({
  resourcesPath,
}: ShellUpdatesOptions): Promise<Pick<PlanParts, "packageKind" | "pinnedKeys">> {
  const manifest = await readFile(join(app.getAppPath(), "package.json"), "utf8").catch(() => "{}");
  return { packageKind: await readPackageKind(resourcesPath), pinnedKeys: pinnedKeysIn(manifest) };
}
