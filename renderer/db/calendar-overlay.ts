import type { Row } from "#contract/collections.ts";
import {
  calendarObjectSchema,
  calendarSettingsSchema,
  firstCalendarNames,
  type Calendar,
  type CalendarObjectRow,
} from "#contract/entities/calendar.ts";
import { readObjectResource } from "#contract/icalendar/object-resource.ts";
import { answeredText } from "#contract/icalendar/scheduling.ts";
import type { PersonId } from "#contract/ids.ts";
import { mutations, type MutationArgs, type MutationName } from "#contract/mutations.ts";
import { parseScope } from "#contract/scope.ts";
import { toIsoTime } from "#contract/time.ts";
import type { Pending, RefusedWrite } from "#contract/views/message-view.ts";
import { isFailed, pendingOf } from "./message-overlay.ts";
import type { OutboxEntry } from "./outbox.ts";

export interface LaidObject {
  object: CalendarObjectRow;
  pending: Pending | null;
  refused: readonly RefusedWrite[];
}

export interface OverlayReader {
  me: PersonId;
  /** Calendar address, `mailto:…`: by it they are named among those invited. */
  address: string | null;
}

export interface CalendarRows {
  calendars: readonly Row<"calendar">[];
  objects: readonly Row<"calendarObject">[];
}

/** Calendars and objects of one place with the waiting writes laid over, as the server will carry them out. */
export class CalendarOverlay {
  readonly calendars = new Map<string, Calendar>();
  readonly objects = new Map<string, LaidObject>();
  /** The latest write about a calendar. */
  readonly calendarPending = new Map<string, Pending>();
  readonly #me: OverlayReader;
  /** The reader's own. */
  readonly address: string | null;

  constructor(rows: CalendarRows, entries: readonly OutboxEntry[], me: OverlayReader) {
    this.#me = { me: me.me, address: me.address };
    this.address = me.address;
    for (const calendar of rows.calendars) this.calendars.set(calendar.id, calendar);
    for (const object of rows.objects) this.objects.set(object.id, { object, pending: null, refused: [] });
    for (const entry of entries) this.#lay(entry);
  }

