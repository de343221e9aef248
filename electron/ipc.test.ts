import { afterEach, expect, test } from "vitest";
import { failed, ok } from "#contract/result.ts";
import { AppError } from "#contract/problem.ts";
import { HostEvents } from "#host/events.ts";
import { BrowserWindow, ipcMain } from "./testing/fake-electron.ts";
import { serveIpc } from "./ipc.ts";

const INFO = { version: "1", shell: "electron", platform: "linux", locale: "fr", isDevelopment: false };

afterEach(() => {
  BrowserWindow.all.length = 0;
});

async function invoke(from: unknown, payload: unknown): Promise<unknown> {
  return ipcMain.handlers.get("host")?.(from, payload);
}

function setUp() {
  const events = new HostEvents();
  const window = new BrowserWindow({});
  const stop = serveIpc({
    bridge: {
      async call(channel) {
        if (channel === "app.info") return ok({ ...INFO, token: "secret" });
        if (channel === "settings.get") return ok({ theme: 7 });
        return failed(new AppError("notFound").problem);
      },
    },
    events,
    windows: () => BrowserWindow.all,
  });
  const frame = { parent: null, origin: "app://parvis" };
  const event = { senderFrame: frame, sender: window.webContents };
  return { events, window, stop, event, frame };
}

test("a call of our page is answered, and carries no more than its channel allows", async () => {
  const { event } = setUp();
  expect(await invoke(event, { channel: "app.info", args: {} })).toEqual({ ok: true, value: INFO });
});

test("a result that does not fit its channel never reaches the page", async () => {
  const { event } = setUp();
  await expect(invoke(event, { channel: "settings.get", args: {} })).rejects.toThrow("invalid_value");
});

test("anything but the top frame of our own window at our own origin is refused", async () => {
  const { event, frame } = setUp();
  const call = { channel: "app.info", args: {} };
  const strangers = [
    { ...event, senderFrame: null },
    { ...event, senderFrame: { ...frame, parent: frame } },
    { ...event, senderFrame: { ...frame, origin: "https://evil.example" } },
    { ...event, senderFrame: { ...frame, origin: "app://parvis.example" } },
    { ...event, sender: {} },
  ];
  for (const stranger of strangers) await expect(invoke(stranger, call)).rejects.toThrow("Refused");
});

test("a call that is not one is refused", async () => {
  const { event } = setUp();
  for (const payload of [undefined, "app.info", { channel: 1 }, { args: {} }]) {
    await expect(invoke(event, payload)).rejects.toThrow("invalid_type");
  }
  expect(await invoke(event, { channel: "no.such", args: {} })).toMatchObject({
    ok: false,
    error: { kind: "notFound" },
  });
});

test("windows are told what happens in the host until the end", () => {
  const { events, window, stop } = setUp();
  events.emit({ type: "workplaceChanged", isRunning: true });
  stop();
  events.emit({ type: "workplaceChanged", isRunning: false });
  expect(window.webContents.sent).toEqual([["host-event", { type: "workplaceChanged", isRunning: true }]]);
  expect(ipcMain.handlers.has("host")).toBe(false);
});
