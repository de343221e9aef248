import type { PersonId } from "#contract/ids.ts";
import { DIRECTORY, personScope } from "#contract/scope.ts";
import type { ConversationSummary } from "#contract/worker.ts";
import type { Briefs } from "./briefs.ts";
import { text, type Entry } from "./entry.ts";
import { isFailed, pendingSends, type Message } from "./message-overlay.ts";
import { mentionedIds } from "./message-views.ts";
import type { OutboxEntry } from "./outbox.ts";
import type { Place } from "./places.ts";
import type { QueryContext } from "./query-context.ts";
import { readAt } from "./read-markers.ts";
import type { Reader } from "./reader.ts";
import { messageStream } from "./streams.ts";

const EXCERPT_LENGTH = 140;
const MEMBERS_SHOWN = 8;
/** Beyond the year 5000 in milliseconds: subtracting from it turns newest first into ascending text. */
const FAR_MS = 99_999_999_999_999;

export interface SummaryContext {
  context: QueryContext;
  reader: Reader;
  briefs: Briefs;
  me: PersonId;
}

/** One line of the conversation list. */
export async function conversationSummary(
  { context, reader, briefs, me }: SummaryContext,
  place: Place,
): Promise<ConversationSummary> {
  const pending = reader.pending(place.conversationId);
  reader.watch(messageStream(place.scope, place.conversationId));
  const marker = await readAt(reader, { place, me, pending });
  const counts = await context.summaries.get(place, me, marker);
  const last = await lastMessage(reader, counts.last, pending, me);
  const activeAt = last?.sentAt ?? place.createdAt;
  return {
    key: place.conversationId,
    sort: `${String(FAR_MS - Date.parse(activeAt)).padStart(14, "0")}~${place.conversationId}`,
    conversationId: place.conversationId,
    scope: place.scope,
    kind: place.kind,
    name: place.name,
    topic: place.topic,
    space: await spaceOf(reader, place),
    members: await members(briefs, place, me),
    lastMessage:
      last === undefined
        ? null
        : {
            authorId: last.authorId,
            authorName: (await briefs.get(last.authorId)).displayName,
            excerpt: await excerpt(last, briefs),
            sentAt: last.sentAt,
          },
    unread: counts.unread,
    mentions: counts.mentions,
    isFavourite: false,
    isMuted: false,
    mutedUntil: null,
    sectionId: null,
    isArchived: place.isArchived,
    hasGuests: false,
    draft: await draft(reader, place, me, pending),
    failed: pending.filter(isFailed).length,
    canPost: !place.isArchived,
  };
}

async function lastMessage(
  reader: Reader,
  entry: Entry | undefined,
  pending: readonly OutboxEntry[],
  me: PersonId,
): Promise<Message | undefined> {
  const waiting = pendingSends(pending, me).findLast(
    ({ message, pending: state }) => message.threadId === undefined && state?.status !== "rejected",
  );
  return await Promise.resolve(
    waiting?.message ?? (entry === undefined ? undefined : reader.parse("message", entry)),
  );
}

async function spaceOf(reader: Reader, place: Place): Promise<ConversationSummary["space"]> {
  if (place.spaceId === null) return null;
  // A hidden space is only in its own scope.
  const space =
    (await reader.row(DIRECTORY, "space", place.spaceId)) ??
    (await reader.row(place.scope, "space", place.spaceId));
  return { id: place.spaceId, name: space?.name ?? "", emoji: space?.emoji ?? "" };
}

async function members(briefs: Briefs, place: Place, me: PersonId): Promise<ConversationSummary["members"]> {
  const others = place.memberIds.filter((id) => id !== me).slice(0, MEMBERS_SHOWN);
  return await briefs.all(others);
}

/** The beginning of a message on one line, mentions by name. */
async function excerpt(message: Message, briefs: Briefs): Promise<string> {
  let body = message.body.slice(0, EXCERPT_LENGTH * 4);
  for (const id of mentionedIds({ body })) {
    body = body.replaceAll(`<@${id}>`, `@${(await briefs.get(id)).displayName}`);
  }
  const line = body.replaceAll("<!everyone>", "@everyone").replace(/\s+/g, " ").trim();
  if (line === "") return message.attachments?.[0]?.name ?? "";
  if (line.length <= EXCERPT_LENGTH) return line;
  // A pair of surrogates is not cut in two.
  const end = /[\uD800-\uDBFF]/.test(line.charAt(EXCERPT_LENGTH - 1)) ? EXCERPT_LENGTH - 1 : EXCERPT_LENGTH;
  return `${line.slice(0, end)}…`;
}

async function draft(
  reader: Reader,
  place: Place,
  me: PersonId,
  pending: readonly OutboxEntry[],
): Promise<string> {
  const row = await reader.row(personScope(me), "draft", place.conversationId);
  const latest = pending.findLast(
    ({ mutation }) => mutation.name === "draft.set" && text(mutation.args, "threadId") === "",
  );
  return latest === undefined ? (row?.body ?? "") : text(latest.mutation.args, "body");
}