  #lay(entry: OutboxEntry): void {
    const { name, args } = entry.mutation;
    if (!isCalendarMutation(name)) return;
    if (isFailed(entry)) this.#refuse(entry);
    else laws[name]({ overlay: this, ...this.#me, entry }, args);
  }

  #refuse(entry: OutboxEntry): void {
    const { mutation, status, problem, current } = entry;
    if (status !== "conflict" && status !== "rejected") return;
    const id = mutation.args["id"];
    const known = typeof id === "string" ? this.objects.get(id) : undefined;
    const made = known === undefined ? refusedPut(entry, this.#me.me) : undefined;
    const laid = known ?? (made === undefined ? undefined : { object: made, pending: null, refused: [] });
    if (laid === undefined) return;
    const refused: RefusedWrite = {
      mutationId: mutation.id,
      name: mutation.name,
      args: mutation.args,
      status,
      problem,
      madeAt: mutation.madeAt,
      current: current?.data ?? null,
    };
    this.objects.set(laid.object.id, { ...laid, refused: [...laid.refused, refused] });
  }
}

interface LayContext extends OverlayReader {
  overlay: CalendarOverlay;
  entry: OutboxEntry;
}

type CalendarMutation = Extract<MutationName, `calendar${string}`>;
type Law = (context: LayContext, args: unknown) => void;

function law<N extends CalendarMutation>(
  name: N,
  lay: (context: LayContext, args: MutationArgs<N>) => void,
): Law {
  return (context, args) => {
    const parsed = mutations[name].safeParse(args);
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the schema of this name was asked
    if (parsed.success) lay(context, parsed.data as MutationArgs<N>);
  };
}

const laws: Record<CalendarMutation, Law> = {
  "calendar.create": law("calendar.create", (context, { id, name, colour }) => {
    putCalendar(context, newCalendar(context, { id, name, colour }));
  }),
  "calendar.update": law("calendar.update", (context, { id, changes }) => {
    const calendar = context.overlay.calendars.get(id);
    const settings = calendarSettingsSchema.partial().safeParse(changes);
    if (calendar === undefined || !settings.success) return;
    const { name = calendar.name, colour = calendar.colour } = settings.data;
    putCalendar(context, { ...calendar, name, colour });
  }),
  "calendar.remove": law("calendar.remove", ({ overlay }, { id }) => {
    overlay.calendars.delete(id);
    for (const [objectId, { object }] of overlay.objects)
      if (object.calendarId === id) overlay.objects.delete(objectId);
  }),
  "calendarObject.put": law("calendarObject.put", (context, args) => {
    const { overlay, entry, me } = context;
    if (!overlay.calendars.has(args.calendarId)) {
      const name = firstCalendarNames[kindOfPlace(entry)];
      putCalendar(context, newCalendar(context, { id: args.calendarId, name, colour: "blue" }));
    }
    const laid = overlay.objects.get(args.id);
    const object = putOver(laid?.object, args, entry, me);
    if (object !== undefined)
      overlay.objects.set(object.id, { object, pending: pendingOf(entry), refused: laid?.refused ?? [] });
  }),
  "calendarObject.remove": law("calendarObject.remove", ({ overlay }, { id }) => {
    overlay.objects.delete(id);
  }),
  "calendarObject.reply": law("calendarObject.reply", ({ overlay, entry, address }, { id, ...answer }) => {
    const laid = overlay.objects.get(id);
    if (laid === undefined || address === null) return;
    const nowMs = Date.parse(entry.mutation.madeAt);
    const data = answeredText(laid.object.data, { ...answer, address, nowMs });
    if (data === undefined) return;
    overlay.objects.set(id, { ...laid, object: { ...laid.object, data }, pending: pendingOf(entry) });
  }),
  "calendarObject.move": law("calendarObject.move", ({ overlay, entry }, { id, calendarId }) => {
    const laid = overlay.objects.get(id);
    if (laid === undefined) return;
    overlay.objects.set(id, { ...laid, object: { ...laid.object, calendarId }, pending: pendingOf(entry) });
  }),
};

function isCalendarMutation(name: string): name is CalendarMutation {
  return Object.hasOwn(laws, name);
}

function newCalendar(
  { me, entry }: LayContext,
  settings: Pick<Calendar, "id" | "name" | "colour">,
): Calendar {
  const createdAt = entry.mutation.madeAt;
  return { ...settings, kind: kindOfPlace(entry), createdBy: me, createdAt };
}

function kindOfPlace({ mutation }: OutboxEntry): "own" | "space" {
  return parseScope(mutation.scope).kind === "space" ? "space" : "own";
}

function putCalendar({ overlay, entry }: LayContext, calendar: Calendar): void {
  overlay.calendars.set(calendar.id, calendar);
  overlay.calendarPending.set(calendar.id, pendingOf(entry));
}

function refusedPut(entry: OutboxEntry, me: PersonId): CalendarObjectRow | undefined {
  if (entry.mutation.name !== "calendarObject.put") return undefined;
  const args = mutations["calendarObject.put"].safeParse(entry.mutation.args);
  return args.success ? putOver(undefined, args.data, entry, me) : undefined;
}

/** As the server will keep it; who is invited becomes known there. */
function putOver(
  former: CalendarObjectRow | undefined,
  { id, calendarId, data }: MutationArgs<"calendarObject.put">,
  { mutation }: OutboxEntry,
  me: PersonId,
): CalendarObjectRow | undefined {
  const reading = readObjectResource(data);
  if (!reading.ok) return undefined;
  const { uid, kind, summary, startsMs, endsMs, hasRecurrence } = reading.facts;
  return calendarObjectSchema.safeParse({
    ...former,
    id,
    calendarId,
    data,
    uid,
    kind,
    summary,
    startsAt: startsMs === undefined ? undefined : toIsoTime(startsMs),
    endsAt: endsMs === undefined ? undefined : toIsoTime(endsMs),
    hasRecurrence,
    attendeeIds: former?.attendeeIds ?? [],
    revision: (former?.revision ?? 0) + 1,
    createdBy: former?.createdBy ?? me,
    createdAt: former?.createdAt ?? mutation.madeAt,
    modifiedAt: mutation.madeAt,
  }).data;
}
