import type { CalendarObjectRow } from "#contract/entities/calendar.ts";
import { textOf } from "#contract/icalendar/component.ts";
import { objectNodes } from "#contract/icalendar/keep-bytes.ts";
import { readObjectResource } from "#contract/icalendar/object-resource.ts";
import { parseCalendar } from "#contract/icalendar/parse-calendar.ts";

/** What an import would do, shown before anything is done. */
export interface ImportPlan {
  /** What the calendar calls itself. */
  name: string | null;
  added: readonly { uid: string; data: string }[];
  /** Events that are here and say something else. */
  changed: readonly { object: CalendarObjectRow; data: string }[];
  /** Here already, letter by letter. */
  same: number;
  /** Tasks, notes, and what cannot be read. */
  skipped: number;
}

export type ImportReading =
  | { ok: true; plan: ImportPlan }
  /** English, of the kernel: what, which line, what to do. */
  | { ok: false; message: string };

/** @param present all objects of the place into which it goes */
export function importPlan(bytes: Uint8Array, present: readonly CalendarObjectRow[]): ImportReading {
  const parsed = parseCalendar(bytes);
  if (!parsed.ok) return { ok: false, message: parsed.problem.message };
  const { calendar } = parsed;
  const here = new Map(present.map((object) => [object.uid, object]));
  const plan = {
    name: calendar.name ?? null,
    added: new Map<string, string>(),
    changed: [] as { object: CalendarObjectRow; data: string }[],
    same: 0,
    skipped: 0,
  };
  for (const object of calendar.objects) {
    const data = textOf(objectNodes(calendar, object));
    const reading = object.kind === "VEVENT" ? readObjectResource(data) : undefined;
    if (reading?.ok !== true) {
      plan.skipped += 1;
      continue;
    }
    const { uid } = reading.facts;
    const standing = here.get(uid);
    if (standing === undefined) plan.added.set(uid, data);
    else if (standing.data === data) plan.same += 1;
    else plan.changed.push({ object: standing, data });
  }
  return { ok: true, plan: { ...plan, added: [...plan.added].map(([uid, data]) => ({ uid, data })) } };
}
