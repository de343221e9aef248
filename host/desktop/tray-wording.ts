import type { PresenceState } from "#contract/entities/presence.ts";
import { UNTIL_TURNED_OFF } from "#contract/desktop/attention.ts";
import type { Settings } from "#contract/settings.ts";

/** What tray, taskbar and badge say. */
export interface TrayWording {
  open: string;
  quit: string;
  settings: string;
  recent: string;
  hiddenItem: string;
  join: (title: string) => string;
  joinHidden: string;
  presence: string;
  automatic: string;
  presences: Record<PresenceState, string>;
  doNotDisturb: string;
  quiet: string;
  quietUntil: (untilMs: number, nowMs: number) => string;
  endQuiet: string;
  halfHour: string;
  hour: string;
  untilTomorrow: string;
  untilTurnedOff: string;
  connected: string;
  connecting: string;
  offline: string;
  partlyOffline: (count: number) => string;
  signedOut: string;
  locked: string;
  retry: string;
  waiting: (count: number) => string;
  unread: (count: number, mentions: number) => string;
  /** An hour of today, otherwise a day. */
  when: (atMs: number, nowMs: number) => string;
}

const DAY_MS = 86_400_000;

const isNear = (atMs: number, nowMs: number): boolean =>
  Math.abs(atMs - nowMs) < DAY_MS && new Date(atMs).getDate() === new Date(nowMs).getDate();

function whenIn(locale: string, atMs: number, nowMs: number): string {
  const form: Intl.DateTimeFormatOptions = isNear(atMs, nowMs)
    ? { hour: "2-digit", minute: "2-digit" }
    : { weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" };
  return new Intl.DateTimeFormat(locale, form).format(atMs);
}

const isEndless = (untilMs: number): boolean => untilMs >= Date.parse(UNTIL_TURNED_OFF);

const fr: TrayWording = {
  open: "Afficher Parvis",
  quit: "Quitter Parvis",
  settings: "Réglages…",
  recent: "Dernières nouvelles",
  hiddenItem: "Un nouvel élément",
  join: (title) => `Rejoindre : ${title}`,
  joinHidden: "Rejoindre la réunion",
  presence: "Présence",
  automatic: "Automatique",
  presences: {
    active: "En ligne",
    busy: "Occupé",
    inMeeting: "En réunion",
    away: "Absent pour le moment",
    offline: "Hors ligne",
  },
  doNotDisturb: "Ne pas déranger",
  quiet: "Notifications en pause",
  quietUntil: (untilMs, nowMs) =>
    isEndless(untilMs)
      ? "En pause jusqu’à nouvel ordre"
      : `En pause jusqu’${isNear(untilMs, nowMs) ? "à" : "au"} ${whenIn("fr-FR", untilMs, nowMs)}`,
  endQuiet: "Reprendre les notifications",
  halfHour: "Pendant 30 minutes",
  hour: "Pendant 1 heure",
  untilTomorrow: "Jusqu’à demain 9 h",
  untilTurnedOff: "Jusqu’à ce que je le désactive",
  connected: "Connecté, à jour",
  connecting: "Connexion…",
  offline: "Hors ligne",
  partlyOffline: (count) =>
    count === 1 ? "Un espace de travail hors ligne" : `${count} espaces de travail hors ligne`,
  signedOut: "Connexion à ouvrir dans Parvis",
  locked: "Parvis est verrouillé",
  retry: "Réessayer maintenant",
  waiting: (count) => (count === 1 ? "1 envoi en attente" : `${count} envois en attente`),
  unread: (count, mentions) => {
    const all = count === 1 ? "1 élément pour vous" : `${count} éléments pour vous`;
    if (mentions === 0) return all;
    if (mentions < count) return `${all}, dont ${mentions} à traiter`;
    return count === 1 ? "1 élément à traiter" : `${count} éléments à traiter`;
  },
  when: (atMs, nowMs) => whenIn("fr-FR", atMs, nowMs),
};

const en: TrayWording = {
  open: "Show Parvis",
  quit: "Quit Parvis",
  settings: "Settings…",
  recent: "Latest news",
  hiddenItem: "A new item",
  join: (title) => `Join: ${title}`,
  joinHidden: "Join the meeting",
  presence: "Presence",
  automatic: "Automatic",
  presences: {
    active: "Online",
    busy: "Busy",
    inMeeting: "In a meeting",
    away: "Away",
    offline: "Offline",
  },
  doNotDisturb: "Do not disturb",
  quiet: "Notifications paused",
  quietUntil: (untilMs, nowMs) =>
    isEndless(untilMs) ? "Paused until you turn them on" : `Paused until ${whenIn("en-GB", untilMs, nowMs)}`,
  endQuiet: "Resume notifications",
  halfHour: "For 30 minutes",
  hour: "For 1 hour",
  untilTomorrow: "Until tomorrow 9:00",
  untilTurnedOff: "Until I turn it off",
  connected: "Connected, up to date",
  connecting: "Connecting…",
  offline: "Offline",
  partlyOffline: (count) => (count === 1 ? "One workplace offline" : `${count} workplaces offline`),
  signedOut: "Sign in within Parvis",
  locked: "Parvis is locked",
  retry: "Try again now",
  waiting: (count) => (count === 1 ? "1 thing waiting to be sent" : `${count} things waiting to be sent`),
  unread: (count, mentions) => {
    const all = count === 1 ? "1 thing for you" : `${count} things for you`;
    if (mentions === 0) return all;
    if (mentions < count) return `${all}, ${mentions} to deal with`;
    return count === 1 ? "1 thing to deal with" : `${count} things to deal with`;
  },
  when: (atMs, nowMs) => whenIn("en-GB", atMs, nowMs),
};

/** By the setting, else by the system's language; English where there is no translation. */
export function trayWordingFor(language: Settings["language"], locale: string): TrayWording {
  const tag = language === "system" ? locale : language;
  return /^fr\b/i.test(tag) ? fr : en;
}
