import {
  calendarObjectSchema,
  firstCalendarNames,
  type Calendar,
  type CalendarObjectRow,
} from "#contract/entities/calendar.ts";
import type { MeetingNews } from "#contract/entities/notification.ts";
import { personSchema, type Person } from "#contract/entities/person.ts";
import { spaceSchema } from "#contract/entities/space.ts";
import type { ObjectFacts } from "#contract/icalendar/object-resource.ts";
import {
  answeredText,
  answerStatuses,
  calledOffText,
  copyText,
  ownAnswer,
  revisedText,
  toldByOthers,
  type GivenAnswer,
} from "#contract/icalendar/scheduling.ts";
import { calendarObjectKey, ownCalendarId, type PersonId } from "#contract/ids.ts";
import { AppError } from "#contract/problem.ts";
import { DIRECTORY, parseScope, personScope, type Scope } from "#contract/scope.ts";
import { toIsoTime } from "#contract/time.ts";
import type { RowWrite, StoreTransaction } from "../store/store.ts";
import { standing, timeOf, type MutationContext } from "./context.ts";
import { markAlarm } from "./event-due.ts";
import { inboxRows, settledRows, withdrawnRows } from "./inbox-rows.ts";

/**
 * Scheduling of RFC 6638: the organizer's object counts (`source` is where it is), whoever is invited has a copy in their
 * own calendar. What the organizer writes goes into all copies; an answer goes to the organizer's object and from there.
 * `revision` counts what the organizer wrote and not the answers, as Schedule-Tag does (section 3.2.10).
 */

/** More are told by other means: every answer would be written to each. */
const MOST_INVITED = 500;

/** Made by mistake and taken back at once, it is gone without a word. */
const TAKEN_BACK_MS = 60_000;

export interface Invited {
  organizerId: PersonId | undefined;
  attendeeIds: PersonId[];
}

/** Of an e-mail address, folded, the person of the workplace. */
type Addresses = ReadonlyMap<string, PersonId>;

async function addressesOf(tx: StoreTransaction, addresses: Iterable<string>): Promise<Addresses> {
  const people = new Map<string, PersonId>();
  for (const address of addresses) {
    const found = await tx.find.ofEveryone("person", address.replace(/^mailto:/, ""));
    const row = found.find(({ scope }) => scope === DIRECTORY);
    if (row !== undefined) people.set(address, personSchema.parse(row.data).id);
  }
  return people;
}

/** Who of the workplace is named in an object. @throws AppError tooLarge */
export async function invitedIn(
  { tx }: MutationContext,
  { organizer, attendees }: ObjectFacts,
): Promise<Invited & { addresses: Addresses }> {
  const named = new Set([...attendees, ...(organizer === undefined ? [] : [organizer])]);
  const addresses = await addressesOf(tx, named);
  const attendeeIds = attendees.flatMap((address) => addresses.get(address) ?? []);
  if (attendeeIds.length > MOST_INVITED)
    throw new AppError("tooLarge", {
      title: "Too many people are invited",
      detail: `There may be ${MOST_INVITED}. Invite a space by an event in its calendar.`,
      pointer: "args.data",
    });
  return { organizerId: addresses.get(organizer ?? ""), attendeeIds, addresses };
}

async function objectAt(
  tx: StoreTransaction,
  scope: Scope,
  id: string,
): Promise<CalendarObjectRow | undefined> {
  const row = standing(await tx.get(scope, "calendarObject", id));
  return row === undefined ? undefined : calendarObjectSchema.parse(row.data);
}

function sourceRow(
  tx: StoreTransaction,
  { source, uid }: CalendarObjectRow,
): Promise<CalendarObjectRow | undefined> {
  return source === undefined
    ? Promise.resolve(undefined)
    : objectAt(tx, source, calendarObjectKey(source, uid));
}

/** Holds everything that a write of this object may change, before it is read. @param named whom the new text invites */
export async function lockCopies(
  { tx, scope }: MutationContext,
  id: string,
  named: readonly PersonId[] = [],
): Promise<void> {
  const former = await objectAt(tx, scope, id);
  const counting =
    former?.source === undefined || former.source === scope ? former : await sourceRow(tx, former);
  const people = new Set([...named, ...(counting?.attendeeIds ?? [])]);
  const source = former?.source ?? scope;
  await tx.lockRows([scope, source, ...[...people].map(personScope)]);
}

/** The same of many that go together. */
export async function lockCopiesOfAll(
  { tx, scope }: MutationContext,
  objects: readonly CalendarObjectRow[],
): Promise<void> {
  const scheduled = objects.filter(({ source }) => source !== undefined);
  const sources = scheduled.flatMap(({ source }) => source ?? []);
  const people = new Set(scheduled.flatMap(({ attendeeIds }) => attendeeIds));
  await tx.lockRows([...new Set([scope, ...sources, ...[...people].map(personScope)])]);
}

