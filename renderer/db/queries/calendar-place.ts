import { firstCalendarNames, type Calendar } from "#contract/entities/calendar.ts";
import { ownCalendarId, spaceCalendarId, type PersonId } from "#contract/ids.ts";
import { parseScope, personScope, scopeSchema, type Scope } from "#contract/scope.ts";
import type { CalendarSummary } from "#contract/views/calendars.ts";
import { calendarIndexOf } from "../calendar-index.ts";
import type { CalendarOverlay, LaidObject } from "../calendar-overlay.ts";
import { fold } from "../fold.ts";
import type { QueryContext } from "../query-context.ts";
import type { Reader } from "../reader.ts";
import { placeRights, type PlaceRights } from "./place-rights.ts";

/** The calendars of one place, as their reader sees them. */
export class CalendarPlace {
  readonly rights: PlaceRights;
  readonly overlay: CalendarOverlay;
  readonly #reader: Reader;

  constructor(reader: Reader, rights: PlaceRights, overlay: CalendarOverlay) {
    this.#reader = reader;
    this.rights = rights;
    this.overlay = overlay;
  }

  /** Those that stand, and the first one of the place where it is still to be made. */
  calendars(): CalendarSummary[] {
    const first = this.#isRemote ? undefined : this.#first();
    const isMissing = first !== undefined && !this.overlay.calendars.has(first.id) && this.rights.canWrite;
    const all = [...this.overlay.calendars.values()].map((calendar) => this.summary(calendar, true));
    return isMissing ? [this.summary(first, false), ...all] : all;
  }

  summary(calendar: Calendar, isMade: boolean): CalendarSummary {
    const { space, role, scope, canRun, isGuest, me } = this.rights;
    const canWrite = this.rights.canWrite && calendar.remote?.canWrite !== false;
    const isFirst = !this.#isRemote && calendar.id === this.#first().id;
    return {
      key: calendar.id,
      sort: `${this.#sortOf(calendar)}~${isFirst ? "0" : "1"}~${fold(calendar.name)}~${calendar.id}`,
      scope,
      calendar,
      isMade,
      space: space === null ? null : { id: space.id, name: space.name, emoji: space.emoji ?? "" },
      role,
      canWrite,
      canArrange: canWrite && !isGuest && isMade && !this.#isRemote,
      canRun: isMade && !this.#isRemote && (canRun || (canWrite && !isGuest && calendar.createdBy === me)),
      pending: this.overlay.calendarPending.get(calendar.id) ?? null,
      ...this.#reader.keptness(scope),
    };
  }

  /** What somebody else organises is theirs to change, wherever it stands. */
  canWrite({ object }: LaidObject): boolean {
    const { canWrite, isGuest, me } = this.rights;
    const isTheirs = object.organizerId !== undefined && object.organizerId !== me;
    if (this.overlay.calendars.get(object.calendarId)?.remote?.canWrite === false) return false;
    return canWrite && !isTheirs && (!isGuest || object.createdBy === me);
  }

  /** The address by which somebody else asks the reader to come. */
  invitedAs({ object }: LaidObject): string | null {
    const { me, isGuest } = this.rights;
    if (isGuest) return null;
    const isAsked =
      object.source !== undefined && object.organizerId !== me && object.attendeeIds.includes(me);
    return isAsked ? this.overlay.address : null;
  }

  get #isRemote(): boolean {
    return parseScope(this.rights.scope).kind === "remote";
  }

  /** The reader's own, then those of spaces, then what lies elsewhere. */
  #sortOf({ remote }: Calendar): string {
    const { space } = this.rights;
    if (remote !== undefined) return `2~${fold(remote.accountName)}~${remote.accountId}`;
    return space === null ? "0" : `1~${fold(space.name)}`;
  }

  #first(): Calendar {
    const { space, me } = this.rights;
    const id = space === null ? ownCalendarId(me) : spaceCalendarId(space.id);
    const known = this.overlay.calendars.get(id);
    if (known !== undefined) return known;
    const kind = space === null ? ("own" as const) : ("space" as const);
    const createdAt = this.#reader.now();
    return { id, name: firstCalendarNames[kind], colour: "blue", kind, createdBy: me, createdAt };
  }
}

/** Undefined for what is somebody else's. */
export async function openCalendars(
  context: QueryContext,
  reader: Reader,
  { scope, me }: { scope: Scope; me: PersonId },
): Promise<CalendarPlace | undefined> {
  const rights = await placeRights(reader, scope, me);
  if (rights === undefined) return undefined;
  return new CalendarPlace(reader, rights, await calendarIndexOf(context).overlay(reader, scope, me));
}

/** Every place that has calendars, the reader's own first: of spaces those of which they are members. */
export async function openAllCalendars(
  context: QueryContext,
  reader: Reader,
  me: PersonId,
): Promise<CalendarPlace[]> {
  const scopes = new Set<Scope>([personScope(me)]);
  for (const { scope } of await reader.everywhere("calendar")) scopes.add(scopeSchema.parse(scope));
  for (const { mutation } of reader.allPending())
    if (mutation.name === "calendar.create" || mutation.name === "calendarObject.put")
      scopes.add(mutation.scope);
  const places: CalendarPlace[] = [];
  for (const scope of scopes) {
    const place = await openCalendars(context, reader, { scope, me });
    if (place !== undefined && (place.rights.space === null || place.rights.role !== null))
      places.push(place);
  }
  return places;
}
