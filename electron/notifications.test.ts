import { beforeEach, expect, onTestFinished, test } from "vitest";
import { createElectronNotifier, tagOfActivation, watchFocus } from "./notifications.ts";
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
  expect(Notification.shown[0]?.options).toEqual({ id: "a", title: "Élodie", body: "à <b> & c" });
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

test("an answer and a button are told with what they are about; Linux offers neither", () => {
  const done: string[] = [];
  const notice = {
    title: "Élodie",
    body: "b",
    tag: "a",
    group: "g",
    reply: { placeholder: "Répondre", send: (text: string) => done.push(text) },
    actions: [
      { text: "Traité", run: () => done.push("done") },
      { text: "Plus tard", run: () => done.push("later") },
    ],
    onClick: () => done.push("click"),
  };
  createElectronNotifier("win32", () => undefined).show(notice);
  createElectronNotifier("linux", () => undefined).show(notice);
  const [windows, linux] = Notification.shown;
  expect(windows?.options).toEqual({
    id: "a",
    groupId: "g",
    title: "Élodie",
    body: "b",
    hasReply: true,
    replyPlaceholder: "Répondre",
    actions: [
      { type: "button", text: "Traité" },
      { type: "button", text: "Plus tard" },
    ],
  });
  expect(linux?.options).toEqual({ title: "Élodie", body: "b" });
  windows?.emit("reply", { reply: "d’accord" });
  windows?.emit("action", { actionIndex: 1 });
  windows?.emit("action", { actionIndex: 7 });
  expect(done).toEqual(["d’accord", "later"]);
});

test("one that was read elsewhere is closed, and the others stay", () => {
  const notifier = createElectronNotifier("win32", () => undefined);
  for (const tag of ["a", "b"]) notifier.show({ title: "t", body: "b", tag, onClick: () => undefined });
  notifier.close?.("a");
  notifier.close?.("never shown");
  expect(Notification.shown.map((one) => one.isClosed)).toEqual([true, false]);
  expect([notifier.isOfThisRun("a"), notifier.isOfThisRun("c")]).toEqual([true, false]);
});

test("what the system took is said, and what it did not take", () => {
  const outcomes: object[] = [];
  const notifier = createElectronNotifier("win32", () => undefined);
  const show = (): void =>
    notifier.show({
      title: "t",
      body: "b",
      tag: "a",
      onClick: () => undefined,
      onOutcome: (outcome) => outcomes.push(outcome),
    });
  show();
  Notification.shown[0]?.emit("show", {});
  show();
  Notification.shown[1]?.emit("failed", {}, "no toast manager");
  Notification.isThere = false;
  show();
  expect(outcomes).toEqual([
    { isShown: true, detail: "" },
    { isShown: false, detail: "no toast manager" },
    { isShown: false, detail: "it has none" },
  ]);
});

test("what starts Parvis is read like a link: a plain tag or nothing", () => {
  expect(tagOfActivation("type=click&tag=0a1b")).toBe("0a1b");
  for (const text of ["", "tag=", "tag=../x", `tag=${"a".repeat(65)}`, "parvis://space/1", "type=click"]) {
    expect(tagOfActivation(text)).toBeUndefined();
  }
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
