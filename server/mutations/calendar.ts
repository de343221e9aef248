import { calendarMutations as m } from "#contract/commands/calendars.ts";
import {
  calendarObjectSchema,
  calendarSchema,
  calendarSettingsSchema,
  firstCalendarNames,
  type Calendar,
  type CalendarObjectRow,
} from "#contract/entities/calendar.ts";
import { readObjectResource, type ObjectFacts } from "#contract/icalendar/object-resource.ts";
import { sequenceOfText } from "#contract/icalendar/scheduling.ts";
import {
  calendarObjectKey,
  ownCalendarId,
  spaceCalendarId,
  spaceIdSchema,
  type CalendarId,
} from "#contract/ids.ts";
import { AppError } from "#contract/problem.ts";
import { parseScope } from "#contract/scope.ts";
import { toIsoTime } from "#contract/time.ts";
import { requireUsedPlace, runsPlace } from "../rules/places.ts";
import { findMembership } from "../rules/spaces.ts";
import type { RowWrite } from "../store/store.ts";
import { bind, type BoundHandler } from "./bind.ts";
import { markAlarm } from "./event-due.ts";
import { withdrawnRows } from "./inbox-rows.ts";
import { conflictWith, deletion, takenId } from "./board.ts";
import {
  forbidden,
  notFound,
  requireFreshId,
  requireOwnScope,
  standing,
  timeOf,
  type Handler,
  type MutationContext,
} from "./context.ts";
import {
  answerRows,
  callOff,
  deliveries,
  invitedIn,
  isCopy,
  isOrganized,
  lockCopies,
  lockCopiesOfAll,
  ownCopyRows,
  removedCopyRows,
  revised,
  type Invited,
} from "./scheduling.ts";
import { mergedSettings, settingsMoved, withSettings } from "./settings-change.ts";

const MOST_CALENDARS = 50;

async function calendarOf({ tx, scope }: MutationContext, id: CalendarId): Promise<Calendar | undefined> {
  const row = standing(await tx.get(scope, "calendar", id));
  return row === undefined ? undefined : calendarSchema.parse(row.data);
}

async function objectOf({ tx, scope }: MutationContext, id: string): Promise<CalendarObjectRow | undefined> {
  const row = standing(await tx.get(scope, "calendarObject", id));
  return row === undefined ? undefined : calendarObjectSchema.parse(row.data);
}

async function objectsOf({ tx, scope }: MutationContext): Promise<CalendarObjectRow[]> {
  return (await tx.list(scope, "calendarObject")).map((row) => calendarObjectSchema.parse(row.data));
}

/** @throws AppError notFound */
async function requireCalendar(context: MutationContext, id: CalendarId): Promise<Calendar> {
  await requireUsedPlace(context);
  const calendar = await calendarOf(context, id);
  if (calendar === undefined) throw notFound("There is no such calendar here.");
  return calendar;
}

async function isGuestHere({ tx, scope, personId }: MutationContext): Promise<boolean> {
  const { kind, id } = parseScope(scope);
  return kind === "space" && (await findMembership(tx, spaceIdSchema.parse(id), personId))?.role === "guest";
}

/** Guests change what they made. @throws AppError forbidden */
async function requireOwnOfGuest(context: MutationContext, object: CalendarObjectRow): Promise<void> {
  if (object.createdBy !== context.personId && (await isGuestHere(context)))
    throw forbidden("Guests change the events that they made.");
}

function newCalendar(context: MutationContext, settings: Pick<Calendar, "id" | "name" | "colour">): Calendar {
  const kind = parseScope(context.scope).kind === "space" ? "space" : "own";
  return { ...settings, kind, createdBy: context.personId, createdAt: timeOf(context) };
}

function put(
  { scope }: MutationContext,
  collection: "calendar" | "calendarObject",
  data: Calendar | CalendarObjectRow,
): RowWrite {
  return { scope, collection, id: data.id, op: "put", data };
}

