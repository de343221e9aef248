import { afterEach, expect, onTestFinished, test, vi } from "vitest";
import { z } from "zod";
import { accountIdSchema, type HostEvent } from "#contract/bridge.ts";
import { createHost } from "#host/host.ts";
import { silentLog } from "#host/log/log.ts";
import { openProfile } from "#host/profile/profile.ts";
import { memorySecrets } from "#host/testing/memory-secrets.ts";
import { tempFolder } from "#host/testing/temp-folder.ts";
import { startAutostart } from "./autostart.ts";
import { startBadge } from "./badge.ts";
import { startPower } from "./power.ts";
import type { ShellContext } from "./shell-context.ts";
import { app, nativeTheme, powerMonitor, Tray } from "./testing/fake-electron.ts";
import { startTray } from "./tray.ts";

afterEach(() => {
  Tray.all.length = 0;
});

/** What the parts share, over a real host whose workplace is not there: nobody is signed in. */
async function context(): Promise<{ shell: ShellContext; told: HostEvent[] }> {
  const dataDir = await tempFolder();
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
    notifier: { show: () => undefined, isOfThisRun: () => false },
    log: silentLog,
    say: () => undefined,
    complain: () => undefined,
    answer: (routes) => host.answer(routes),
    open: () => Promise.resolve(),
    quit: () => Promise.resolve(true),
    hasTray: false,
  };
  return { shell, told };
}

async function start(): Promise<HostEvent[]> {
  const { shell, told } = await context();
  for (const part of [startTray, startBadge, startPower, startAutostart]) {
    const end = await part(shell);
    onTestFinished(async () => end());
  }
  return told;
}

const menuSchema = z.object({ template: z.array(z.looseObject({ label: z.string().optional() })) });

function path(): string {
  return Tray.all[0]?.image.path ?? "";
}

function labels(): string[] {
  return menuSchema.parse(Tray.all[0]?.menu).template.map(({ label }) => label ?? "—");
}

test("the tray is there from the start, in the language of the system, and ends with the shell", async () => {
  await start();
  expect(Tray.all).toHaveLength(1);
  expect(Tray.all[0]?.toolTip).toBe("Parvis\nConnexion à ouvrir dans Parvis");
  expect(labels()).toEqual([
    "Afficher Parvis",
    "Connexion à ouvrir dans Parvis",
    "—",
    "Paramètres…",
    "Quitter Parvis",
  ]);
});

test("a bar that becomes light gets its own icon", async () => {
  await start();
  expect(path()).toContain("offline-dark.png");
  onTestFinished(() => {
    nativeTheme.shouldUseDarkColors = true;
  });
  nativeTheme.shouldUseDarkColors = false;
  nativeTheme.emit("updated");
  await expect.poll(path).toContain("offline-light.png");
});

test("sleep and the lock screen of the machine are told to the pages", async () => {
  const told = await start();
  for (const name of ["suspend", "resume", "lock-screen", "unlock-screen"]) powerMonitor.emit(name);
  for (const state of ["suspend", "resume", "lock", "unlock"])
    expect(told).toContainEqual({ type: "powerChanged", state });
});

test("the badge is what waits in all accounts, and goes with the shell", async () => {
  const { shell } = await context();
  const end = startBadge(shell);
  shell.services.attention.report(accountIdSchema.parse("one"), {
    connection: "connected",
    unread: 4,
    mentions: 1,
    waiting: 0,
    isQuiet: false,
    doNotDisturbUntil: null,
    recent: [],
  });
  await expect.poll(() => app.badge).toBe(4);
  await end();
  expect(app.badge).toBe(0);
});

test("where the page asks, the system itself says whether Parvis starts with the session", async () => {
  const { shell } = await context();
  vi.stubEnv("XDG_CONFIG_HOME", await tempFolder());
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });
  const end = await startAutostart(shell);
  const ask = () => shell.host.bridge.call("desktop.status", {});
  expect(await ask()).toEqual({ ok: true, value: { autostart: "off", hasTray: false } });
  await shell.host.settings.set({ autostart: true });
  await expect.poll(ask).toEqual({ ok: true, value: { autostart: "on", hasTray: false } });
  await end();
});
