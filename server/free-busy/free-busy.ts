import { setImmediate } from "node:timers/promises";
import type { FreeBusy, FreeBusyRequest, PersonTime, TakenTime } from "#contract/free-busy.ts";
import { calendarObjectSchema, type CalendarObjectRow } from "#contract/entities/calendar.ts";
import type { Person } from "#contract/entities/person.ts";
import { takenOf, weighed, type Interval } from "#contract/icalendar/free-busy.ts";
import { parseCalendarText, type ParsedCalendar } from "#contract/icalendar/parse-calendar.ts";
import { USUAL_BUDGET } from "#contract/icalendar/rule-times.ts";
import { readSeries } from "#contract/icalendar/series.ts";
import { ianaZone, utcZone, type Zone } from "#contract/icalendar/zones.ts";
import type { PersonId } from "#contract/ids.ts";
import { parseScope, personScope, type Scope } from "#contract/scope.ts";
import { toIsoTime } from "#contract/time.ts";
import type { WorkingHours } from "#contract/working-hours.ts";
import { knownHoursOf } from "../mutations/task-due.ts";
import { findPerson, isGuest, shareSpace } from "../rules/people.ts";
import type { Store } from "../store/store.ts";

/** Floating times stand in a row as if they were UTC. */
const SLACK_MS = 86_400_000;
const MOST_TIMES = 5000;
const MOST_COST = 2 * USUAL_BUDGET;

/** Somebody who was asked about, and what was found of their time. */
interface Asked {
  person: Person;
  address: string | undefined;
  hours: WorkingHours | undefined;
  zone: Zone;
  /** What hostile rules may cost: one person's do not hide another's time. */
  budget: { left: number };
  busy: Interval[];
  tentative: Interval[];
}

/** When people are taken: by their own calendars, and by what they are invited to in those of their spaces. */
export async function freeBusyOf(
  store: Store,
  callerId: PersonId,
  request: FreeBusyRequest,
): Promise<FreeBusy> {
  const ids = [...new Set(request.personIds)];
  const isLimited = await isGuest(store, callerId);
  const mayAsk = async (id: PersonId) =>
    !isLimited || id === callerId || (await shareSpace(store, callerId, id));
  const found = await Promise.all(
    ids.map(async (id) => ((await mayAsk(id)) ? await askedOf(store, id, request) : undefined)),
  );
  const people = found.filter((each) => each !== undefined);
  const isLeftOut = ({ uid, organizerId, createdBy }: CalendarObjectRow) =>
    uid === request.except && (organizerId ?? createdBy) === callerId;
  const range = { fromMs: Date.parse(request.from), toMs: Date.parse(request.to) };
  for (const [scope, readers] of await calendarsOf(store, people)) {
    await takeScope(store, scope, readers, { range, isLeftOut });
    // Others are answered between the calendars of many.
    await setImmediate();
  }
  const known = new Set(people.map(({ person }) => person.id));
  return { people: people.map((each) => timeOf(each, range)), unknown: ids.filter((id) => !known.has(id)) };
}

async function askedOf(
  store: Store,
  id: PersonId,
  { timeZone = "UTC" }: FreeBusyRequest,
): Promise<Asked | undefined> {
  const person = await findPerson(store, id);
  if (person === undefined || person.isDeactivated === true) return undefined;
  const hours = await knownHoursOf(store, person);
  return {
    person,
    address: person.email === undefined ? undefined : `mailto:${person.email}`,
    hours,
    zone: ianaZone(hours?.timeZone ?? timeZone) ?? utcZone,
    budget: { left: MOST_COST },
    busy: [],
    tentative: [],
  };
}

/** The places whose calendars may take somebody's time, each with those whose it may be. */
async function calendarsOf(store: Store, people: readonly Asked[]): Promise<Map<Scope, Asked[]>> {
  const places = new Map<Scope, Asked[]>();
  for (const each of people) {
    places.set(personScope(each.person.id), [each]);
    for (const { scope } of await store.scopesOf(each.person.id))
      if (parseScope(scope).kind === "space") places.set(scope, [...(places.get(scope) ?? []), each]);
  }
  return places;
}

async function takeScope(
  store: Store,
  scope: Scope,
  readers: readonly Asked[],
  { range, isLeftOut }: { range: Interval; isLeftOut: (row: CalendarObjectRow) => boolean },
): Promise<void> {
  const isOwn = parseScope(scope).kind === "person";
  for (const { data } of await store.list(scope, "calendarObject")) {
    const row = calendarObjectSchema.parse(data);
    const concerned = isOwn ? readers : readers.filter(({ person }) => row.attendeeIds.includes(person.id));
    if (concerned.length === 0 || !mayTouch(row, range) || isLeftOut(row)) continue;
    const parsed = parseCalendarText(row.data);
    if (parsed.ok) for (const each of concerned) take(each, parsed.calendar, range);
  }
}

function mayTouch({ kind, startsAt, endsAt }: CalendarObjectRow, { fromMs, toMs }: Interval): boolean {
  if (kind !== "VEVENT" || startsAt === undefined) return false;
  const endMs = endsAt === undefined ? Infinity : Date.parse(endsAt);
  return Date.parse(startsAt) < toMs + SLACK_MS && endMs > fromMs - SLACK_MS;
}

function take(asked: Asked, { objects, zones }: ParsedCalendar, range: Interval): void {
  const { zone, budget, address } = asked;
  for (const object of objects) {
    const taken = takenOf(
      readSeries(object, { zone, zones }),
      { ...range, budget, most: MOST_COST },
      address,
    );
    asked.busy.push(...taken.busy);
    asked.tentative.push(...taken.tentative);
  }
}

function timeOf({ person, hours, budget, ...taken }: Asked, range: Interval): PersonTime {
  const { busy, tentative } = weighed(taken);
  const times = [...busy.map(told("busy", range)), ...tentative.map(told("tentative", range))];
  const isCut = budget.left <= 0 || times.length > MOST_TIMES;
  return {
    personId: person.id,
    busy: times.toSorted((one, other) => (one.from < other.from ? -1 : 1)).slice(0, MOST_TIMES),
    ...(hours === undefined ? {} : { workingHours: hours }),
    ...(isCut ? { isCut } : {}),
  };
}

function told(status: TakenTime["status"], range: Interval) {
  return ({ fromMs, toMs }: Interval): TakenTime => ({
    from: toIsoTime(Math.max(fromMs, range.fromMs)),
    to: toIsoTime(Math.min(toMs, range.toMs)),
    status,
  });
}
