import { messageSchema, type Message } from "#contract/entities/message.ts";
import { notificationSchema, type Notification } from "#contract/entities/notification.ts";
import { personIdSchema, type PersonId } from "#contract/ids.ts";
import { parseScope, personScope, type Scope } from "#contract/scope.ts";
import type { RowWrite } from "../store/store.ts";
import { standing, type MutationContext } from "./context.ts";
import { messageExcerpt } from "./message-excerpt.ts";
import { aboutMessage, gatheringKinds, itemIdOf } from "./message-items.ts";

const kindsOfMessages: ReadonlySet<Notification["kind"]> = new Set([
  ...gatheringKinds,
  "mention",
  "mustRead",
]);

const PAGE = 100;

/** Messages of the same conversation or thread before one, newest first, read as far as they are asked for. */
export class EarlierMessages {
  readonly #context: MutationContext;
  readonly #message: Message;
  readonly #read: Message[] = [];
  #hasOlder = true;

  constructor(context: MutationContext, message: Message) {
    this.#context = context;
    this.#message = message;
  }

  async find(
    isWanted: (message: Message) => boolean | Promise<boolean>,
    since: string,
  ): Promise<Message | undefined> {
    for (let index = 0; ; index += 1) {
      if (index >= this.#read.length) await this.#readMore();
      const message = this.#read[index];
      if (message === undefined || message.sentAt < since) return undefined;
      if (isStanding(message) && (await isWanted(message))) return message;
    }
  }

  async #readMore(): Promise<void> {
    if (!this.#hasOlder) return;
    const { conversationId, threadId } = this.#message;
    const oldest = this.#read.at(-1) ?? this.#message;
    const before = `${oldest.sentAt}~${oldest.id}`;
    const { tx, scope } = this.#context;
    const page = await tx.find.messages({ scope, conversationId, threadId, before, limit: PAGE });
    this.#read.push(...page.messages.map((row) => messageSchema.parse(row.data)));
    this.#hasOlder = page.hasOlder;
  }
}

function isStanding(message: Message): boolean {
  return message.deletedAt === undefined && message.notice === undefined;
}

/** Scopes of those who have an item about a message. */
export async function scopesToldOf({ tx }: MutationContext, message: Message): Promise<Scope[]> {
  return (await tx.find.ofEveryone("notification", message.id)).map((row) => row.scope);
}

/**
 * A deleted message concerns nobody any more: its items go. One that stands for several messages goes back to the newest
 * that is left of them. Their scopes are to be locked before.
 */
export async function withdrawnItems(
  context: MutationContext,
  message: Message,
  earlier: EarlierMessages,
  kinds: ReadonlySet<Notification["kind"]> = kindsOfMessages,
): Promise<RowWrite[]> {
  const rows: RowWrite[] = [];
  for (const row of await context.tx.find.ofEveryone("notification", message.id)) {
    const item = notificationSchema.parse(row.data);
    if (item.scope !== context.scope || !kinds.has(item.kind)) continue;
    const personId = personIdSchema.parse(parseScope(row.scope).id);
    const left = gatheringKinds.has(item.kind) ? await lastLeft(context, item, personId, earlier) : undefined;
    const key = { scope: row.scope, collection: "notification", id: item.id } as const;
    if (left === undefined) rows.push({ ...key, op: "delete", data: { id: item.id } });
    else rows.push({ ...key, op: "put", data: await reworded(context, item, left) });
  }
  return rows;
}

async function lastLeft(
  context: MutationContext,
  item: Notification,
  personId: PersonId,
  earlier: EarlierMessages,
): Promise<Message | undefined> {
  if (item.doneAt !== undefined || item.since === undefined) return undefined;
  return earlier.find(async (message) => {
    if (message.authorId === personId) return false;
    return !(await hasItemOfItsOwn(context, message, personId));
  }, item.since);
}

async function hasItemOfItsOwn(
  { tx, scope }: MutationContext,
  message: Message,
  personId: PersonId,
): Promise<boolean> {
  if (message.mentions === undefined && message.post?.isMustRead !== true) return false;
  const keys = (["mention", "mustRead"] as const).map((kind) => ({
    scope: personScope(personId),
    collection: "notification" as const,
    id: itemIdOf(scope, kind, message, personId),
  }));
  return (await tx.find.many(keys)).some((row) => standing(row) !== undefined);
}

async function reworded(context: MutationContext, item: Notification, left: Message): Promise<Notification> {
  const { excerpt: _excerpt, ...rest } = item;
  return { ...rest, ...aboutMessage(left, await messageExcerpt(context, left)) };
}
