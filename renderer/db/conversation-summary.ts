import { UNMARKED } from "#contract/classification.ts";
import type { Row } from "#contract/collections.ts";
import type { PersonId } from "#contract/ids.ts";
import { DIRECTORY, personScope } from "#contract/scope.ts";
import type { ConversationSummary } from "#contract/worker.ts";
import { kindStream } from "./block-store.ts";
import { Briefs } from "./briefs.ts";
import { text, type Entry } from "./entry.ts";
import { isFailed, overlay, pendingSends, type Message } from "./message-overlay.ts";
import { excerptOf } from "./excerpt.ts";
import type { OutboxEntry } from "./outbox.ts";
import type { Place } from "./places.ts";
import type { QueryContext } from "./query-context.ts";
import { readAt } from "./read-markers.ts";
import type { Reader } from "./reader.ts";
import { placeSettings } from "./queries/preferences-query.ts";
import { messageStream, scopeOf } from "./streams.ts";

const MEMBERS_SHOWN = 8;
/** Beyond the year 5000 in milliseconds: subtracting from it turns newest first into ascending text. */
const FAR_MS = 99_999_999_999_999;

export interface SummaryContext {
  context: QueryContext;
  reader: Reader;
  briefs: Briefs;
  me: PersonId;
  settings: ReadonlyMap<string, Row<"placeSetting">>;
  /** Groups that the reader is in: who names one names them. */
  groupIds: ReadonlySet<string>;
  /** Spaces and conversations that someone from outside reads: these carry copies of the people in them. */
  guestScopes: ReadonlySet<string>;
}

export async function createSummaryContext(
  context: QueryContext,
  reader: Reader,
  me: PersonId,
): Promise<SummaryContext> {
  const groupIds = new Set<string>();
  for (const { row } of await reader.everywhere("group"))
    if (row.memberIds.includes(me)) groupIds.add(row.id);
  const settings = await placeSettings(reader, me);
  const guestScopes = await scopesWithGuests(context, reader);
  return { context, reader, briefs: new Briefs(reader), me, settings, groupIds, guestScopes };
}

/** Spaces and conversations that someone from outside reads. */
export async function scopesWithGuests({ store }: QueryContext, reader: Reader): Promise<Set<string>> {
  const scopes = new Set<string>();
  reader.watch(kindStream("person"));
  for (const stream of store.streamsOf("person")) {
    const scope = scopeOf(stream);
    // The directory changes often, and is no conversation.
    if (scope !== DIRECTORY && (await reader.entries(stream, { limit: 1 })).length > 0) scopes.add(scope);
  }
  return scopes;
}

/** One line of the conversation list. */
export async function conversationSummary(
  summaryContext: SummaryContext,
  place: Place,
): Promise<ConversationSummary> {
  const { context, reader, briefs, me, groupIds } = summaryContext;
  const pending = reader.pending(place.conversationId);
  reader.watch(messageStream(place.scope, place.conversationId));
  const marker = await readAt(reader, { place, me, pending });
  const counts = await context.summaries.get(place, { me, readAt: marker, groupIds });
  const last = lastMessage(reader, counts.latest, pending, me);
  const activeAt = last?.sentAt ?? place.createdAt;
  const space = await spaceRow(reader, place);
  const isArchived = place.isArchived || space?.archivedAt !== undefined;
  return {
    key: place.conversationId,
    sort: `${String(FAR_MS - Date.parse(activeAt)).padStart(14, "0")}~${place.conversationId}`,
    conversationId: place.conversationId,
    scope: place.scope,
    kind: place.kind,
    name: place.name,
    topic: place.topic,
    space:
      place.spaceId === null
        ? null
        : {
            id: place.spaceId,
            name: space?.name ?? "",
            emoji: space?.emoji ?? "",
            classification: space?.classification ?? UNMARKED,
          },
    members: await members(briefs, place, me),
    lastMessage:
      last === undefined
        ? null
        : {
            authorId: last.authorId,
            authorName: (await briefs.get(last.authorId)).displayName,
            excerpt: await excerptOf(summaryContext, last, place.scope),
            sentAt: last.sentAt,
          },
    unread: counts.unread,
    mentions: counts.mentions,
    ...settingOf(summaryContext, place),
    isArchived,
    hasGuests:
      place.kind === "direct"
        ? await isWithGuest(briefs, place)
        : summaryContext.guestScopes.has(place.scope),
    draft: await draft(reader, place, me, pending),
    failed: pending.filter(isFailed).length,
    canPost: !isArchived,
    isKept: reader.keptness(place.scope).isKept,
  };
}

/** What a conversation does not say, its space says. */
function settingOf(
  { settings, reader }: SummaryContext,
  place: Place,
): Pick<ConversationSummary, "isFavourite" | "isMuted" | "mutedUntil" | "sectionId"> {
  const own = settings.get(place.conversationId);
  const ofSpace = place.spaceId === null ? undefined : settings.get(place.spaceId);
  const { isMuted = false, mutedUntil } = (own?.isMuted === undefined ? ofSpace : own) ?? {};
  const isOver = isMuted && mutedUntil !== undefined && reader.isPast(mutedUntil);
  return {
    isFavourite: own?.isFavourite ?? false,
    isMuted: isMuted && !isOver,
    mutedUntil: isMuted && !isOver ? (mutedUntil ?? null) : null,
    sectionId: own?.sectionId ?? null,
  };
}

async function isWithGuest(briefs: Briefs, place: Place): Promise<boolean> {
  return (await briefs.all(place.memberIds)).some((person) => person.isGuest);
}

/** The newest one that is there once the waiting writes are carried out. */
function lastMessage(
  reader: Reader,
  latest: readonly Entry[],
  pending: readonly OutboxEntry[],
  me: PersonId,
): Message | undefined {
  const waiting = pendingSends(pending, me).findLast(
    ({ message, pending: state }) => message.threadId === undefined && state?.status !== "rejected",
  );
  if (waiting !== undefined) return waiting.message;
  for (const entry of latest) {
    const row = reader.parse("message", entry);
    const message = row === undefined ? undefined : overlay({ message: row, pending: null }, pending).message;
    if (message !== undefined && message.deletedAt === undefined) return message;
  }
  return undefined;
}

async function spaceRow(reader: Reader, place: Place): Promise<Row<"space"> | undefined> {
  if (place.spaceId === null) return undefined;
  // A hidden space is only in its own scope.
  return (
    (await reader.row(DIRECTORY, "space", place.spaceId)) ??
    (await reader.row(place.scope, "space", place.spaceId))
  );
}

async function members(briefs: Briefs, place: Place, me: PersonId): Promise<ConversationSummary["members"]> {
  const others = place.memberIds.filter((id) => id !== me).slice(0, MEMBERS_SHOWN);
  return await briefs.all(others);
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
