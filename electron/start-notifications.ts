import { NotificationWatch } from "#host/notifications/notification-watch.ts";
import { watchFocus } from "./notifications.ts";
import type { Dispose, ShellContext } from "./shell-context.ts";

/** The system shows what is new while no window has the focus. */
export async function startNotifications(shell: ShellContext): Promise<Dispose> {
  const { dataDir, complain, host, locale, notifier } = shell;
  const { attendance, stop } = watchFocus();
  const watch = await NotificationWatch.start({
    host,
    dataDir,
    attendance,
    notifier,
    locale,
    listeners: shell.services.listeners,
    onNotice: complain,
    open: () => shell.open(),
  });
  return () => {
    stop();
    watch.stop();
  };
}
