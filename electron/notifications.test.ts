import { beforeEach, expect, onTestFinished, test } from "vitest";
import { createElectronNotifier, watchFocus } from "./notifications.ts";
import { BrowserWindow, Notification } from "./testing/fake-electron.ts";

beforeEach(() => {
  Notification.shown.length = 0;
  Notification.isThere = true;
  BrowserWindow.all.length = 0;
});

function open(platform: NodeJS.Platform = "win32") {
  const said: string[] = [];
  const clicks: string[] = [];
  const notifier = createElectronNotifier(platform, (message) => said.push(message));
  const show = (tag: string, body = "b"): void =>
    notifier.show({ title: "Élodie", body, tag, onClick: () => clicks.push(tag) });
  return { show, said, clicks };
}

test("shows title and text, and a click is told", () => {
  const { show, clicks } = open();
  show("a", "à <b> & c");
  expect(Notification.shown[0]?.options).toEqual({ title: "Élodie", body: "à <b> & c" });
  Notification.shown[0]?.emit("click", {});
  expect(clicks).toEqual(["a"]);
});

test("on Linux the text is never markup", () => {
  const { show } = open("linux");
  show("a", "<b> & c");
  expect(Notification.shown[0]?.options.body).toBe("&lt;b&gt; &amp; c");
});

test("a later one with the same tag replaces the earlier, and its close does not forget the new one", () => {
  const { show } = open();
  show("a");
  show("a");
  show("other");
  expect(Notification.shown.map((one) => one.isClosed)).toEqual([true, false, false]);
  show("a");
  expect(Notification.shown.map((one) => one.isClosed)).toEqual([true, true, false, false]);
});

test("a system without notifications, or that fails to show one, says so once", () => {
  const { show, said } = open();
  show("a");
  Notification.shown[0]?.emit("failed", {}, "no toast manager");
  Notification.isThere = false;
  show("b");
  expect(Notification.shown).toHaveLength(1);
  expect(said).toEqual(["Notifications cannot be shown by this system: no toast manager"]);
});

test("somebody is there while a window has the focus", () => {
  const { attendance, stop } = watchFocus();
  onTestFinished(stop);
  const window = new BrowserWindow({});
  expect(attendance.isHere).toBe(false);
  window.focus();
  expect(attendance.isHere).toBe(true);
  window.blur();
  expect(attendance.isHere).toBe(false);
});
