import type { OpenTarget } from "#contract/bridge.ts";
import { UNTIL_TURNED_OFF, type TrayCommand } from "#contract/desktop/attention.ts";
import type { TrayState } from "#contract/desktop/tray-state.ts";
import type { PresenceState } from "#contract/entities/presence.ts";
import type { Overall, RecentThing } from "../attention/attention-model.ts";
import type { TrayWording } from "./tray-wording.ts";

/** What tray, badge and taskbar show: a pure function of how things stand. Electron draws it. */

export type TrayAction =
  | { kind: "open" }
  | { kind: "target"; target: OpenTarget }
  /** Into a meeting, at its own address. */
  | { kind: "join"; address: string }
  | { kind: "settings" }
  | { kind: "quit" }
  | { kind: "command"; command: TrayCommand };

export type TrayItem =
  | { kind: "separator" }
  | { kind: "words"; label: string }
  /** `isOn`: of several choices, whether it is the one that is made. */
  | { kind: "action"; label: string; action: TrayAction; isOn?: boolean }
  | { kind: "menu"; label: string; items: TrayItem[] };

export interface TrayModel {
  state: TrayState;
  tooltip: string;
  items: TrayItem[];
}

export interface TrayInput {
  overall: Overall;
  /** Accounts that are signed in. */
  accountCount: number;
  isLocked: boolean;
  /** Whether titles may be shown outside the window. */
  isContentShown: boolean;
  nowMs: number;
}

const TITLE_LENGTH = 60;
/** A reminder leads into its meeting for so long. */
const JOIN_MS = 2 * 3_600_000;
const SEPARATOR: TrayItem = { kind: "separator" };
const PRESENCES = [
  "active",
  "busy",
  "inMeeting",
  "away",
  "offline",
] as const satisfies readonly PresenceState[];

export function trayModel(input: TrayInput, words: TrayWording): TrayModel {
  return {
    state: trayState(input),
    tooltip: ["Parvis", ...tooltipLines(input, words)].join("\n"),
    items: itemsOf(input, words),
  };
}

/** What is most worth knowing: without a connection nothing else is certain; who wants quiet sees quiet. */
export function trayState({
  overall,
  accountCount,
  isLocked,
}: Pick<TrayInput, "overall" | "accountCount" | "isLocked">): TrayState {
  if (accountCount === 0) return "offline";
  if (overall.connection === "offline" || overall.connection === "signedOut") return "offline";
  if (overall.isQuiet) return "doNotDisturb";
  if (isLocked) return overall.unread > 0 ? "unread" : "connected";
  if (overall.mentions > 0) return "mention";
  return overall.unread > 0 ? "unread" : "connected";
}

/** One sentence about the connection and what has not left. */
function syncWords(
  { overall, accountCount }: Pick<TrayInput, "overall" | "accountCount">,
  words: TrayWording,
): string {
  if (accountCount === 0 || overall.connection === "signedOut") return words.signedOut;
  const waiting = overall.waiting > 0 ? [words.waiting(overall.waiting)] : [];
  if (overall.connection === "offline") return [words.offline, ...waiting].join(" · ");
  if (overall.connection === "connecting") return [words.connecting, ...waiting].join(" · ");
  if (overall.offline > 0) return [words.partlyOffline(overall.offline), ...waiting].join(" · ");
  return waiting.length > 0 ? waiting.join("") : words.connected;
}

function tooltipLines(input: TrayInput, words: TrayWording): string[] {
  const { overall } = input;
  const lines: string[] = [];
  if (input.isLocked) lines.push(words.locked);
  if (overall.unread > 0) lines.push(words.unread(overall.unread, overall.mentions));
  if (overall.isQuiet) lines.push(words.quiet);
  return [...lines, syncWords(input, words)];
}

function itemsOf(input: TrayInput, words: TrayWording): TrayItem[] {
  const open: TrayItem = { kind: "action", label: words.open, action: { kind: "open" } };
  const quit: TrayItem = { kind: "action", label: words.quit, action: { kind: "quit" } };
  // Behind the lock nothing is said and nothing is done but opening it.
  if (input.isLocked) return [open, { kind: "words", label: words.locked }, SEPARATOR, quit];
  const settings: TrayItem = { kind: "action", label: words.settings, action: { kind: "settings" } };
  if (input.accountCount === 0) {
    return [open, { kind: "words", label: words.signedOut }, SEPARATOR, settings, quit];
  }
  return [
    open,
    SEPARATOR,
    ...joinItems(input, words),
    ...recentItems(input, words),
    { kind: "menu", label: words.presence, items: presenceItems(input, words) },
    quietItem(input, words),
    SEPARATOR,
    { kind: "words", label: syncWords(input, words) },
    ...(input.overall.offline > 0 ? [command(words.retry, { kind: "retry" })] : []),
    settings,
    quit,
  ];
}

