import { onTestFinished } from "vitest";
import type { HostEvent, OpenTarget } from "#contract/bridge.ts";
import { createHost } from "#host/host.ts";
import { silentLog } from "#host/log/log.ts";
import { openProfile } from "#host/profile/profile.ts";
import { memorySecrets } from "#host/testing/memory-secrets.ts";
import { tempFolder } from "#host/testing/temp-folder.ts";
import type { ShellContext } from "../shell-context.ts";

export interface ShellScene {
  shell: ShellContext;
  told: HostEvent[];
  /** What the window was asked to show. */
  opened: (OpenTarget | undefined)[];
}

/** What the parts share, over a real host whose workplace is not there: nobody is signed in. */
export async function openShellScene({
  dataDir,
  ...parts
}: Partial<Pick<ShellContext, "dataDir" | "platform" | "notifier">> = {}): Promise<ShellScene> {
  return openOver(dataDir ?? (await tempFolder()), parts);
}

async function openOver(dataDir: string, parts: Partial<ShellContext>): Promise<ShellScene> {
  const host = await createHost({
    dataDir,
    profile: await openProfile(dataDir, () => undefined),
    info: { version: "1", shell: "electron", platform: "linux", locale: "fr-FR", isDevelopment: false },
    secrets: await memorySecrets(dataDir),
    openExternal: () => Promise.resolve(),
    onNotice: () => undefined,
    serverUrl: "http://127.0.0.1:1",
  });
  onTestFinished(() => host.stop());
  const told: HostEvent[] = [];
  const opened: (OpenTarget | undefined)[] = [];
  host.events.subscribe((event) => told.push(event));
  const shell: ShellContext = {
    dataDir,
    root: "/parvis",
    platform: "linux",
    locale: "fr-FR",
    isHiddenAtStart: false,
    host,
    services: host.services,
    windows: {
      main: undefined,
      all: () => [],
      show: () => Promise.reject(new Error("no window here")),
      hide: () => undefined,
      release: () => undefined,
      tell: () => undefined,
      subscribe: () => () => undefined,
    },
    notifier: { show: () => undefined, activate: () => false },
    log: silentLog,
    say: () => undefined,
    complain: () => undefined,
    answer: (routes) => host.answer(routes),
    open: (target) => {
      opened.push(target);
      return Promise.resolve();
    },
    quit: () => Promise.resolve(true),
    hasTray: false,
    ...parts,
  };
  return { shell, told, opened };
}
