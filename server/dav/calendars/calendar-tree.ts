import {
  firstCalendarNames,
  calendarObjectSchema,
  calendarSchema,
  type Calendar,
  type CalendarObjectRow,
} from "#contract/entities/calendar.ts";
import { personSchema, type Person } from "#contract/entities/person.ts";
import { spaceSchema, type Space } from "#contract/entities/space.ts";
import type { Envelope } from "#contract/envelope.ts";
import { ownCalendarId, spaceCalendarId, spaceIdSchema, type PersonId } from "#contract/ids.ts";
import { DIRECTORY, parseScope, personScope, spaceScope, type Scope } from "#contract/scope.ts";
import type { CalendarNames } from "../../store/calendar-names.ts";
import type { Store } from "../../store/store.ts";
import { DavError } from "../dav-error.ts";
import { hrefOf, type DavSteps } from "../dav-path.ts";

export const CALENDARS = "calendars";
const PRINCIPALS = "principals";

/** A calendar as this person sees it. */
export interface SeenCalendar {
  scope: Scope;
  /** One step of its path, decoded. */
  step: string;
  calendar: Pick<Calendar, "id" | "name" | "colour">;
  /** The first one of a place, before anything was put into it: it has no row. */
  isYetToBe: boolean;
  isReadOnly: boolean;
  /** Of a space: what it is called. */
  spaceName: string | undefined;
}

export interface SeenObject {
  row: CalendarObjectRow;
  /** Strong: counts the changes of the row. */
  etag: string;
  /** Place of its latest change in the scope's stream. */
  seq: number;
  name: string;
}

/** What a path of `/dav/calendars/` and `/dav/principals/` leads to. */
export type CalendarResource =
  | { kind: "principal"; person: Person | undefined }
  | { kind: "home" }
  | { kind: "calendar"; at: SeenCalendar }
  | { kind: "object"; at: SeenCalendar; object: SeenObject }
  /** Nothing of that name in a calendar that is there. */
  | { kind: "missingObject"; at: SeenCalendar; name: string }
  /** No calendar of that name; `scope`: where it could be made. */
  | { kind: "missingCalendar"; scope: Scope | undefined; name: string };

export function isCalendarPath([first]: DavSteps): boolean {
  return first === CALENDARS || first === PRINCIPALS;
}

export function homeHref(): string {
  return hrefOf([CALENDARS], true);
}

export function principalHref(personId: PersonId): string {
  return hrefOf([PRINCIPALS, personId], true);
}

export function calendarHref({ step }: SeenCalendar): string {
  return hrefOf([CALENDARS, step], true);
}

export function objectHref({ step }: SeenCalendar, name: string): string {
  return hrefOf([CALENDARS, step, name], false);
}

/** The name of what nobody gave one. */
export function usualName(id: string): string {
  return `${id}.ics`;
}

export function nameOf(names: CalendarNames, id: string): string {
  return names.get(id)?.at(-1) ?? usualName(id);
}

/** `SPACE.NAME` for calendars of spaces, `NAME` for one's own. */
const OF_SPACE = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.(.+)$/s;

/** Finds calendars and what is in them, as this person may see them: what they may not read is not there. */
export class CalendarTree {
  readonly #store: Store;
  readonly #personId: PersonId;

  constructor(store: Store, personId: PersonId) {
    this.#store = store;
    this.#personId = personId;
  }