export function isCopy({ source }: CalendarObjectRow, scope: Scope): boolean {
  return source !== undefined && source !== scope;
}

/**
 * Whether this writer's text is the one that counts for everybody it names. Not of a space whose marking forbids that what
 * it holds lies elsewhere: whoever reads the space finds the event there. Guests invite nobody.
 */
export async function isOrganized(
  { tx, personId, scope }: MutationContext,
  former: CalendarObjectRow | undefined,
  { organizerId, attendeeIds }: Invited,
): Promise<boolean> {
  if ((await isMarked(tx, scope)) || (await personOf(tx, personId))?.isGuest === true) return false;
  if (former?.source === scope) return true;
  // Nobody invites in somebody else's name.
  return organizerId === personId && attendeeIds.some((id) => id !== personId);
}

async function isMarked(tx: StoreTransaction, scope: Scope): Promise<boolean> {
  const { kind, id } = parseScope(scope);
  if (kind !== "space") return false;
  const row = standing(await tx.get(scope, "space", id));
  const mark = row === undefined ? undefined : spaceSchema.parse(row.data).classification;
  return mark === "restricted" || mark === "confidential";
}

interface Written {
  /** As it will stand. */
  row: CalendarObjectRow;
  former: CalendarObjectRow | undefined;
  isRescheduled: boolean;
}

/** The organizer's text with the answers that are known. */
export function revised(
  former: CalendarObjectRow | undefined,
  data: string,
  addresses: Addresses,
): { data: string; isRescheduled: boolean } {
  return (
    revisedText(former?.data, data, (address) => addresses.has(address)) ?? { data, isRescheduled: false }
  );
}

/** Into the calendars of those invited what the organizer wrote; called off for those who no longer are. */
export async function deliveries(context: MutationContext, written: Written): Promise<RowWrite[]> {
  const { row, former } = written;
  const told = await peopleToTell(context, row);
  const rows: RowWrite[] = [];
  for (const personId of told)
    rows.push(...(await copyRows(context, personId, { ...written, isContent: true })));
  for (const personId of former?.attendeeIds ?? [])
    if (!row.attendeeIds.includes(personId)) rows.push(...(await calledOffRows(context, personId, row)));
  return rows;
}

/** What the organizer removed is called off for everybody. */
export async function callOff(context: MutationContext, row: CalendarObjectRow): Promise<RowWrite[]> {
  const rows: RowWrite[] = [];
  for (const personId of row.attendeeIds) rows.push(...(await calledOffRows(context, personId, row)));
  return [
    ...rows,
    ...(await withdrawnRows(context, { kind: "meetingNews", object: objectRef(context.scope, row.id) })),
  ];
}

async function peopleToTell({ tx }: MutationContext, row: CalendarObjectRow): Promise<PersonId[]> {
  const others = row.attendeeIds.filter((id) => id !== row.organizerId);
  const byOthers = toldByOthers(row.data);
  if (byOthers.size === 0) return others;
  const told: PersonId[] = [];
  for (const id of others) if (!byOthers.has(await addressOf(tx, id))) told.push(id);
  return told;
}

/** Folded; empty for somebody without an e-mail. */
async function addressOf(tx: StoreTransaction, personId: PersonId): Promise<string> {
  const email = (await personOf(tx, personId))?.email;
  return email === undefined ? "" : `mailto:${email.toLowerCase()}`;
}

async function personOf(tx: StoreTransaction, personId: PersonId): Promise<Person | undefined> {
  const row = standing(await tx.get(DIRECTORY, "person", personId));
  return row === undefined ? undefined : personSchema.parse(row.data);
}

interface Delivered extends Written {
  /** The organizer wrote; otherwise somebody answered. */
  isContent: boolean;
}

