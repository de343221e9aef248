import type { Scope } from "#contract/scope.ts";
import { textOf } from "./columns.ts";

/**
 * What CalDAV clients called what they made (calendars, objects): a client finds it again by that name alone. Kept after
 * its end, so that it can be said what is gone.
 */
export interface CalendarNameStore {
  /** Its name from now on. */
  keep(scope: Scope, name: CalendarName): Promise<void>;
  /** By id, the present one last; what nobody gave a name is not in it. */
  of(scope: Scope): Promise<CalendarNames>;
  /** Ids of what has or had this name: of things that followed each other, or that lie in several calendars. */
  called(scope: Scope, name: string): Promise<string[]>;
}

export type CalendarNames = ReadonlyMap<string, readonly string[]>;

export interface CalendarName {
  /** Of a row `calendar` or `calendarObject`. */
  id: string;
  /** One step of a path, decoded. */
  name: string;
}

/** From rows in the order in which the names were given. */
export function namesOf(rows: readonly Record<string, unknown>[]): CalendarNames {
  const names = new Map<string, string[]>();
  for (const row of rows) {
    const [id, name] = [textOf(row["id"]), textOf(row["name"])];
    names.set(id, [...(names.get(id) ?? []), name]);
  }
  return names;
}
