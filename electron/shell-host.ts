import { join } from "node:path";
import { app, shell } from "electron";
import { checkExternalUrl } from "#host/app-routes.ts";
import { createHost, type Host } from "#host/host.ts";
import { openAppLog } from "#host/log/json-log.ts";
import type { Log } from "#host/log/log.ts";
import { openPolicies } from "#host/policy/open-policies.ts";
import { openProfile } from "#host/profile/profile.ts";
import { openSecrets, takePassphrase } from "#host/secrets/choose-store.ts";
import { watchCrashes } from "./crash-log.ts";
import { ChromiumTransport } from "./network.ts";
import { safeStorageSystem } from "./safe-storage-store.ts";
import { utilityDriveProcess } from "./utility-drive-process.ts";
import { utilityWorkplace } from "./utility-workplace.ts";

export interface ShellHostOptions {
  dataDir: string;
  /** Folder of the built application. */
  root: string;
  serverUrl: string | undefined;
  /** Where the demonstration lives when the data folder cannot be written to. */
  scratchDir?: string;
  complain: (text: string) => void;
}

/** The host of the desktop shell: the same services as in the browser, on what Electron gives. */
export async function createShellHost(options: ShellHostOptions): Promise<{ host: Host; log: Log }> {
  const { dataDir, root, serverUrl, complain } = options;
  const profile = await openProfile(dataDir, complain);
  // Whoever has a window is asked in it.
  takePassphrase(process.env);
  const policies = await openPolicies(process.platform, process.env);
  const log = openAppLog(dataDir, policies);
  watchCrashes(log);
  const host = await createHost({
    dataDir,
    profile,
    policies,
    log,
    scrubber: log.scrubber,
    info: {
      version: app.getVersion(),
      shell: "electron",
      platform: platformName(process.platform),
      locale: app.getLocale() || "en",
      isDevelopment: false,
    },
    secrets: openSecrets({
      shell: "electron",
      dataDir,
      profile,
      system: safeStorageSystem({ dataDir, platform: process.platform, onDamaged: complain }),
      policy: policies.get("CacheKeyStore"),
      onNotice: complain,
    }),
    openExternal: async (url) => shell.openExternal(checkSystemUrl(url)),
    onNotice: complain,
    ...(options.scratchDir === undefined ? {} : { workplaceDir: join(options.scratchDir, "workplace") }),
    createTransport: (parts) => ChromiumTransport.open(parts),
    startDriveProcess: utilityDriveProcess,
    ...(serverUrl === undefined
      ? { startWorkplace: utilityWorkplace(join(root, "dist", "server", "serve.js")) }
      : { serverUrl }),
  });
  return { host, log };
}

/** Also `http:` to this machine, where a sign-in provider under development answers. */
function checkSystemUrl(text: string): string {
  const url = new URL(text);
  const isLocal = url.protocol === "http:" && (url.hostname === "127.0.0.1" || url.hostname === "localhost");
  return isLocal ? url.href : checkExternalUrl(text);
}

function platformName(platform: NodeJS.Platform): "win32" | "darwin" | "linux" | "other" {
  return platform === "win32" || platform === "darwin" || platform === "linux" ? platform : "other";
}