  /** @throws DavError 404 for what no calendar could lie at */
  async find([first, ...rest]: DavSteps): Promise<CalendarResource> {
    const [step, name, ...deeper] = rest;
    if (first === PRINCIPALS) return await this.#principal(rest);
    if (step === undefined) return { kind: "home" };
    if (deeper.length > 0) throw new DavError(404, "Calendars have no folders.");
    const at = await this.calendar(step);
    if (at === undefined) {
      if (name !== undefined) return { kind: "missingCalendar", scope: undefined, name };
      return { kind: "missingCalendar", ...(await this.#placeOf(step)) };
    }
    if (name === undefined) return { kind: "calendar", at };
    const object = await this.object(at, name);
    return object === undefined ? { kind: "missingObject", at, name } : { kind: "object", at, object };
  }

  /** All that the person sees, their own first. */
  async calendars(): Promise<SeenCalendar[]> {
    const scopes = (await this.#store.scopesOf(this.#personId)).map(({ scope }) => scope);
    const own = personScope(this.#personId);
    const spaces = scopes.filter((scope) => parseScope(scope).kind === "space");
    return (await Promise.all([own, ...spaces].map((scope) => this.#calendarsOf(scope)))).flat();
  }

  async calendar(step: string): Promise<SeenCalendar | undefined> {
    const { scope } = await this.#placeOf(step);
    if (scope === undefined) return undefined;
    const lower = step.toLowerCase();
    const found = await this.#calendarsOf(scope);
    return found.find((each) => each.step === step) ?? found.find((each) => idStep(each) === lower);
  }

  async object(at: SeenCalendar, name: string): Promise<SeenObject | undefined> {
    const ids = await this.#store.calendarNames.called(at.scope, name);
    const usual = /^([0-9a-f-]{36})\.ics$/.exec(name)?.[1];
    for (const id of usual === undefined ? ids : [...ids, usual]) {
      const row = seenObject(await this.#store.get(at.scope, "calendarObject", id), name);
      if (row !== undefined && row.row.calendarId === at.calendar.id) return row;
    }
    return undefined;
  }

  /** In the order of their latest change. */
  async objects(at: SeenCalendar): Promise<SeenObject[]> {
    const names = await this.#store.calendarNames.of(at.scope);
    const rows = await this.#store.list(at.scope, "calendarObject");
    return rows
      .flatMap((row) => seenObject(row, nameOf(names, row.id)) ?? [])
      .filter(({ row }) => row.calendarId === at.calendar.id)
      .toSorted((one, other) => one.seq - other.seq);
  }

  /** Under all names that they have and had, as `object` finds them. */
  async objectsByName(at: SeenCalendar): Promise<ReadonlyMap<string, SeenObject>> {
    const names = await this.#store.calendarNames.of(at.scope);
    const objects = await this.objects(at);
    const found = new Map<string, SeenObject>();
    for (const object of objects)
      for (const name of [usualName(object.row.id), ...(names.get(object.row.id) ?? [])])
        found.set(name, { ...object, name });
    for (const object of objects) found.set(object.name, object);
    return found;
  }

  async #principal([id, ...more]: DavSteps): Promise<CalendarResource> {
    if (id !== this.#personId || more.length > 0) throw new DavError(404, "There is nobody there.");
    const row = standing(await this.#store.get(DIRECTORY, "person", id));
    return { kind: "principal", person: personSchema.safeParse(row?.data).data };
  }

  async #placeOf(step: string): Promise<{ scope: Scope | undefined; name: string }> {
    const [, spaceId, name] = OF_SPACE.exec(step) ?? [];
    if (spaceId === undefined || name === undefined)
      return { scope: personScope(this.#personId), name: step };
    const scope = spaceScope(spaceIdSchema.parse(spaceId));
    const mayRead = await this.#store.canRead(this.#personId, scope);
    return { scope: mayRead ? scope : undefined, name };
  }

  async #calendarsOf(scope: Scope): Promise<SeenCalendar[]> {
    const { kind, id } = parseScope(scope);
    const space = kind === "space" ? await this.#space(scope, id) : undefined;
    if (kind === "space" && (space === undefined || !usesCalendar(space))) return [];
    const rows = (await this.#store.list(scope, "calendar")).flatMap(
      (row) => calendarSchema.safeParse(standing(row)?.data).data ?? [],
    );
    const names = await this.#store.calendarNames.of(scope);
    const seen = (calendar: SeenCalendar["calendar"], isYetToBe: boolean): SeenCalendar => ({
      scope,
      step: `${space === undefined ? "" : `${space.id}.`}${names.get(calendar.id)?.at(-1) ?? calendar.id}`,
      calendar,
      isYetToBe,
      isReadOnly: space?.archivedAt !== undefined,
      spaceName: space?.name,
    });
    const there = rows.map((calendar) => seen(calendar, false));
    const first = space === undefined ? ownCalendarId(this.#personId) : spaceCalendarId(space.id);
    if ((await this.#store.get(scope, "calendar", first)) !== undefined) return there;
    const name = firstCalendarNames[space === undefined ? "own" : "space"];
    return [seen({ id: first, name, colour: "blue" }, true), ...there];
  }

  async #space(scope: Scope, id: string): Promise<Space | undefined> {
    const row = standing(await this.#store.get(scope, "space", id));
    return spaceSchema.safeParse(row?.data).data;
  }
}

export function seenObject(row: Envelope | undefined, name: string): SeenObject | undefined {
  const there = standing(row);
  const data = there === undefined ? undefined : calendarObjectSchema.safeParse(there.data).data;
  if (there === undefined || data === undefined) return undefined;
  return { row: data, etag: `"${there.rev}-${there.id.slice(0, 8)}"`, seq: there.seq, name };
}

function standing(row: Envelope | undefined): Envelope | undefined {
  return row?.op === "put" ? row : undefined;
}

function usesCalendar({ functions }: Space): boolean {
  return functions?.find(({ name }) => name === "calendar")?.isOn !== false;
}

/** The step of a calendar by its id, whatever a program called it. */
function idStep({ scope, calendar }: SeenCalendar): string {
  const { kind, id } = parseScope(scope);
  return kind === "space" ? `${id}.${calendar.id}` : calendar.id;
}
