import { clipboard, Notification } from "electron";
import { NotificationWatch, type Activation } from "#host/notifications/notification-watch.ts";
import { defineRoutes } from "#host/routes.ts";
import { tagOfActivation, watchFocus } from "./notifications.ts";
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
    open: (target) => shell.open(target),
  });
  shell.answer(defineRoutes({ "notifications.test": () => watch.test() }));
  if (shell.platform === "win32") followActivations(shell, watch);
  return () => {
    stop();
    watch.stop();
  };
}

/** Windows starts Parvis for a notice of an earlier run; for those of this run it tells what their own events have told. */
function followActivations({ complain, notifier, open }: ShellContext, watch: NotificationWatch): void {
  const follow = async (details: Electron.ActivationArguments): Promise<void> => {
    const tag = tagOfActivation(details.arguments);
    if (tag !== undefined && notifier.isOfThisRun(tag)) return;
    const isKnown = tag !== undefined && (await watch.activate(tag, activationOf(details)));
    if (isKnown) return;
    // Nothing is known of it any more: what was typed is not thrown away.
    if (details.reply !== undefined && details.reply !== "") await clipboard.writeText(details.reply);
    await open();
  };
  Notification.handleActivation((details) => {
    follow(details).catch((error: unknown) =>
      complain(`A notification could not be opened: ${String(error)}`),
    );
  });
}

function activationOf({ actionIndex, reply, type }: Electron.ActivationArguments): Activation {
  if (type === "reply") return { kind: "reply", text: reply ?? "" };
  if (type === "action") return { kind: "action", index: actionIndex ?? -1 };
  return { kind: "click" };
}