async function copyRows(
  context: MutationContext,
  personId: PersonId,
  { row, isRescheduled, isContent }: Delivered,
): Promise<RowWrite[]> {
  const { tx } = context;
  // Guests have no calendar of their own: they read the event where it is.
  if ((await personOf(tx, personId))?.isGuest === true) return [];
  const scope = personScope(personId);
  const id = calendarObjectKey(scope, row.uid);
  const existing = await objectAt(tx, scope, id);
  // What they have from somebody else under this UID is not overwritten.
  const isTheirs = existing !== undefined && (existing.source ?? context.scope) !== row.source;
  if (isTheirs || (existing !== undefined && existing.organizerId !== row.organizerId)) return [];
  if (existing === undefined && !isContent) return [];
  const answer = ownAnswer(row.data, await addressOf(tx, personId));
  // Whoever took it out of their calendar is asked again when the time changes.
  // What is over when it is written (an import) concerns nobody else any more.
  if (existing === undefined && (answer === "declined" || isOver(context, row))) return [];
  const data = copyText(row.data, existing?.data);
  if (data === undefined) return [];
  const isSame = existing?.data === data && existing.source === row.source;
  if (isSame) return [];
  const copy: CalendarObjectRow = {
    ...row,
    id,
    calendarId: existing?.calendarId ?? ownCalendarId(personId),
    data,
    revision: (existing?.revision ?? 0) + (isContent ? 1 : 0),
    createdAt: existing?.createdAt ?? timeOf(context),
    modifiedAt: timeOf(context),
  };
  await markAlarm({ ...context, scope }, copy);
  const rows: RowWrite[] = [
    ...(await firstCalendarRows(context, personId, copy)),
    { scope, collection: "calendarObject", id, op: "put", data: copy },
  ];
  const isAsked = isContent && (existing === undefined || isRescheduled) && !isOver(context, row);
  return isAsked ? [...rows, ...(await askingRows(context, personId, copy))] : rows;
}

function askingRows(
  context: MutationContext,
  personId: PersonId,
  copy: CalendarObjectRow,
): Promise<RowWrite[]> {
  const scope = personScope(personId);
  return inboxRows(context, [personId], {
    kind: "meeting",
    object: objectRef(scope, copy.id),
    scope,
    actorId: copy.organizerId ?? copy.createdBy,
    excerpt: copy.summary ?? "",
  });
}

async function firstCalendarRows(
  context: MutationContext,
  personId: PersonId,
  { calendarId }: CalendarObjectRow,
): Promise<RowWrite[]> {
  const scope = personScope(personId);
  const id = ownCalendarId(personId);
  if (calendarId !== id || standing(await context.tx.get(scope, "calendar", id)) !== undefined) return [];
  const data: Calendar = {
    id,
    name: firstCalendarNames.own,
    colour: "blue",
    kind: "own",
    createdBy: personId,
    createdAt: timeOf(context),
  };
  return [{ scope, collection: "calendar", id, op: "put", data }];
}

async function calledOffRows(
  context: MutationContext,
  personId: PersonId,
  { uid, organizerId }: CalendarObjectRow,
): Promise<RowWrite[]> {
  const { tx, nowMs } = context;
  const scope = personScope(personId);
  const id = calendarObjectKey(scope, uid);
  const copy = await objectAt(tx, scope, id);
  if (copy?.source !== context.scope) return [];
  const answer = ownAnswer(copy.data, await addressOf(tx, personId));
  const object = objectRef(scope, id);
  const withdrawn = await withdrawnRows(context, { kind: "meeting", object });
  const data = calledOffText(copy.data, nowMs);
  const isJustMade = answer === "needs-action" && nowMs - Date.parse(copy.createdAt) < TAKEN_BACK_MS;
  if (data === undefined || isJustMade)
    return [{ scope, collection: "calendarObject", id, op: "delete", data: { id } }, ...withdrawn];
  const after: CalendarObjectRow = {
    ...copy,
    data,
    revision: copy.revision + 1,
    modifiedAt: timeOf(context),
  };
  await markAlarm({ ...context, scope }, after);
  const isNews = !isOver(context, copy) && answer !== "declined";
  const actor = organizerId === undefined ? {} : { actorId: organizerId };
  const news = {
    kind: "meetingNews",
    news: "cancelled",
    object,
    scope,
    excerpt: copy.summary ?? "",
    ...actor,
  } as const;
  return [
    { scope, collection: "calendarObject", id, op: "put", data: after },
    ...withdrawn,
    ...(isNews ? await inboxRows(context, [personId], news) : []),
  ];
}

export type ReplyAnswer = Omit<GivenAnswer, "address" | "nowMs">;

/**
 * Somebody's answer: into the organizer's object and from there into everybody's copy. Where the organizer's object is no
 * more, into their own copy alone. @throws AppError notFound for somebody who is not invited
 */