const create: Handler<"calendar.create"> = async (context, { id, name, colour }) => {
  await requireUsedPlace(context);
  requireFreshId(id);
  if ((await calendarOf(context, id)) !== undefined) throw takenId();
  requireRoom((await context.tx.list(context.scope, "calendar")).length, MOST_CALENDARS);
  return {
    changes: await context.tx.write([put(context, "calendar", newCalendar(context, { id, name, colour }))]),
  };
};

const update: Handler<"calendar.update"> = async (context, args) => {
  const calendar = await requireCalendar(context, args.id);
  const settings = mergedSettings(calendarSettingsSchema, calendar, args);
  if (settings === undefined) return conflictWith(context, "calendar", args.id, settingsMoved(calendar.name));
  return {
    changes: await context.tx.write([
      put(context, "calendar", withSettings(calendarSettingsSchema, calendar, settings)),
    ]),
  };
};

const remove: Handler<"calendar.remove"> = async (context, { id }) => {
  await requireUsedPlace(context);
  const calendar = await calendarOf(context, id);
  if (calendar === undefined) return { changes: [] };
  if (calendar.createdBy !== context.personId && !(await runsPlace(context)))
    throw forbidden("Whoever made a calendar and the animators of the space remove it.");
  const isInside = ({ calendarId }: CalendarObjectRow) => calendarId === id;
  await lockCopiesOfAll(context, (await objectsOf(context)).filter(isInside));
  const inside = (await objectsOf(context)).filter(isInside);
  const rows: RowWrite[] = [];
  for (const object of inside) rows.push(...(await removedRows(context, object)));
  return { changes: await context.tx.write([deletion(context, "calendar", id), ...rows]) };
};

/** The first calendar of a place begins with its first object. */
async function firstCalendar(context: MutationContext, id: CalendarId): Promise<Calendar | undefined> {
  const { kind, id: place } = parseScope(context.scope);
  const first =
    kind === "space" ? spaceCalendarId(spaceIdSchema.parse(place)) : ownCalendarId(context.personId);
  if (id !== first || (await calendarOf(context, id)) !== undefined) return undefined;
  return newCalendar(context, {
    id,
    name: firstCalendarNames[kind === "space" ? "space" : "own"],
    colour: "blue",
  });
}

const putObject: Handler<"calendarObject.put"> = async (context, { id, calendarId, data, baseRevision }) => {
  await requireUsedPlace(context);
  const facts = readOrRefuse(data);
  const { addresses, ...invited } = await invitedIn(context, facts);
  await lockCopies(context, id, invited.attendeeIds);
  const made = await firstCalendar(context, calendarId);
  if (made === undefined) await requireCalendar(context, calendarId);
  const former = await objectOf(context, id);
  if (former !== undefined) await requireOwnOfGuest(context, former);
  if (former === undefined && baseRevision !== undefined) throw notFound("This event is no longer here.");
  if (former !== undefined && (former.revision !== baseRevision || former.calendarId !== calendarId))
    return conflictWith(context, "calendarObject", id, moved());
  if (id !== calendarObjectKey(context.scope, facts.uid)) throw otherUid();
  const first = made === undefined ? [] : [put(context, "calendar", made)];
  if (former !== undefined && isCopy(former, context.scope)) {
    const rows = await ownCopyRows(context, former, { data, calendarId });
    return { changes: await context.tx.write([...first, ...rows]) };
  }
  const isCounting = await isOrganized(context, former, invited);
  const text = isCounting ? revised(former, data, addresses) : { data, isRescheduled: false };
  const row: CalendarObjectRow = {
    id,
    calendarId,
    data: text.data,
    ...fieldsOf(facts, invited),
    ...(isCounting ? { source: context.scope } : {}),
    revision: (former?.revision ?? 0) + 1,
    createdBy: former?.createdBy ?? context.personId,
    createdAt: former?.createdAt ?? timeOf(context),
    modifiedAt: timeOf(context),
  };
  await markAlarm(context, row);
  const { isRescheduled } = text;
  const copies = isCounting ? await deliveries(context, { row, former, isRescheduled }) : [];
  return {
    changes: await context.tx.write([...first, put(context, "calendarObject", row), ...copies]),
  };
};