function recentItems({ overall, isContentShown, nowMs }: TrayInput, words: TrayWording): TrayItem[] {
  if (overall.recent.length === 0) return [];
  const label = (thing: RecentThing): string => {
    const title = isContentShown ? shorten(thing.title) : words.hiddenItem;
    return escapeLabel(`${title} · ${words.when(Date.parse(thing.at), nowMs)}`);
  };
  return [
    { kind: "words", label: words.recent },
    ...overall.recent.map((thing): TrayItem => ({
      kind: "action",
      label: label(thing),
      action: { kind: "target", target: { accountId: thing.accountId, link: thing.link } },
    })),
    SEPARATOR,
  ];
}

/** The meetings of which one was reminded: the way into them comes first. */
function joinItems({ overall, isContentShown, nowMs }: TrayInput, words: TrayWording): TrayItem[] {
  const items = overall.recent.flatMap(({ at, conference, title }): TrayItem[] => {
    if (conference === undefined || nowMs - Date.parse(at) > JOIN_MS) return [];
    const label = isContentShown ? words.join(escapeLabel(shorten(title))) : words.joinHidden;
    return [{ kind: "action", label, action: { kind: "join", address: conference } }];
  });
  return items.length === 0 ? [] : [...items, SEPARATOR];
}

function presenceItems({ overall: { presence } }: TrayInput, words: TrayWording): TrayItem[] {
  const choice = (label: string, state: PresenceState | null) =>
    command(label, { kind: "presence", state }, presence === state);
  return [
    choice(words.automatic, null),
    SEPARATOR,
    ...PRESENCES.map((state) => choice(words.presences[state], state)),
  ];
}

function quietItem({ overall, nowMs }: TrayInput, words: TrayWording): TrayItem {
  const later = (minutes: number) => until(new Date(nowMs + minutes * 60_000).toISOString());
  const { doNotDisturbUntil } = overall;
  const ends: TrayItem[] =
    doNotDisturbUntil === null
      ? []
      : [
          { kind: "words", label: words.quietUntil(Date.parse(doNotDisturbUntil), nowMs) },
          command(words.endQuiet, until(null)),
          SEPARATOR,
        ];
  return {
    kind: "menu",
    label: words.doNotDisturb,
    items: [
      ...ends,
      command(words.halfHour, later(30)),
      command(words.hour, later(60)),
      ...[
        { label: words.untilTomorrow, at: new Date(tomorrowMorning(nowMs)).toISOString() },
        { label: words.untilTurnedOff, at: UNTIL_TURNED_OFF },
      ].map(({ label, at }) => command(label, until(at), isSameTime(doNotDisturbUntil, at))),
    ],
  };
}

function until(at: string | null): TrayCommand {
  return { kind: "doNotDisturb", until: at };
}

function isSameTime(one: string | null, other: string): boolean {
  return one !== null && Date.parse(one) === Date.parse(other);
}

function command(label: string, wanted: TrayCommand, isOn?: boolean): TrayItem {
  const item: TrayItem = { kind: "action", label, action: { kind: "command", command: wanted } };
  return isOn === undefined ? item : { ...item, isOn };
}

/** Eight o'clock of the next day, by the clock of this machine. */
export function tomorrowMorning(nowMs: number): number {
  const date = new Date(nowMs);
  date.setDate(date.getDate() + 1);
  // As everywhere in the page: the same choice is ticked in both.
  date.setHours(9, 0, 0, 0);
  return date.getTime();
}

function shorten(title: string): string {
  const line = title.replaceAll(/\s+/gu, " ").trim();
  const letters = Array.from(line);
  return letters.length <= TITLE_LENGTH ? line : `${letters.slice(0, TITLE_LENGTH - 1).join("")}…`;
}

/** In menus, an ampersand would underline the letter behind it. */
function escapeLabel(text: string): string {
  return text.replaceAll("&", "&&");
}

/** Which bar the icon is for. GNOME's is dark whatever the theme. */
export function barOf(
  platform: NodeJS.Platform,
  isDark: boolean,
  desktop: string | undefined,
): "light" | "dark" {
  const isGnome = platform === "linux" && /gnome|unity/i.test(desktop ?? "");
  return isDark || isGnome ? "dark" : "light";
}

/** Name of the picture in the package. macOS tints one picture for both bars, Windows wants an icon file. */
export function iconFile(state: TrayState, platform: NodeJS.Platform, bar: "light" | "dark"): string {
  if (platform === "darwin") return `${state}Template.png`;
  return `${state}-${bar}.${platform === "win32" ? "ico" : "png"}`;
}
