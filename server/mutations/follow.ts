import { followSchema, type Follow } from "#contract/entities/follow.ts";
import type { Message } from "#contract/entities/message.ts";
import { personIdSchema, type PersonId } from "#contract/ids.ts";
import { parseScope, personScope } from "#contract/scope.ts";
import type { IsoTime } from "#contract/time.ts";
import { notAMember, requireMessage } from "../rules/conversations.ts";
import type { RowWrite } from "../store/store.ts";
import { requireOwnScope, standing, type Handler, type MutationContext } from "./context.ts";
import { settledItems } from "./settle.ts";

/** How far a thread is read never goes back; following it or not is the person's choice from then on. */
export const setFollow: Handler<"follow.set"> = async (context, args) => {
  const own = requireOwnScope(context);
  const { tx, personId } = context;
  const { scope, conversationId, threadId, isFollowed, readAt } = args;
  if (!(await tx.canRead(personId, scope))) throw notAMember();
  const root = await requireMessage({ ...context, scope }, conversationId, threadId);
  await tx.lockRows([own]);
  const before = await readFollow(context, threadId);
  const reached = latest(before?.readAt, readAt);
  const data: Follow = {
    ...(before ?? { id: threadId, scope, conversationId, threadId, isFollowed: false }),
    ...(isFollowed === undefined ? {} : { isFollowed, isChosen: true }),
    ...(reached === undefined ? {} : { readAt: reached }),
    ...(isFollowed === true && root.lastReplyAt !== undefined && before?.lastReplyAt === undefined
      ? { lastReplyAt: root.lastReplyAt }
      : {}),
  };
  const rows: RowWrite[] = [followRow(personId, data)];
  if (readAt !== undefined) {
    rows.push(...(await settledItems(context, { place: { conversationId, threadId }, readAt })));
  }
  return { changes: await tx.write(rows) };
};

async function readFollow({ tx, personId }: MutationContext, threadId: string): Promise<Follow | undefined> {
  const row = standing(await tx.get(personScope(personId), "follow", threadId));
  return row === undefined ? undefined : followSchema.parse(row.data);
}

/** Those who take part in a thread by this reply: who began it, who replies, who is named. All may read it. */
export async function participantsOf(
  context: MutationContext,
  root: Message,
  reply: Message,
): Promise<Set<PersonId>> {
  const named = [...namesIn(reply), ...(root.replyCount === undefined ? namesIn(root) : [])];
  const readers = new Set(await context.tx.readers(context.scope));
  return new Set([root.authorId, reply.authorId, ...named].filter((personId) => readers.has(personId)));
}

function namesIn(message: Message): PersonId[] {
  return (message.mentions ?? []).flatMap((mention) => (mention.kind === "person" ? [mention.personId] : []));
}

export async function followsOf(context: MutationContext, threadId: string): Promise<Map<PersonId, Follow>> {
  const rows = await context.tx.find.ofEveryone("follow", threadId);
  const follows = new Map<PersonId, Follow>();
  for (const row of rows) {
    const follow = followSchema.parse(row.data);
    // The same id may name another message elsewhere.
    if (follow.scope === context.scope) {
      follows.set(personIdSchema.parse(parseScope(row.scope).id), follow);
    }
  }
  return follows;
}

/** Whether this person follows it once they take part: unless they chose not to. */
export function willFollow(follow: Follow | undefined, takesPart: boolean): boolean {
  if (follow === undefined) return takesPart;
  return follow.isFollowed || (takesPart && follow.isChosen !== true);
}

/** The rows of all who follow a thread after a reply in it. Their scopes are to be locked before. */
export async function followRowsOfReply(
  context: MutationContext,
  root: Message,
  reply: Message,
  participants: ReadonlySet<PersonId>,
): Promise<RowWrite[]> {
  const follows = await followsOf(context, root.id);
  const readers = new Set(await context.tx.readers(context.scope));
  const rows: RowWrite[] = [];
  for (const personId of new Set([...follows.keys(), ...participants])) {
    if (!readers.has(personId)) continue;
    const before = follows.get(personId);
    const isFollowed = willFollow(before, participants.has(personId));
    const isAuthor = personId === reply.authorId;
    if (!isFollowed && !isAuthor) continue;
    const { conversationId } = reply;
    const base = before ?? { id: root.id, scope: context.scope, conversationId, threadId: root.id };
    // Who replies has read what was there.
    const news = isAuthor ? { readAt: reply.sentAt } : { lastReplyAt: reply.sentAt };
    rows.push(followRow(personId, { ...base, isFollowed, ...news }));
  }
  return rows;
}

/** The newest reply that is left, for those to whom the deleted one was the newest. */
export async function followRowsOfDelete(
  context: MutationContext,
  reply: Message,
  earlier: (not: PersonId) => Promise<Message | undefined>,
): Promise<RowWrite[]> {
  if (reply.threadId === undefined) return [];
  const rows: RowWrite[] = [];
  for (const [personId, follow] of await followsOf(context, reply.threadId)) {
    if (follow.lastReplyAt !== reply.sentAt) continue;
    const { lastReplyAt: _lastReplyAt, ...rest } = follow;
    const newest = await earlier(personId);
    const data = newest === undefined ? rest : { ...rest, lastReplyAt: newest.sentAt };
    rows.push(followRow(personId, data));
  }
  return rows;
}

function followRow(personId: PersonId, data: Follow): RowWrite {
  return { scope: personScope(personId), collection: "follow", id: data.id, op: "put", data };
}

function latest(a: IsoTime | undefined, b: IsoTime | undefined): IsoTime | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return a > b ? a : b;
}
