import type { MutationArgs } from "#contract/mutations.ts";
import { ianaZone, utcZone, utcMsOf } from "#contract/icalendar/zones.ts";
import { wallMsOf } from "#contract/icalendar/calendar-time.ts";
import { parseWhen } from "#contract/icalendar/parse-when.ts";
import { toIsoTime } from "#contract/time.ts";

/** What a line says of a task: its title, and when it is due (`Relire la note demain 14h`, `ménage tous les lundis`). */
export type QuickTask = Pick<MutationArgs<"task.create">, "title" | "dueAt" | "recurrence">;

/** Null for a line without words. `isRead` false: the line is the title as it stands. */
export function quickTask(
  line: string,
  { nowMs, isRead }: { nowMs: number; isRead: boolean },
): QuickTask | null {
  const whole = line.trim().slice(0, 500);
  if (whole === "") return null;
  if (!isRead) return { title: whole };
  const name = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const zone = ianaZone(name) ?? utcZone;
  const { text, start, rule } = parseWhen(whole, { nowMs, zone });
  if (start === undefined) return { title: whole };
  const title = text.trim() === "" ? whole : text.trim();
  const dueAt = start.kind === "day" ? start.day : toIsoTime(utcMsOf(zone, wallMsOf(start)));
  return { title, dueAt, ...(rule === undefined ? {} : { recurrence: { rule, zone: name } }) };
}
