import { beforeEach, expect, onTestFinished, test } from "vitest";
import { createElectronNotifier, tagOfActivation, watchFocus } from "./notifications.ts";
import { BrowserWindow, Notification } from "./testing/fake-electron.ts";

beforeEach(() => {
  Notification.shown.length = 0;
  Notification.removed.length = 0;
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
  windows?.emit("action", { actionIndex: 7 });
  windows?.emit("reply", { reply: "d’accord" });
  expect(done).toEqual(["d’accord"]);
  const again = createElectronNotifier("win32", () => undefined);
  again.show(notice);
  Notification.shown.at(-1)?.emit("action", { actionIndex: 1 });
  expect(done).toEqual(["d’accord", "later"]);
});

test("one that was read elsewhere is closed, and the others stay", () => {
  const notifier = createElectronNotifier("win32", () => undefined);
  for (const tag of ["a", "b"]) notifier.show({ title: "t", body: "b", tag, onClick: () => undefined });
  notifier.close?.("a");
  notifier.close?.("never shown");
  expect(Notification.shown.map((one) => one.isClosed)).toEqual([true, false]);
  expect(Notification.removed).toEqual([]);
});

test("what an earlier run has shown can be taken back on macOS alone", () => {
  for (const platform of ["darwin", "win32", "linux"] as const) {
    const notifier = createElectronNotifier(platform, () => undefined);
    expect(notifier.closesEarlier).toBe(platform === "darwin");
    notifier.close?.(`of ${platform}`);
  }
  expect(Notification.removed).toEqual(["of darwin"]);
});

test("what Windows tells twice, as the notice's own event and as an activation, is done once", () => {
  const done: string[] = [];
  const notifier = createElectronNotifier("win32", () => undefined);
  const reply = { placeholder: "", send: (text: string) => done.push(text) };
  const show = (): void =>
    notifier.show({ title: "t", body: "b", tag: "a", reply, onClick: () => done.push("click") });
  show();
  Notification.shown[0]?.emit("reply", { reply: "oui" });
  expect(notifier.activate("a", { kind: "reply", text: "oui" })).toBe(true);
  expect(done).toEqual(["oui"]);
  show();
  expect(notifier.activate("a", { kind: "click" })).toBe(true);
  Notification.shown[1]?.emit("click", {});
  expect(done).toEqual(["oui", "click"]);
  expect(notifier.activate("never shown", { kind: "click" })).toBe(false);
});

test("one that left the screen by itself is still answered from the system's list; one that was dismissed is not kept", () => {
  const { show, clicks } = open();
  show("a");
  Notification.shown[0]?.emit("close", { reason: "timedOut" });
  Notification.shown[0]?.emit("click", {});
  expect(clicks).toEqual(["a"]);
  const notifier = createElectronNotifier("win32", () => undefined);
  notifier.show({ title: "t", body: "b", tag: "b", onClick: () => undefined });
  Notification.shown[1]?.emit("close", { reason: "userCanceled" });
  expect(notifier.activate("b", { kind: "click" })).toBe(false);
});

test("in a focus mode it is silent, and not urgent", () => {
  const notice = { title: "t", body: "b", tag: "a", isSilent: true, onClick: () => undefined };
  createElectronNotifier("linux", () => undefined).show(notice);
  expect(Notification.shown[0]?.options).toEqual({ title: "t", body: "b", silent: true, urgency: "low" });
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
  for (const text of ["type=click&tag=0a1b", "type=action&action=0&tag=0a1b", "type=reply&group=g&tag=0a1b"])
    expect(tagOfActivation(text)).toBe("0a1b");
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
