import { conversationSchema, type Conversation } from "#contract/entities/conversation.ts";
import type { Message } from "#contract/entities/message.ts";
import { personSchema } from "#contract/entities/person.ts";
import { messageIdSchema, naturalId, type PersonId } from "#contract/ids.ts";
import type { MutationArgs } from "#contract/mutations.ts";
import { AppError } from "#contract/problem.ts";
import { conversationScope, DIRECTORY, personScope } from "#contract/scope.ts";
import { toIsoTime } from "#contract/time.ts";
import { requireConversation } from "../rules/conversations.ts";
import type { RowWrite, StoreTransaction } from "../store/store.ts";
import { notFound, requireScope, standing, type Handler, type MutationContext } from "./context.ts";
import { invitationRows } from "./conversation-invitation.ts";
import { requireReachable } from "./conversation.ts";
import { messageRow, nextSentAt } from "./deliver.ts";
import { forgottenRows } from "./inbox-rows.ts";

const MOST_MEMBERS = 100;

/** Name and people of a group conversation, by its members. What happened is said in the conversation. */
export const updateConversation: Handler<"conversation.update"> = async (context, args) => {
  const { tx } = context;
  const scope = conversationScope(args.id);
  requireScope(context, scope);
  const before = await requireGroup(context, args);
  const removed = before.memberIds.filter((memberId) => args.removeIds?.includes(memberId) === true);
  const added = [...new Set(args.addIds)].filter((memberId) => !before.memberIds.includes(memberId));
  for (const memberId of added) await requireReachable(context, memberId);
  const memberIds = [...before.memberIds.filter((memberId) => !removed.includes(memberId)), ...added];
  if (memberIds.length > MOST_MEMBERS) throw tooMany();
  const after = renamed({ ...before, memberIds }, args.name);
  await tx.lockRows([scope, ...[...removed, ...added].map(personScope)]);
  const rows: RowWrite[] = [
    memberIds.length === 0
      ? { scope, collection: "conversation", id: args.id, op: "delete", data: { id: args.id } }
      : { scope, collection: "conversation", id: args.id, op: "put", data: after },
    ...(await noticeRows(context, before, after, { added, removed })),
    ...(await invitationRows(context, after, added)),
  ];
  for (const memberId of removed) rows.push(...(await forgottenRows(tx, memberId, [scope])));
  if (added.length > 0) await tx.addReaders(scope, added);
  const changes = await tx.write(rows);
  if (removed.length > 0) await tx.removeReaders(scope, removed);
  return { changes };
};

async function requireGroup(
  context: MutationContext,
  args: MutationArgs<"conversation.update">,
): Promise<Conversation> {
  await requireConversation(context, args.id);
  const row = standing(await context.tx.get(context.scope, "conversation", args.id));
  if (row === undefined) throw notFound("There is no such conversation.");
  const conversation = conversationSchema.parse(row.data);
  if (conversation.kind === "group") return conversation;
  throw new AppError("badRequest", {
    title: "A direct conversation stays as it is",
    detail: "Open a group conversation with more people.",
    pointer: "args.id",
  });
}

/** An empty name takes it away: the conversation is called after its people. */
function renamed(conversation: Conversation, name: string | undefined): Conversation {
  if (name === undefined) return conversation;
  const { name: _name, ...rest } = conversation;
  return name.trim() === "" ? rest : { ...rest, name };
}

/** One message for each thing that happened, one after the other. */
async function noticeRows(
  context: MutationContext,
  before: Conversation,
  after: Conversation,
  { added, removed }: { added: PersonId[]; removed: PersonId[] },
): Promise<RowWrite[]> {
  const { tx, personId } = context;
  const who = await namesOf(tx, [personId]);
  const others = removed.filter((memberId) => memberId !== personId);
  const happened: { notice: NonNullable<Message["notice"]>; body: string }[] = [];
  if (added.length > 0) {
    happened.push({ notice: "joined", body: `${who} a ajouté ${await namesOf(tx, added)}.` });
  }
  if (others.length > 0) {
    happened.push({ notice: "left", body: `${who} a retiré ${await namesOf(tx, others)}.` });
  }
  if (before.name !== after.name) happened.push({ notice: "renamed", body: renaming(who, after.name) });
  if (removed.includes(personId)) {
    happened.push({ notice: "left", body: `${who} a quitté la conversation.` });
  }
  const firstMs = Date.parse(await nextSentAt(context));
  return happened.map(({ notice, body }, index) => {
    const sentAt = toIsoTime(firstMs + index);
    const id = messageIdSchema.parse(naturalId("notice", before.id, sentAt));
    return messageRow(context, {
      id,
      conversationId: before.id,
      authorId: personId,
      body,
      sentAt,
      version: 1,
      notice,
    });
  });
}

function renaming(who: string, name: string | undefined): string {
  return name === undefined
    ? `${who} a retiré le nom de la conversation.`
    : `${who} a renommé la conversation en «\u00a0${name}\u00a0».`;
}

async function namesOf(tx: StoreTransaction, personIds: readonly PersonId[]): Promise<string> {
  const people = await tx.find.many(
    personIds.map((id) => ({ scope: DIRECTORY, collection: "person" as const, id })),
  );
  const names = people.flatMap((row) =>
    row === undefined || row.op === "delete" ? [] : [personSchema.parse(row.data).displayName],
  );
  return new Intl.ListFormat("fr").format(names);
}

function tooMany(): AppError {
  return new AppError("badRequest", {
    title: "Too many people for a conversation",
    detail: `At most ${MOST_MEMBERS}. Make a space for more.`,
    pointer: "args.addIds",
  });
}
