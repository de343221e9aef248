import { join } from "node:path";
import type { AppInfo } from "#contract/bridge.ts";
import { startBrowserDesk } from "../desktop/browser-desk.ts";
import { openPolicies } from "../policy/open-policies.ts";
import type { Policies } from "../policy/policies.ts";
import { createHost, type Host } from "../host.ts";
import { logCrashes, stackOf } from "../log/crash-log.ts";
import { openAppLog } from "../log/json-log.ts";
import { NodeTransport } from "../network/node-transport.ts";
import { FocusMode } from "../notifications/focus-mode.ts";
import { NotificationWatch } from "../notifications/notification-watch.ts";
import type { Attendance } from "../notifications/notifier.ts";
import { defineRoutes } from "../routes.ts";
import { createSystemNotifier } from "../notifications/system-notifier.ts";
import type { ProfileFile } from "../profile/profile.ts";
import { canWrite, scratchFolder } from "../profile/read-only.ts";
import { openSecrets } from "../secrets/choose-store.ts";
import { keyringSystem } from "../secrets/keyring-store.ts";
import type { SecretStore } from "../secrets/secret-store.ts";
import { BrowserShell } from "../shell/browser-shell.ts";
import { createPages } from "../shell/pages.ts";
import { createStaticFiles } from "../shell/static-files.ts";
import { noUpdateRoutes } from "../updates/routes.ts";
import { nodeWorkplace } from "../workplace/workplace-process.ts";
import { appVersion, platformName, systemLocale } from "./app-info.ts";
import { openInBrowser } from "./open-in-browser.ts";

export interface RunOptions {
  root: string;
  dataDir: string;
  port: number | undefined;
  serverUrl: string | undefined;
  isDevelopment: boolean;
  /** Opened by the first page. */
  link?: string | undefined;
  profile: ProfileFile;
  instanceSecret: string;
  /** Opens, or begins, the file of secrets. */
  passphrase: string | undefined;
  onNotice: (message: string) => void;
}

export interface Running {
  /** Opens the application once. */
  url: string;
  port: number;
  stop(): Promise<void>;
}

/** The host behind 127.0.0.1. Resolves when the workplace answers and its account is signed in. */
export async function runBrowserShell(options: RunOptions): Promise<Running> {
  const { dataDir, profile, onNotice } = options;
  const policies = await openPolicies(process.platform, process.env);
  const log = openAppLog(dataDir, policies);
  logCrashes(log);
  const host = await createHost({
    dataDir,
    // What cannot be kept can be shown all the same.
    ...(canWrite(dataDir) ? {} : { workplaceDir: join(scratchFolder(), "workplace") }),
    profile,
    onNotice,
    policies,
    log,
    scrubber: log.scrubber,
    createTransport: (parts) =>
      NodeTransport.open({ ...parts, env: process.env, platform: process.platform }),
    info: appInfo(options),
    secrets: openBrowserSecrets(options, policies),
    openExternal: openInBrowser,
    shellRoutes: () => [noUpdateRoutes()],
    ...(options.serverUrl === undefined
      ? { startWorkplace: nodeWorkplace(join(options.root, "server", "cli", "serve.ts")) }
      : { serverUrl: options.serverUrl }),
  });
  try {
    const { listeners, pages: attendance } = host.services;
    const stopDesk = startBrowserDesk(host, { platform: process.platform, locale: systemLocale() });
    const shell = await openShell(options, host, attendance);
    const watch = await NotificationWatch.start({
      host,
      dataDir,
      attendance,
      listeners,
      onNotice,
      locale: systemLocale(),
      focus: new FocusMode({ platform: process.platform, now: Date.now }),
      notifier: createSystemNotifier({ platform: process.platform, onUnavailable: onNotice }),
      open: (target) => {
        if (target !== undefined) host.services.targets.open(target);
        return openInBrowser(shell.createUrl());
      },
    });
    host.answer(defineRoutes({ "notifications.test": () => watch.test() }));
    return {
      url: shell.createUrl(),
      port: shell.port,
      async stop() {
        watch.stop();
        stopDesk();
        await shell.close();
        await host.stop();
      },
    };
  } catch (error) {
    await host.stop();
    throw error;
  }
}

async function openShell(
  options: RunOptions,
  { bridge, events, pageGateway, services, snapshot }: Host,
  attendance: Attendance,
): Promise<BrowserShell> {
  const remembered = (await options.profile.read()).port;
  if (options.link !== undefined) services.targets.open({ link: options.link });
  const shell = await BrowserShell.open({
    bridge,
    events,
    snapshot,
    pages: createPages(pageGateway, createStaticFiles(join(options.root, "dist", "renderer"))),
    port: options.port === undefined || options.port === 0 ? (remembered ?? 0) : options.port,
    instanceSecret: options.instanceSecret,
    onLink: (link) => services.targets.open({ link }),
    onPagesChanged: (count) => attendance.set(count > 0),
    onFault(error) {
      services.log.write("error", "A request of a page failed", { stack: stackOf(error) });
      options.onNotice(stackOf(error));
    },
  });
  if (shell.port !== remembered)
    await options.profile.update((profile) => ({ ...profile, port: shell.port }));
  return shell;
}

async function openBrowserSecrets(
  { dataDir, profile, passphrase, onNotice }: RunOptions,
  policies: Policies,
): Promise<SecretStore> {
  const { id } = await profile.update((current) => current);
  const store = await openSecrets({
    shell: "browser",
    dataDir,
    profile,
    system: keyringSystem({ profileId: id }),
    policy: policies.get("CacheKeyStore"),
    passphrase,
    onNotice,
  });
  const status = await store.status();
  if (status.store === "memory") {
    onNotice(`Tokens and cache keys are kept in memory only and end with this run: ${status.reason ?? ""}`);
  }
  return store;
}

function appInfo({ root, isDevelopment }: RunOptions): AppInfo {
  return {
    version: appVersion(root),
    shell: "browser",
    platform: platformName(process.platform),
    locale: systemLocale(),
    isDevelopment,
  };
}
