import type { CalendarObjectRow } from "#contract/entities/calendar.ts";
import { instanceKey, instancesOf } from "#contract/icalendar/expand.ts";
import { answersOf, methodOf, type ReadAnswer } from "#contract/icalendar/itip-received.ts";
import { parseCalendar, parseCalendarText, type ParsedCalendar } from "#contract/icalendar/parse-calendar.ts";
import { attendeesOf, foldAddress } from "#contract/icalendar/people.ts";
import {
  answeredText,
  answerStatuses,
  sequenceOfText,
  type AnsweredTime,
  type AnswerStatus,
} from "#contract/icalendar/scheduling.ts";
import { momentOf, readSeries } from "#contract/icalendar/series.ts";
import { ianaZone, utcZone } from "#contract/icalendar/zones.ts";
import type { PersonId } from "#contract/ids.ts";
import type { Scope } from "#contract/scope.ts";

/** What one guest answered by e-mail. */
export interface MailedAnswer {
  /** As the organizer has them, else as they call themselves, else their address. */
  name: string;
  status: AnswerStatus;
  comment: string | null;
  /** The one time of a series that it is about. */
  startMs: number | null;
  proposal: { startMs: number; endMs: number } | null;
}

/** An event with the answers that a file brings, written on nothing yet. */
export interface ReplyPlan {
  scope: Scope;
  object: CalendarObjectRow;
  data: string;
  answers: MailedAnswer[];
}

export const replyFaults = [
  "noEvent",
  "notOrganizer",
  "notInvited",
  "outdated",
  "noAnswer",
  "noTime",
] as const;

export type ReplyReading =
  /** No answer: an ordinary calendar, or nothing that can be read. */
  | { kind: "other" }
  | { kind: "refused"; fault: (typeof replyFaults)[number] }
  | { kind: "answers"; plan: ReplyPlan };

export interface Present {
  scope: Scope;
  object: CalendarObjectRow;
}

/**
 * A file with METHOD REPLY or COUNTER (RFC 5546 sections 3.2.3 and 3.2.7), as guests without an account send it back.
 * @param present the events among which theirs is looked for
 */
export function readReply(
  bytes: Uint8Array,
  present: readonly Present[],
  { me, nowMs = Date.now() }: { me: PersonId; nowMs?: number },
): ReplyReading {
  const parsed = parseCalendar(bytes);
  const method = parsed.ok ? methodOf(parsed.calendar) : undefined;
  if (!parsed.ok || (method !== "REPLY" && method !== "COUNTER")) return { kind: "other" };
  const { calendar } = parsed;
  const reply = calendar.objects.find(({ kind }) => kind === "VEVENT");
  const given = reply === undefined ? [] : answersOf(reply);
  if (reply === undefined || given.length === 0) return refused("noAnswer");
  const known = present.filter(({ object }) => object.uid === reply.uid);
  if (known.length === 0) return refused("noEvent");
  const own = known.find(({ object }) => object.organizerId === me);
  if (own === undefined) return refused("notOrganizer");
  let { data } = own.object;
  const answers: MailedAnswer[] = [];
  for (const answer of given) {
    const status = answerStatuses.find((each) => each === answer.status);
    if (status === undefined) return refused("noAnswer");
    if (answer.sequence < sequenceOfText(data)) return refused("outdated");
    const time = answer.original === undefined ? undefined : timeOf(data, answer, calendar);
    if (answer.original !== undefined && time === undefined) return refused("noTime");
    const name = nameIn(data, answer.address);
    if (name === undefined) return refused("notInvited");
    const proposal = method === "COUNTER" ? proposalOf(answer, calendar) : undefined;
    const comment = answer.comment?.trim() === "" ? undefined : answer.comment?.trim();
    const written = answeredText(data, { address: answer.address, status, comment, proposal, time, nowMs });
    if (written === undefined) return refused("notInvited");
    data = written;
    answers.push({
      name: name === "" ? (answer.name ?? plainAddress(answer.address)) : name,
      status,
      comment: comment ?? null,
      startMs: time?.startMs ?? null,
      proposal: proposal ?? null,
    });
  }
  return { kind: "answers", plan: { ...own, data, answers } };
}

function refused(fault: (typeof replyFaults)[number]): ReplyReading {
  return { kind: "refused", fault };
}

const NEAR_MS = 2 * 86_400_000;
const UTC = ianaZone("UTC") ?? utcZone;

/** The time of the organizer's series that an answer names. */
function timeOf(data: string, { original }: ReadAnswer, calendar: ParsedCalendar): AnsweredTime | undefined {
  const parsed = parseCalendarText(data);
  const [object] = parsed.ok ? parsed.calendar.objects : [];
  if (!parsed.ok || object === undefined || original === undefined) return undefined;
  const series = readSeries(object, { zone: UTC, zones: parsed.calendar.zones });
  const wanted = momentOf(original, { zone: UTC, zones: calendar.zones });
  for (const instance of instancesOf(series, { fromMs: wanted - NEAR_MS, toMs: wanted + NEAR_MS }))
    if (instance.originalMs === wanted)
      return { instance: instanceKey(series, instance), startMs: instance.startMs };
  return undefined;
}

function proposalOf(
  { proposed }: ReadAnswer,
  { zones }: ParsedCalendar,
): { startMs: number; endMs: number } | undefined {
  const { start, end } = proposed;
  if (start === undefined || end === undefined) return undefined;
  const place = { zone: UTC, zones };
  const [startMs, endMs] = [momentOf(start, place), momentOf(end, place)];
  return endMs > startMs ? { startMs, endMs } : undefined;
}

/** Undefined for somebody who is not invited; empty where only their address is known. */
function nameIn(data: string, address: string): string | undefined {
  const parsed = parseCalendarText(data);
  const [object] = parsed.ok ? parsed.calendar.objects : [];
  for (const component of [object?.master, ...(object?.overrides ?? [])]) {
    const invited = component === undefined ? [] : attendeesOf(component);
    const own = invited.find((each) => foldAddress(each.address) === foldAddress(address));
    if (own !== undefined) return own.name ?? "";
  }
  return undefined;
}

function plainAddress(address: string): string {
  return address.replace(/^mailto:/i, "");
}
