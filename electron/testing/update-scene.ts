import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { AppUpdater } from "electron-updater";
import { expect, onTestFinished, vi } from "vitest";
import type { UpdateStatus } from "#contract/desktop/updates.ts";
import type { PolicyName } from "#contract/policies.ts";
import { HostEvents } from "#host/events.ts";
import { silentLog } from "#host/log/log.ts";
import { Network } from "#host/network/network.ts";
import type { Notice } from "#host/notifications/notifier.ts";
import { noPolicies, type Policies } from "#host/policy/policies.ts";
import { createSettings } from "#host/settings.ts";
import { memorySecrets } from "#host/testing/memory-secrets.ts";
import { tempFolder } from "#host/testing/temp-folder.ts";
import { httpServer } from "#host/testing/test-server.ts";
import { createShellUpdates } from "../shell-updates.ts";
import { appImageUpdater } from "./library-updaters.ts";
import { app } from "./fake-electron.ts";
import { UpdateMirror } from "./update-mirror.ts";

/** Updates as the shell has them, over the library's own updater for AppImages, looking at a real mirror. */

export const soon = { timeout: 10_000 };

/** A mirror that goes with its test. */
export class TestMirror extends UpdateMirror {
  static async create(): Promise<TestMirror> {
    return new TestMirror(await tempFolder());
  }
  serve(): Promise<string> {
    return httpServer((incoming, response) => this.answer(incoming, response));
  }
}

export interface Setup {
  address?: string;
  keys?: readonly string[];
  policies?: Partial<Record<PolicyName, unknown>>;
  packageKind?: string;
  dataDir?: string;
  patienceMs?: number;
  /** The program is really replaced and started; otherwise that is only noted. */
  isReplacing?: boolean;
}

function managed(values: Partial<Record<PolicyName, unknown>>): Policies {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- values of the policies' own types, by the test
  return { ...noPolicies, get: (name) => values[name] as never, isMandatory: (name) => name in values };
}

export async function startUpdates({
  address,
  keys = [],
  policies = {},
  packageKind = "appimage",
  dataDir,
  isReplacing = false,
  patienceMs,
}: Setup) {
  const root = dataDir ?? (await tempFolder());
  await mkdir(join(root, "resources"), { recursive: true });
  await writeFile(join(root, "resources", "package-type"), `${packageKind}\n`);
  await writeFile(join(root, "package.json"), JSON.stringify({ parvisUpdateKeys: keys }));
  app.appPath = root;
  vi.stubEnv("PARVIS_UPDATE_URL", address ?? "");
  const events = new HostEvents();
  const told: UpdateStatus[] = [];
  events.subscribe((event) => event.type === "updateChanged" && told.push(event.status));
  const network = await openNetwork(root);
  const notices: Notice[] = [];
  let loaded: AppUpdater | undefined;
  const updates = createShellUpdates({
    dataDir: root,
    services: {
      events,
      log: silentLog,
      network,
      policies: managed(policies),
      settings: createSettings(root, new HostEvents(), () => undefined),
    },
    notifier: { show: (notice) => notices.push(notice) },
    endAll: async () => {
      app.asked.push("end all");
      return true;
    },
    resourcesPath: join(root, "resources"),
    ...(patienceMs === undefined ? {} : { patienceMs }),
    load: async () => {
      const updater = await appImageUpdater(root);
      // What the library does, but for Electron's part: the application is ended by the test runner.
      updater.quitAndInstall = () => {
        app.asked.push("install");
        if (isReplacing) updater.install(false, true);
      };
      loaded = updater;
      return updater;
    },
  });
  onTestFinished(() => updates.stop());
  await updates.start();
  return { root, updates, told, notices, network, updater: () => loaded };
}

async function openNetwork(dataDir: string): Promise<Network> {
  const network = await Network.open({
    dataDir,
    policies: noPolicies,
    events: new HostEvents(),
    secrets: await memorySecrets(dataDir),
    log: silentLog,
    now: Date.now,
    fetch,
    onNotice: () => undefined,
    onSecret: () => undefined,
  });
  onTestFinished(() => network.stop());
  return network;
}

/** What is on the mirror, as an installation with its key sees it. */
export async function look(mirror: TestMirror, setup: Setup = {}) {
  const started = await startUpdates({
    address: await mirror.serve(),
    keys: [mirror.key.publicKey],
    ...setup,
  });
  const status = (): Promise<UpdateStatus> => started.updates.status();
  await expect.poll(async () => (await status()).state, soon).not.toMatch(/checking|downloading/);
  return { ...started, status: await status() };
}
