import { afterEach, expect, onTestFinished, test, vi } from "vitest";
import { z } from "zod";
import { accountIdSchema, type HostEvent } from "#contract/bridge.ts";
import { tempFolder } from "#host/testing/temp-folder.ts";
import { startAutostart } from "./autostart.ts";
import { startBadge } from "./badge.ts";
import { startPower } from "./power.ts";
import { openShellScene } from "./testing/shell-scene.ts";
import { app, nativeTheme, powerMonitor, Tray } from "./testing/fake-electron.ts";
import { startTray } from "./tray.ts";

afterEach(() => {
  Tray.all.length = 0;
});

async function start(): Promise<HostEvent[]> {
  const { shell, told } = await openShellScene();
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
    "Réglages…",
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
  const { shell } = await openShellScene();
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
  const { shell } = await openShellScene();
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
