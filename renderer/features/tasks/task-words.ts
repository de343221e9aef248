import { ownBoardId, ownColumnId, remoteColumnId, type PersonId } from "#contract/ids.ts";
import type { Board, BoardColumn, Task } from "#contract/entities/task.ts";
import { isoTimeSchema } from "#contract/time.ts";
import type { Spoken } from "#renderer/kit/i18n.ts";

/** Everybody's own board is called so in their language. */
export function boardName(t: Spoken["t"], board: Board, me: PersonId): string {
  return board.id === ownBoardId(me) ? t("tasks.ownBoard") : board.name;
}

const given = { todo: "À faire", doing: "En cours", done: "Terminé" } as const;

/** The columns of one's own board too, unless they were renamed, and those of lists that lie elsewhere. */
export function columnName(
  t: Spoken["t"],
  { id, boardId, name, meaning }: BoardColumn,
  me: PersonId,
): string {
  const isGiven = id === ownColumnId(me, meaning) || id === remoteColumnId(boardId, meaning);
  return isGiven && name === given[meaning] ? t(`tasks.meaning.${meaning}`) : name;
}

/** The day of a due day or time, where its reader is: `2026-11-23`. */
export function dayOfDue(dueAt: string): string {
  return isoTimeSchema.safeParse(dueAt).success ? localDay(new Date(dueAt)) : dueAt;
}

/** As a date field wants it (ISO 8601: so Swedish writes it). */
export function localDay(date: Date): string {
  return new Intl.DateTimeFormat("sv-SE", { dateStyle: "short" }).format(date);
}

/** `HH:MM` where its reader is; empty for a whole day. */
export function clockOfDue(dueAt: string): string {
  if (!isoTimeSchema.safeParse(dueAt).success) return "";
  const date = new Date(dueAt);
  return [date.getHours(), date.getMinutes()].map((part) => String(part).padStart(2, "0")).join(":");
}

/** A day, with a time of day where one was given. Null for what is no day. */
export function dueFrom(day: string, clock: string): string | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day) || Number.isNaN(Date.parse(day))) return null;
  return clock === "" ? day : new Date(`${day}T${clock}`).toISOString();
}

/** « aujourd’hui », « demain », « ven. 27 nov. », with the time where there is one. */
export function dueWords(dueAt: string, locale: string, nowMs: number): string {
  const day = dayOfDue(dueAt);
  const days = Math.round((Date.parse(day) - Date.parse(localDay(new Date(nowMs)))) / 86_400_000);
  const clock = clockOfDue(dueAt);
  const words =
    Math.abs(days) <= 1
      ? new Intl.RelativeTimeFormat(locale, { numeric: "auto" }).format(days, "day")
      : dayWords(day, locale, nowMs);
  return clock === "" ? words : `${words} ${clock}`;
}

function dayWords(day: string, locale: string, nowMs: number): string {
  const isThisYear = day.slice(0, 4) === String(new Date(nowMs).getFullYear());
  return new Intl.DateTimeFormat(locale, {
    weekday: "short",
    day: "numeric",
    month: "short",
    ...(isThisYear ? {} : { year: "numeric" }),
    timeZone: "UTC",
  }).format(new Date(day));
}

export const priorityRank: Readonly<Record<NonNullable<Task["priority"]>, number>> = {
  urgent: 0,
  high: 1,
  normal: 2,
  low: 3,
};