export async function answerRows(
  context: MutationContext,
  copy: CalendarObjectRow,
  answer: ReplyAnswer,
): Promise<RowWrite[]> {
  const { tx, personId, scope, nowMs } = context;
  const given: GivenAnswer = { ...answer, address: await addressOf(tx, personId), nowMs };
  const counting = await sourceRow(tx, copy);
  const mine = answeredText(copy.data, given);
  if (mine === undefined)
    throw new AppError("notFound", {
      title: "You are not invited to this event",
      detail: "Your address is not among those invited, or the event has no such time any more.",
    });
  const own: CalendarObjectRow = { ...copy, data: mine, modifiedAt: timeOf(context) };
  const rows: RowWrite[] = [
    { scope, collection: "calendarObject", id: copy.id, op: "put", data: own },
    ...(await settledRows(context, { kind: "meeting", object: objectRef(scope, copy.id) })),
  ];
  await markAlarm(context, own);
  if (counting?.source === undefined) return rows;
  const data = answeredText(counting.data, given);
  if (data === undefined) return rows;
  return [...rows, ...(await spreadRows(context, { counting, data, answer }))];
}

interface Spread {
  /** The organizer's. */
  counting: CalendarObjectRow;
  data: string;
  answer: ReplyAnswer;
}

async function spreadRows(context: MutationContext, { counting, data, answer }: Spread): Promise<RowWrite[]> {
  const { personId } = context;
  const source = counting.source ?? context.scope;
  const row: CalendarObjectRow = { ...counting, data, modifiedAt: timeOf(context) };
  const rows: RowWrite[] = [
    { scope: source, collection: "calendarObject", id: row.id, op: "put", data: row },
  ];
  const at = { ...context, scope: source };
  for (const other of row.attendeeIds)
    if (other !== personId && other !== row.organizerId)
      rows.push(
        ...(await copyRows(at, other, { row, former: counting, isRescheduled: false, isContent: false })),
      );
  const { organizerId } = row;
  if (organizerId === undefined || isOver(context, row)) return rows;
  const news: MeetingNews = answer.proposal === undefined ? answer.status : "proposed";
  const told = await inboxRows(context, [organizerId], {
    kind: "meetingNews",
    news,
    object: objectRef(source, row.id),
    scope: source,
    actorId: personId,
    excerpt: row.summary ?? "",
  });
  return [...rows, ...told];
}

/** A copy that its owner wrote over (reminders, or the answer of a CalDAV client): the rest stays the organizer's. */
export async function ownCopyRows(
  context: MutationContext,
  copy: CalendarObjectRow,
  { data, calendarId }: { data: string; calendarId: CalendarObjectRow["calendarId"] },
): Promise<RowWrite[]> {
  const { tx, personId, scope, nowMs } = context;
  const counting = await sourceRow(tx, copy);
  const address = await addressOf(tx, personId);
  const written = ownAnswer(data, address);
  const status = answerStatuses.find((each) => each === written);
  let organizerData = counting?.data;
  const rows: RowWrite[] = [];
  if (counting !== undefined && status !== undefined && status !== ownAnswer(counting.data, address)) {
    organizerData = answeredText(counting.data, { address, status, nowMs }) ?? counting.data;
    rows.push(...(await spreadRows(context, { counting, data: organizerData, answer: { status } })));
    rows.push(...(await settledRows(context, { kind: "meeting", object: objectRef(scope, copy.id) })));
  }
  const kept = (organizerData === undefined ? undefined : copyText(organizerData, data)) ?? data;
  const after: CalendarObjectRow = {
    ...copy,
    calendarId,
    data: kept,
    revision: copy.revision + 1,
    modifiedAt: timeOf(context),
  };
  await markAlarm(context, after);
  return [{ scope, collection: "calendarObject", id: copy.id, op: "put", data: after }, ...rows];
}

/** Whoever takes an invitation out of their calendar declines it (RFC 6638 section 3.2.2.3). */
export async function removedCopyRows(
  context: MutationContext,
  copy: CalendarObjectRow,
): Promise<RowWrite[]> {
  const { tx, personId, scope } = context;
  const withdrawn: RowWrite[] = [];
  for (const kind of ["meeting", "meetingNews"] as const)
    withdrawn.push(...(await withdrawnRows(context, { kind, object: objectRef(scope, copy.id) })));
  const counting = await sourceRow(tx, copy);
  if (counting?.source === undefined || isOver(context, counting)) return withdrawn;
  const given: GivenAnswer = {
    address: await addressOf(tx, personId),
    status: "declined",
    nowMs: context.nowMs,
  };
  if (ownAnswer(counting.data, given.address) === "declined") return withdrawn;
  const data = answeredText(counting.data, given);
  if (data === undefined) return withdrawn;
  return [...withdrawn, ...(await spreadRows(context, { counting, data, answer: { status: "declined" } }))];
}

function isOver({ nowMs }: Pick<MutationContext, "nowMs">, { endsAt }: CalendarObjectRow): boolean {
  return endsAt !== undefined && endsAt < toIsoTime(nowMs);
}

function objectRef(scope: Scope, id: string) {
  return { kind: "row", scope, collection: "calendarObject", id } as const;
}
