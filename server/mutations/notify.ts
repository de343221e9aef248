import type { Mention, Message } from "#contract/entities/message.ts";
import type { Notification } from "#contract/entities/notification.ts";
import { naturalId, type PersonId } from "#contract/ids.ts";
import { parseScope, personScope } from "#contract/scope.ts";
import type { ConversationKind } from "../rules/conversations.ts";
import type { RowWrite } from "../store/store.ts";
import { standing, timeOf, type MutationContext } from "./context.ts";

type Kind = Notification["kind"];

/** Whom a new message concerns, each once: by name before by conversation, by conversation before by thread. */
export async function notificationsOfSend(
  context: MutationContext,
  kind: ConversationKind,
  message: Message,
  root: Message | undefined,
): Promise<RowWrite[]> {
  const concerned = new Map<PersonId, Kind>();
  for (const personId of followers(root)) concerned.set(personId, "reply");
  if (kind !== "channel") {
    for (const personId of await context.tx.readers(context.scope)) concerned.set(personId, "direct");
  }
  for (const personId of await mentioned(context, message.mentions ?? [])) concerned.set(personId, "mention");
  return rowsFor(context, message, concerned);
}

/** An edit tells only those it names and the former text did not. */
export async function notificationsOfEdit(
  context: MutationContext,
  message: Message,
  previous: readonly Mention[],
): Promise<RowWrite[]> {
  const before = new Set(await mentioned(context, previous));
  const added = (await mentioned(context, message.mentions ?? [])).filter(
    (personId) => !before.has(personId),
  );
  return rowsFor(context, message, new Map(added.map((personId) => [personId, "mention"])));
}

/** A deleted message concerns nobody any more. */
export async function withdrawnNotifications(
  context: MutationContext,
  message: Message,
  root: Message | undefined,
): Promise<RowWrite[]> {
  const rows: RowWrite[] = [];
  const withdraw = async (kind: Kind, personId: PersonId): Promise<void> => {
    const scope = personScope(personId);
    const id = notificationId(context, kind, message, personId);
    if (standing(await context.tx.get(scope, "notification", id)) === undefined) return;
    rows.push({ scope, collection: "notification", id, op: "delete", data: { id } });
  };
  for (const personId of await mentioned(context, message.mentions ?? []))
    await withdraw("mention", personId);
  for (const personId of followers(root)) await withdraw("reply", personId);
  return rows;
}

/** Whom a reply concerns: who began the thread, and the latest who replied in it. */
function followers(root: Message | undefined): PersonId[] {
  return root === undefined ? [] : [...new Set([...(root.replyPersonIds ?? []), root.authorId])];
}

async function mentioned(context: MutationContext, mentions: readonly Mention[]): Promise<PersonId[]> {
  if (mentions.some((mention) => mention.kind === "everyone")) return context.tx.readers(context.scope);
  return mentions.flatMap((mention) => (mention.kind === "person" ? [mention.personId] : []));
}

async function rowsFor(
  context: MutationContext,
  message: Message,
  concerned: ReadonlyMap<PersonId, Kind>,
): Promise<RowWrite[]> {
  const rows: RowWrite[] = [];
  const readers = concerned.size > 20 ? new Set(await context.tx.readers(context.scope)) : undefined;
  for (const [personId, kind] of concerned) {
    if (personId === context.personId) continue;
    const mayRead = readers?.has(personId) ?? (await context.tx.canRead(personId, context.scope));
    if (!mayRead) continue;
    const data = notification(context, kind, message, personId);
    rows.push({
      scope: personScope(personId),
      collection: "notification",
      id: data.id,
      op: "put",
      data,
    });
  }
  return rows;
}

function notification(
  context: MutationContext,
  kind: Kind,
  message: Message,
  personId: PersonId,
): Notification {
  return {
    id: notificationId(context, kind, message, personId),
    kind,
    scope: context.scope,
    conversationId: message.conversationId,
    messageId: message.id,
    ...(message.threadId === undefined ? {} : { threadId: message.threadId }),
    actorId: context.personId,
    createdAt: timeOf(context),
  };
}

/** One row a conversation for direct messages, however many come: the latest is enough to know. */
function notificationId(
  { scope }: MutationContext,
  kind: Kind,
  message: Message,
  personId: PersonId,
): string {
  const subject = kind === "direct" ? message.conversationId : message.id;
  // With the scope: a message elsewhere may have been given the same id, and is another message.
  return naturalId("notification", kind, scope, subject, personId);
}

/** Someone was added to a space or a conversation by somebody else. */
export function invitation(context: MutationContext, personId: PersonId): RowWrite {
  const { kind, id: subject } = parseScope(context.scope);
  const id = naturalId("notification", "invitation", kind, subject, personId);
  const data: Notification = {
    id,
    kind: "invitation",
    scope: context.scope,
    actorId: context.personId,
    createdAt: timeOf(context),
  };
  return { scope: personScope(personId), collection: "notification", id, op: "put", data };
}
