import { isoTimeSchema } from "../time.ts";
import type { ColumnMeaning, Task } from "../entities/task.ts";
import { dayOf, localOf, wallMsOf, type CalendarTime } from "./calendar-time.ts";
import type { ParsedObject } from "./parse-calendar.ts";
import { parseRule } from "./rule.ts";
import type { ToDo } from "./to-do.ts";
import type { ZoneBook } from "./vtimezone.ts";
import { ianaNameOf, ianaZone, utcMsOf, utcZone } from "./zones.ts";

/** Fields of a VTODO as those of a task, and back: for files and for lists that lie elsewhere. */

const MOST_RULE = 500;

export function meaningOf({ status }: Pick<ToDo, "status">): ColumnMeaning {
  if (status === "completed") return "done";
  return status === "in-process" ? "doing" : "todo";
}

/** RFC 5545 section 3.8.1.9: 1 to 4 are high, 5 is normal, 6 to 9 low, 0 is none. */
export function taskPriority(written: number): Task["priority"] {
  if (written === 0 || written === 5) return undefined;
  if (written <= 2) return "urgent";
  return written <= 4 ? "high" : "low";
}

export const toDoPriorities = { urgent: 1, high: 3, normal: 0, low: 9 } as const;

/** A day, or a moment; what is in a zone that nobody knows is read where the reader is (`zone`, an IANA name). */
export function taskTime(
  time: CalendarTime | undefined,
  { zones, zone }: { zones: ZoneBook; zone: string },
): string | undefined {
  if (time === undefined) return undefined;
  if (time.kind === "day") return dayOf(wallMsOf(time));
  const known = time.kind === "zoned" ? zones(time.zone) : undefined;
  const utcMs = utcMsOf(known ?? ianaZone(zone) ?? utcZone, wallMsOf(time));
  return isoTimeSchema.safeParse(new Date(utcMs).toISOString()).data;
}

export function toDoTime(at: string | undefined): CalendarTime | undefined {
  if (at === undefined) return undefined;
  if (at.length === 10) return { kind: "day", day: at };
  return { kind: "zoned", local: localOf(Date.parse(at)), zone: "UTC" };
}

/** As far as tasks repeat: from what is due on, by a rule that is understood. @param zone in which times without one are meant */
export function taskRecurrence(
  { problems }: Pick<ParsedObject, "problems">,
  { rule, due }: Pick<ToDo, "rule" | "due">,
  zone: string,
): Task["recurrence"] {
  if (rule === undefined || due === undefined) return undefined;
  if (rule.length > MOST_RULE || parseRule(rule) === undefined) return undefined;
  if (problems.some(({ code }) => code === "unreadableRule")) return undefined;
  const own = due.kind === "zoned" ? ianaNameOf(due.zone) : undefined;
  return due.kind === "day" ? { rule } : { rule, zone: own ?? zone };
}
