import { organisationSchema } from "#contract/entities/organisation.ts";
import { scheduledMessageSchema, type ScheduledMessage } from "#contract/entities/scheduled-message.ts";
import { personIdSchema, type PersonId } from "#contract/ids.ts";
import type { MutationArgs } from "#contract/mutations.ts";
import { AppError, isTransient } from "#contract/problem.ts";
import { hoursOf } from "#contract/quiet.ts";
import { DIRECTORY, parseScope, personScope } from "#contract/scope.ts";
import { toIsoTime } from "#contract/time.ts";
import { nextWorkingMs } from "#contract/working-hours.ts";
import { contextOf, type DueHandler } from "../due/due-context.ts";
import type { Place } from "../rules/conversations.ts";
import { findPerson, requireActivePerson } from "../rules/people.ts";
import type { RowKey, RowWrite, StoreTransaction } from "../store/store.ts";
import {
  forbidden,
  requireOwnScope,
  standing,
  timeOf,
  type Handler,
  type MutationContext,
} from "./context.ts";
import { deliver } from "./deliver.ts";
import { inboxRows, withdrawnRows, type InboxItem } from "./inbox-rows.ts";
import { checkedDelivery, sentBefore } from "./message.ts";

type Args = MutationArgs<"message.schedule">;

const LONGEST_WAIT_MS = 366 * 86_400_000;
/** Nobody writes so much ahead. */
const MOST_SCHEDULED = 500;

/** What could not be sent now is refused now; at its time everything is looked at again. */
export const scheduleMessage: Handler<"message.schedule"> = async (context, args) => {
  const { tx, nowMs } = context;
  const own = requireOwnScope(context);
  await tx.lock(args.scope);
  const there = { ...context, scope: args.scope };
  const sent = await sentBefore(there, args);
  if (sent !== undefined) return { changes: [sent] };
  const delivery = await checkedDelivery(there, args);
  const sendAtMs = await timeToSend(there, delivery.place, args);
  const key: RowKey = { scope: own, collection: "scheduledMessage", id: args.id };
  const before = standing(await tx.get(own, "scheduledMessage", args.id));
  const failures = await withdrawnRows(context, failureOf(key));
  if (sendAtMs <= nowMs) {
    const done: RowWrite[] = before === undefined ? [] : [removal(key)];
    return { changes: await deliver(there, { ...delivery, beside: [...done, ...failures] }) };
  }
  if (before === undefined) await requireRoom(context);
  const data = parse({
    ...sayingOf(args),
    sendAt: toIsoTime(sendAtMs),
    createdAt: before === undefined ? timeOf(context) : parse(before.data).createdAt,
  });
  const changes = await tx.write([{ ...key, op: "put", data }, ...failures]);
  await tx.setDue(key, sendAtMs);
  return { changes };
};

export const removeScheduled: Handler<"scheduledMessage.remove"> = async (context, { id }) => {
  const { tx } = context;
  const key: RowKey = { scope: requireOwnScope(context), collection: "scheduledMessage", id };
  if (standing(await tx.get(key.scope, key.collection, id)) === undefined) return { changes: [] };
  const failures = await withdrawnRows(context, failureOf(key));
  return { changes: await tx.write([removal(key), ...failures]) };
};

/** A scheduled message's time has come. Refused, it stays with the reason, and its author is told. */
export const sendDue: DueHandler = async (due) => {
  const { tx, nowMs, key, row } = due;
  if (row === undefined) return;
  const scheduled = parse(row.data);
  if (scheduled.problem !== undefined) return;
  if (Date.parse(scheduled.sendAt) > nowMs) {
    await tx.setDue(key, Date.parse(scheduled.sendAt));
    return;
  }
  const personId = personIdSchema.parse(parseScope(key.scope).id);
  await tx.lock(scheduled.scope);
  const context = contextOf(due, personId, scheduled.scope);
  try {
    await requireActivePerson(tx, personId);
    const sent = await sentBefore(context, scheduled);
    if (sent === undefined) {
      const delivery = await checkedDelivery(context, scheduled);
      await deliver(context, { ...delivery, beside: [removal(key)] });
    } else {
      await tx.write([removal(key)]);
    }
  } catch (error) {
    if (!(error instanceof AppError) || isTransient(error.kind)) throw error;
    const failed: RowWrite = { ...key, op: "put", data: { ...scheduled, problem: error.problem } };
    const item: InboxItem = { ...failureOf(key), scope: scheduled.scope, excerpt: scheduled.body };
    await tx.write([failed, ...(await inboxRows(due, [personId], item))]);
  }
};

function parse(data: unknown): ScheduledMessage {
  return scheduledMessageSchema.parse(data);
}

function sayingOf(args: Args): object {
  const { id, scope, conversationId, body, threadId, mentions, attachments, quote, poll } = args;
  return {
    id,
    scope,
    conversationId,
    body,
    ...(threadId === undefined ? {} : { threadId }),
    ...(mentions === undefined ? {} : { mentions }),
    ...(attachments === undefined ? {} : { attachments }),
    ...(quote === undefined ? {} : { quote }),
    ...(poll === undefined ? {} : { poll }),
    ...(args.isDuringWorkingHours === true ? { isDuringWorkingHours: true } : {}),
  };
}

async function timeToSend(context: MutationContext, place: Place, args: Args): Promise<number> {
  const askedMs = Date.parse(args.sendAt);
  const sendAtMs = args.isDuringWorkingHours === true ? await workingTime(context, place, askedMs) : askedMs;
  if (sendAtMs <= context.nowMs + LONGEST_WAIT_MS) return sendAtMs;
  throw new AppError("badRequest", {
    title: "This is too far ahead",
    detail: "A message can be scheduled up to a year ahead.",
    pointer: "args.sendAt",
  });
}

/** The next working hour of the other; whoever has told no hours gets it when asked. */
async function workingTime(context: MutationContext, place: Place, askedMs: number): Promise<number> {
  const { tx, personId, nowMs } = context;
  if (place.kind !== "direct") {
    throw new AppError("badRequest", {
      title: "Whose working hours?",
      detail: "Only a direct conversation has one other person whose hours can be waited for.",
      pointer: "args.isDuringWorkingHours",
    });
  }
  const otherId = place.memberIds.find((memberId) => memberId !== personId);
  const hours = otherId === undefined ? undefined : await hoursOfPerson(tx, otherId);
  const fromMs = Math.max(askedMs, nowMs);
  return (hours === undefined ? null : nextWorkingMs(hours, fromMs)) ?? fromMs;
}

async function hoursOfPerson(tx: StoreTransaction, personId: PersonId) {
  const person = await findPerson(tx, personId);
  const { organisationId } = person ?? {};
  const row =
    organisationId === undefined
      ? undefined
      : standing(await tx.get(DIRECTORY, "organisation", organisationId));
  const organisation = row === undefined ? undefined : organisationSchema.parse(row.data);
  return hoursOf({ person, organisation });
}

async function requireRoom({ tx, personId }: MutationContext): Promise<void> {
  const scheduled = await tx.list(personScope(personId), "scheduledMessage");
  if (scheduled.length < MOST_SCHEDULED) return;
  throw forbidden(`At most ${MOST_SCHEDULED} messages may wait. Remove one first.`);
}

function removal(key: RowKey): RowWrite {
  return { ...key, op: "delete", data: { id: key.id } };
}

function failureOf(key: RowKey): Pick<InboxItem, "kind" | "object"> {
  return { kind: "sendFailed", object: { kind: "row", ...key } };
}
