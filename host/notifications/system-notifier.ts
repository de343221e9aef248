import { escapeMarkup, isFreedesktop } from "./markup.ts";
import type { Notifier } from "./notifier.ts";

/** What is used of node-notifier. */
export interface NotificationCenter {
  notify(notification: SystemNotification, callback: (error: unknown, response: string) => void): unknown;
}

export interface SystemNotification {
  title: string;
  message: string;
  wait?: boolean;
  hint?: string;
  "app-name"?: string;
  urgency?: "low";
  sound?: boolean;
}

export interface SystemNotifierOptions {
  platform: NodeJS.Platform;
  /** Told once, in words for a person. */
  onUnavailable: (message: string) => void;
  /** The library, loaded when there is something to show. */
  load?: () => Promise<NotificationCenter>;
}

/**
 * Notifications of the system without Electron, by node-notifier: notify-send on Linux, a bundled program on Windows and
 * macOS. notify-send does not tell of clicks, so there a click only closes. There is no `close`: the daemon takes a notice
 * back by the number that it gave it, and the library passes neither `--print-id` nor `--replace-id` on. Neither answers nor
 * buttons are the same everywhere, so there are none.
 */
export function createSystemNotifier(options: SystemNotifierOptions): Notifier {
  const { platform, onUnavailable, load = loadCenter } = options;
  const isMarkup = isFreedesktop(platform);
  let isSaid = false;
  const fail = (error: unknown): void => {
    if (isSaid) return;
    isSaid = true;
    const reason = (error instanceof Error ? error.message : String(error)).trim();
    onUnavailable(`Notifications cannot be shown by this system: ${reason}`);
  };
  return {
    show({ title, body, tag, isSilent = false, onClick, onOutcome }) {
      const notification: SystemNotification = {
        title: asArgument(title),
        message: asArgument(isMarkup ? escapeBody(body) : body),
        // Without it the program ends at once and no click is told.
        ...(isMarkup ? linuxOptions(tag, isSilent) : { wait: true, ...(isSilent ? { sound: false } : {}) }),
      };
      load()
        .then((center) => {
          center.notify(notification, (error, response) => {
            // Warnings that the program printed come as text: the notification was shown.
            if (error instanceof Error) {
              fail(error);
              onOutcome?.({ isShown: false, detail: error.message.trim() });
              return;
            }
            onOutcome?.({ isShown: true, detail: "" });
            if (/^(activate|clicked)/.test(response)) onClick();
          });
        })
        .catch((error: unknown) => {
          fail(error);
          onOutcome?.({ isShown: false, detail: error instanceof Error ? error.message : String(error) });
        });
    },
  };
}

async function loadCenter(): Promise<NotificationCenter> {
  return (await import("node-notifier")).default;
}

/** The hint makes a later notification with this tag replace this one, in the daemons that know it. */
function linuxOptions(tag: string, isSilent: boolean): Partial<SystemNotification> {
  return {
    hint: `string:x-dunst-stack-tag:${tag}`,
    "app-name": "Parvis",
    ...(isSilent ? { urgency: "low" } : {}),
  };
}

/** The text of a message is an argument of a program: it must not look like one of its options, nor be empty. */
function asArgument(text: string): string {
  return text.startsWith("-") || text === "" ? `\u2060${text}` : text;
}

/** notify-send reads backslashes in bodies. */
function escapeBody(text: string): string {
  return escapeMarkup(text.replaceAll("\\", "\\\\"));
}
