import { calendarObjectIdSchema, type CalendarObjectId, type PersonId } from "#contract/ids.ts";
import { parseScope, personScope, scopeSchema, type Scope } from "#contract/scope.ts";

/** An event that is open beside the calendar; `instance` and `startMs`: which of its times, absent: the next one. */
export interface OpenEvent {
  scope: Scope;
  objectId: CalendarObjectId;
  time: { instance: string; startMs: number } | null;
}

/** `event/own/OBJECT`, `event/space/SPACE/OBJECT`, `event/remote/CALENDAR/OBJECT`, then `INSTANCE/START`. The address says `own`, not a scope: those name people. */
export function parseCalendarPath(path: readonly string[], me: PersonId): OpenEvent | null {
  const [first, place, ...rest] = path;
  if (first !== "event") return null;
  const scope = place === "own" ? personScope(me) : placeScope(place, rest[0]);
  const [object, instance, start] = place === "own" ? rest : rest.slice(1);
  const objectId = calendarObjectIdSchema.safeParse(object).data;
  if (scope === undefined || objectId === undefined) return null;
  const startMs = Number(start);
  const isTime = instance !== undefined && start !== undefined && Number.isSafeInteger(startMs);
  return { scope, objectId, time: isTime ? { instance, startMs } : null };
}

function placeScope(place: string | undefined, id: string | undefined): Scope | undefined {
  if (place !== "space" && place !== "remote") return undefined;
  return scopeSchema.safeParse(`${place}:${id ?? ""}`).data;
}

export function eventPath({ scope, objectId, time }: OpenEvent): string[] {
  const { kind, id } = parseScope(scope);
  const place = kind === "space" || kind === "remote" ? [kind, id] : ["own"];
  return ["event", ...place, objectId, ...(time === null ? [] : [time.instance, String(time.startMs)])];
}
