import { app, BrowserWindow, Notification } from "electron";
import { escapeMarkup, isFreedesktop } from "#host/notifications/markup.ts";
import { Attendance, type Notifier } from "#host/notifications/notifier.ts";

/** Electron's own notifications; each is kept as long as it is shown, or it would be collected and its click lost. */
export function createElectronNotifier(
  platform: NodeJS.Platform,
  onUnavailable: (message: string) => void,
): Notifier {
  const shown = new Map<string, Notification>();
  let isSaid = false;
  const fail = (reason: string): void => {
    if (!isSaid) onUnavailable(`Notifications cannot be shown by this system: ${reason}`);
    isSaid = true;
  };
  return {
    show({ title, body, tag, onClick }) {
      if (!Notification.isSupported()) {
        fail("it has none");
        return;
      }
      const earlier = shown.get(tag);
      const notification = new Notification({
        title,
        body: isFreedesktop(platform) ? escapeMarkup(body) : body,
      });
      shown.set(tag, notification);
      const forget = (): void => {
        if (shown.get(tag) === notification) shown.delete(tag);
      };
      notification.on("click", () => {
        forget();
        onClick();
      });
      notification.on("close", forget);
      notification.on("failed", (_event, error) => {
        forget();
        fail(error);
      });
      earlier?.close();
      notification.show();
    },
  };
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
