import { app, BrowserWindow, Notification } from "electron";
import { escapeMarkup, isFreedesktop } from "#host/notifications/markup.ts";
import { Attendance, type Notice, type Notifier } from "#host/notifications/notifier.ts";

export interface ElectronNotifier extends Notifier {
  /** Shown since Parvis was started. */
  isOfThisRun(tag: string): boolean;
}

/** Electron's own notifications; each is kept as long as it is shown, or it would be collected and its click lost. */
export function createElectronNotifier(
  platform: NodeJS.Platform,
  onUnavailable: (message: string) => void,
): ElectronNotifier {
  const shown = new Map<string, Notification>();
  /** Their own events are told; what the system tells besides is the same once more. */
  const ours = new Set<string>();
  let isSaid = false;
  const fail = (reason: string): void => {
    if (!isSaid) onUnavailable(`Notifications cannot be shown by this system: ${reason}`);
    isSaid = true;
  };
  return {
    show(notice) {
      const { tag, onClick, onOutcome } = notice;
      if (!Notification.isSupported()) {
        fail("it has none");
        onOutcome?.({ isShown: false, detail: "it has none" });
        return;
      }
      const earlier = shown.get(tag);
      const notification = new Notification(optionsOf(notice, platform));
      shown.set(tag, notification);
      ours.add(tag);
      const forget = (): void => {
        if (shown.get(tag) === notification) shown.delete(tag);
      };
      notification.on("click", () => {
        forget();
        onClick();
      });
      notification.on("reply", ({ reply }) => notice.reply?.send(reply));
      notification.on("action", ({ actionIndex }) => notice.actions?.[actionIndex]?.run());
      notification.on("close", forget);
      notification.on("show", () => onOutcome?.({ isShown: true, detail: "" }));
      notification.on("failed", (_event, error) => {
        forget();
        fail(error);
        onOutcome?.({ isShown: false, detail: error });
      });
      earlier?.close();
      notification.show();
    },
    close(tag) {
      shown.get(tag)?.close();
      shown.delete(tag);
    },
    isOfThisRun: (tag) => ours.has(tag),
  };
}

/** Answers and buttons are offered where Electron carries them: macOS and Windows. */
function optionsOf(
  { title, body, tag, group, reply, actions }: Notice,
  platform: NodeJS.Platform,
): Electron.NotificationConstructorOptions {
  if (isFreedesktop(platform)) return { title, body: escapeMarkup(body) };
  return {
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

/** What Windows hands over when a notice starts Parvis: `type=…&tag=…`. Undefined for anything else. */
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
