import { clipboard, dialog, Notification } from "electron";
import { FocusMode } from "#host/notifications/focus-mode.ts";
import { reasonOf } from "#host/notifications/notice-commands.ts";
import { NotificationWatch, type Activation } from "#host/notifications/notification-watch.ts";
import type { UnknownReply } from "#host/notifications/unknown-replies.ts";
import { defineRoutes } from "#host/routes.ts";
import { tagOfActivation, watchFocus } from "./notifications.ts";
import type { Dispose, ShellContext } from "./shell-context.ts";

/** The system shows what is new while no window has the focus. */
export async function startNotifications(shell: ShellContext): Promise<Dispose> {
  const { dataDir, complain, host, locale, notifier } = shell;
  const { attendance, stop } = watchFocus();
  const watch: NotificationWatch = await NotificationWatch.start({
    host,
    dataDir,
    attendance,
    notifier,
    locale,
    focus: new FocusMode({ platform: shell.platform, now: Date.now }),
    listeners: shell.services.listeners,
    onNotice: complain,
    onUnknownReply: (reply) => showUnknown(watch, reply),
    open: (target) => shell.open(target),
  });
  shell.answer(defineRoutes({ "notifications.test": () => watch.test() }));
  if (shell.platform === "win32") followActivations(shell, watch);
  showLeft(watch).catch((error: unknown) => complain(reasonOf(error)));
  return () => {
    stop();
    watch.stop();
  };
}

/** Windows starts Parvis for a notice of an earlier run, and tells of those of this run besides their own events. */
function followActivations({ complain, notifier, open }: ShellContext, watch: NotificationWatch): void {
  const follow = async (details: Electron.ActivationArguments): Promise<void> => {
    const tag = tagOfActivation(details.arguments);
    const what = activationOf(details);
    if (tag !== undefined && (notifier.activate(tag, what) || (await watch.activate(tag, what)))) return;
    // Nothing is known of it any more: Parvis opens, and what was typed is kept and shown.
    await open();
    if (what.kind === "reply") await watch.keepUnknown(what.text);
  };
  Notification.handleActivation((details) => {
    follow(details).catch((error: unknown) =>
      complain(`A notification could not be opened: ${reasonOf(error)}`),
    );
  });
}

/** What an earlier run could not show to its end. A secret store that is locked is asked again at the next start. */
async function showLeft(watch: NotificationWatch): Promise<void> {
  for (const reply of await watch.unknown.list()) await showUnknown(watch, reply);
}

/** Kept until the person has seen it; the text can be copied. */
async function showUnknown(watch: NotificationWatch, reply: UnknownReply): Promise<void> {
  const wording = await watch.wording();
  const { response } = await dialog.showMessageBox({
    type: "warning",
    message: wording.replyUnknown,
    detail: wording.replyUnknownText(reply.text),
    buttons: [wording.copy, wording.close],
    defaultId: 0,
    cancelId: 1,
    noLink: true,
  });
  if (response === 0) await clipboard.writeText(reply.text);
  await watch.unknown.drop(reply.id);
}

function activationOf(details: Electron.ActivationArguments): Activation {
  const { actionIndex, reply, type, userInputs } = details;
  if (type === "reply") return { kind: "reply", text: reply ?? userInputs?.["reply"] ?? "" };
  if (type === "action") return { kind: "action", index: actionIndex ?? -1 };
  return { kind: "click" };
}
