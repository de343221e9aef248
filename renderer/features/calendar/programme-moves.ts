import type { ProgrammeItem, ProgrammeReading } from "#contract/icalendar/programme.ts";

/** What becomes of a programme by what is done to it, and when its items are. Pure. */

const MINUTE_MS = 60_000;

export interface TimetableRow {
  readonly item: ProgrammeItem;
  /** As the start that was given: moments, or wall clocks. */
  readonly startMs: number;
  readonly endMs: number;
}

/** Each item begins when the one before it ends. */
export function timetable(items: readonly ProgrammeItem[], startMs: number): TimetableRow[] {
  let next = startMs;
  return items.map((item) => {
    const row = { item, startMs: next, endMs: next + item.minutes * MINUTE_MS };
    next = row.endMs;
    return row;
  });
}

export function totalMinutes(items: readonly ProgrammeItem[]): number {
  return items.reduce((sum, { minutes }) => sum + minutes, 0);
}

/** The item that is on; none before the first and after the last, and none that takes no time. */
export function running(rows: readonly TimetableRow[], nowMs: number): TimetableRow | undefined {
  return rows.find(({ startMs, endMs }) => startMs <= nowMs && nowMs < endMs);
}

export function movedItem(
  items: readonly ProgrammeItem[],
  from: number,
  to: number,
): readonly ProgrammeItem[] {
  const item = items[from];
  if (item === undefined || to < 0 || to >= items.length || from === to) return items;
  return items.toSpliced(from, 1).toSpliced(to, 0, item);
}

export function hasUntitledItem(programme: ProgrammeReading): boolean {
  return programme !== "unreadable" && programme.some(({ title }) => title.trim() === "");
}

/** As it is written: without blanks around, without a speaker who has no name. */
export function keptProgramme(programme: ProgrammeReading): ProgrammeReading {
  if (programme === "unreadable") return programme;
  return programme.map(({ speaker, documents = [], ...item }) => {
    const name = speaker?.name.trim() ?? "";
    return {
      ...item,
      title: item.title.trim(),
      ...(speaker === undefined || name === "" ? {} : { speaker: { ...speaker, name } }),
      ...(documents.length === 0 ? {} : { documents }),
    };
  });
}
