import type { Message } from "#contract/entities/message.ts";
import { notificationSchema, type Notification } from "#contract/entities/notification.ts";
import { naturalId, type PersonId } from "#contract/ids.ts";
import { personScope, type Scope } from "#contract/scope.ts";
import type { Place } from "../rules/conversations.ts";
import type { RowWrite } from "../store/store.ts";
import type { Concern } from "./audience.ts";
import { standing, timeOf, type MutationContext } from "./context.ts";
import { messageExcerpt } from "./message-excerpt.ts";

/** These stand for all messages of their place that wait: however many come, one row. */
export const gatheringKinds: ReadonlySet<Notification["kind"]> = new Set(["direct", "reply", "comment"]);

/** One row a message, or one a thread or conversation for what gathers. */
export function itemIdOf(
  scope: Scope,
  kind: Notification["kind"],
  message: Message,
  personId: PersonId,
): string {
  const { id, threadId, conversationId } = message;
  const subject = gatheringKinds.has(kind) ? (threadId ?? conversationId) : id;
  // With the scope: a message elsewhere may have been given the same id, and is another message.
  return naturalId("notification", kind, scope, subject, personId);
}

/** The rows of those concerned. Their scopes are to be locked before. */
export async function itemRows(
  context: MutationContext,
  place: Place,
  message: Message,
  concerned: ReadonlyMap<PersonId, Concern>,
): Promise<RowWrite[]> {
  if (concerned.size === 0) return [];
  const excerpt = await messageExcerpt(context, message);
  const entries = [...concerned].map(([personId, concern]) => ({
    personId,
    concern,
    key: {
      scope: personScope(personId),
      collection: "notification" as const,
      id: itemIdOf(context.scope, concern.kind, message, personId),
    },
  }));
  const existing = await context.tx.find.many(entries.map(({ key }) => key));
  const rows: RowWrite[] = [];
  for (const [index, { concern, key }] of entries.entries()) {
    const row = standing(existing[index]);
    const former = row === undefined ? undefined : notificationSchema.parse(row.data);
    const data: Notification = {
      id: key.id,
      kind: concern.kind,
      ask: concern.ask,
      scope: context.scope,
      ...("spaceId" in place ? { spaceId: place.spaceId } : {}),
      ...aboutMessage(message, excerpt),
      ...(gatheringKinds.has(concern.kind) ? { since: sinceOf(former, message) } : {}),
      createdAt: timeOf(context),
    };
    rows.push({ ...key, op: "put", data });
  }
  return rows;
}

export type AboutMessage = Pick<
  Notification,
  "conversationId" | "messageId" | "threadId" | "actorId" | "excerpt" | "happenedAt"
>;

export function aboutMessage(message: Message, excerpt: string): AboutMessage {
  return {
    conversationId: message.conversationId,
    messageId: message.id,
    ...(message.threadId === undefined ? {} : { threadId: message.threadId }),
    actorId: message.authorId,
    ...(excerpt === "" ? {} : { excerpt }),
    happenedAt: message.sentAt,
  };
}

/** What was done stands for nothing any more. */
function sinceOf(former: Notification | undefined, message: Message): Message["sentAt"] {
  if (former === undefined || former.doneAt !== undefined) return message.sentAt;
  return former.since ?? former.happenedAt ?? message.sentAt;
}