const removeObject: Handler<"calendarObject.remove"> = async (context, { id, baseRevision }) => {
  await requireUsedPlace(context);
  await lockCopies(context, id);
  const object = await objectOf(context, id);
  if (object === undefined) return { changes: [] };
  await requireOwnOfGuest(context, object);
  if (object.revision !== baseRevision) return conflictWith(context, "calendarObject", id, moved());
  return { changes: await context.tx.write(await removedRows(context, object)) };
};

/** With what follows for those who are invited. */
async function removedRows(context: MutationContext, object: CalendarObjectRow): Promise<RowWrite[]> {
  const { id, source } = object;
  const about = { kind: "row", scope: context.scope, collection: "calendarObject", id } as const;
  const rows: RowWrite[] = [
    deletion(context, "calendarObject", id),
    ...(await withdrawnRows(context, { kind: "reminder", object: about })),
  ];
  if (isCopy(object, context.scope)) return [...rows, ...(await removedCopyRows(context, object))];
  return source === undefined ? rows : [...rows, ...(await callOff(context, object))];
}

const reply: Handler<"calendarObject.reply"> = async (context, { id, sequence, ...answer }) => {
  requireOwnScope(context);
  await lockCopies(context, id);
  const copy = await objectOf(context, id);
  if (copy === undefined) throw notFound("This event is no longer here.");
  if (sequence < sequenceOfText(copy.data))
    throw new AppError("conflict", {
      title: "The event was moved since you answered",
      detail: "Look at its new time and answer again.",
    });
  return { changes: await context.tx.write(await answerRows(context, copy, answer)) };
};

const moveObject: Handler<"calendarObject.move"> = async (context, { id, calendarId }) => {
  await requireCalendar(context, calendarId);
  const object = await objectOf(context, id);
  if (object === undefined) throw notFound("This event is no longer here.");
  await requireOwnOfGuest(context, object);
  return { changes: await context.tx.write([put(context, "calendarObject", { ...object, calendarId })]) };
};

/** @throws AppError tooLarge, badRequest with the reason of the kernel */
function readOrRefuse(data: string): ObjectFacts {
  const reading = readObjectResource(data);
  if (reading.ok) return reading.facts;
  throw new AppError(reading.isTooBig ? "tooLarge" : "badRequest", {
    title: "This event cannot be read",
    detail: reading.message,
    pointer: "args.data",
  });
}

function fieldsOf(facts: ObjectFacts, { organizerId, attendeeIds }: Invited) {
  const { uid, kind, summary, startsMs, endsMs, hasRecurrence } = facts;
  return {
    uid,
    kind,
    hasRecurrence,
    ...(summary === undefined ? {} : { summary }),
    ...(startsMs === undefined ? {} : { startsAt: toIsoTime(startsMs) }),
    ...(endsMs === undefined ? {} : { endsAt: toIsoTime(endsMs) }),
    ...(organizerId === undefined ? {} : { organizerId }),
    attendeeIds,
  };
}

function moved(): AppError {
  return new AppError("conflict", {
    title: "Someone else changed this event",
    detail: "It is no longer as it was when you changed it. Look at it and decide again.",
  });
}

function otherUid(): AppError {
  return new AppError("badRequest", {
    title: "The id is not that of this event",
    detail: "It is calendarObjectKey of the place and the UID: compute it again.",
    pointer: "args.id",
  });
}

/** @throws AppError conflict */
function requireRoom(count: number, most: number): void {
  if (count >= most)
    throw new AppError("conflict", {
      title: "There is no more room here",
      detail: `There may be ${most}. Remove some.`,
    });
}

export const calendarHandlers: Record<keyof typeof m, BoundHandler> = {
  "calendar.create": bind(m["calendar.create"], create),
  "calendar.update": bind(m["calendar.update"], update),
  "calendar.remove": bind(m["calendar.remove"], remove),
  "calendarObject.put": bind(m["calendarObject.put"], putObject),
  "calendarObject.remove": bind(m["calendarObject.remove"], removeObject),
  "calendarObject.reply": bind(m["calendarObject.reply"], reply),
  "calendarObject.move": bind(m["calendarObject.move"], moveObject),
};
