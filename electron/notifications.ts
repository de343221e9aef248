import { app, BrowserWindow, Notification } from "electron";
import type { Activation } from "#host/notifications/notification-watch.ts";
import { escapeMarkup, isFreedesktop } from "#host/notifications/markup.ts";
import { Attendance, type Notice, type Notifier } from "#host/notifications/notifier.ts";

/** Beyond this many the oldest are let go: what becomes of them is then found by what is kept on disk. */
const HELD = 200;

export interface ElectronNotifier extends Notifier {
  /** What the system tells of a notice beside its own events. False: this run does not hold it. */
  activate(tag: string, what: Activation): boolean;
}

interface Held {
  notice: Notice;
  notification: Notification;
  /** A notice is acted upon once, by whichever way it is told first. */
  isOver: boolean;
}

/** Electron's own notifications; each is kept as long as it can be acted upon, or it would be collected and its click lost. */
export function createElectronNotifier(
  platform: NodeJS.Platform,
  onUnavailable: (message: string) => void,
): ElectronNotifier {
  const all = new Map<string, Held>();
  let isSaid = false;
  const fail = (reason: string): void => {
    if (!isSaid) onUnavailable(`Notifications cannot be shown by this system: ${reason}`);
    isSaid = true;
  };
  return {
    // Only macOS offers it; Windows replaces what has the same tag, and Linux forgets with the program.
    closesEarlier: platform === "darwin",
    show(notice) {
      const { tag, onOutcome } = notice;
      if (!Notification.isSupported()) {
        fail("it has none");
        onOutcome?.({ isShown: false, detail: "it has none" });
        return;
      }
      const earlier = all.get(tag);
      const held = { notice, notification: new Notification(optionsOf(notice, platform)), isOver: false };
      all.delete(tag);
      all.set(tag, held);
      letGoOfOldest(all);
      follow(held, () => {
        if (all.get(tag) === held) all.delete(tag);
      });
      held.notification.on("failed", (_event, error) => {
        fail(error);
        onOutcome?.({ isShown: false, detail: error });
      });
      earlier?.notification.close();
      held.notification.show();
    },
    close(tag) {
      const held = all.get(tag);
      all.delete(tag);
      if (held !== undefined) held.notification.close();
      else if (platform === "darwin") Notification.remove(tag);
    },
    activate(tag, what) {
      const held = all.get(tag);
      if (held !== undefined) act(held, what);
      return held !== undefined;
    },
  };
}

function follow(held: Held, forget: () => void): void {
  const { notice, notification } = held;
  notification.on("click", () => act(held, { kind: "click" }));
  notification.on("reply", ({ reply }) => act(held, { kind: "reply", text: reply }));
  notification.on("action", ({ actionIndex }) => act(held, { kind: "action", index: actionIndex }));
  notification.on("close", ({ reason }) => {
    // Off the screen by itself, it waits in the system's list and can still be clicked or answered there.
    if (reason !== "timedOut") forget();
  });
  notification.on("failed", forget);
  notification.on("show", () => notice.onOutcome?.({ isShown: true, detail: "" }));
}

function act(held: Held, what: Activation): void {
  const { notice } = held;
  const action = what.kind === "action" ? notice.actions?.[what.index] : undefined;
  if (held.isOver || (what.kind === "action" && action === undefined)) return;
  held.isOver = true;
  if (what.kind === "reply") notice.reply?.send(what.text);
  else if (action === undefined) notice.onClick();
  else action.run();
}

function letGoOfOldest(all: Map<string, Held>): void {
  for (const tag of all.keys()) {
    if (all.size <= HELD) return;
    all.delete(tag);
  }
}

/** Answers and buttons are offered where Electron carries them: macOS and Windows. */
function optionsOf(
  { title, body, tag, group, reply, actions, isSilent }: Notice,
  platform: NodeJS.Platform,
): Electron.NotificationConstructorOptions {
  const quietly = isSilent === true ? { silent: true, urgency: "low" as const } : {};
  if (isFreedesktop(platform)) return { title, body: escapeMarkup(body), ...quietly };
  return {
    ...quietly,
    title,
    body,
    id: tag,
    ...(group === undefined ? {} : { groupId: group }),
    ...(reply === undefined ? {} : { hasReply: true, replyPlaceholder: reply.placeholder }),
    ...(actions === undefined
      ? {}
      : { actions: actions.map(({ text }) => ({ type: "button" as const, text })) }),
  };
}

/**
 * What Windows hands over: `type=click&tag=TAG`, `type=action&action=0&tag=TAG`, `type=reply&tag=TAG`, where the tag is the
 * `id` that the notice was made with (electron/electron#49919, #50328). Undefined for anything else.
 */
export function tagOfActivation(text: string): string | undefined {
  const tag = new URLSearchParams(text.slice(0, 2000)).get("tag") ?? "";
  return /^[\w-]{1,64}$/.test(tag) ? tag : undefined;
}

/** Somebody is there while one of the windows has the focus. Returns its dispose with it. */
export function watchFocus(): { attendance: Attendance; stop: () => void } {
  const attendance = new Attendance();
  const update = (): void => attendance.set(BrowserWindow.getFocusedWindow() !== null);
  app.on("browser-window-focus", update);
  app.on("browser-window-blur", update);
  update();
  return {
    attendance,
    stop: () => {
      app.off("browser-window-focus", update);
      app.off("browser-window-blur", update);
    },
  };
}
