import { conversationSchema, type Conversation } from "#contract/entities/conversation.ts";
import { directConversationId, type PersonId } from "#contract/ids.ts";
import type { MutationArgs } from "#contract/mutations.ts";
import { AppError } from "#contract/problem.ts";
import { conversationScope } from "#contract/scope.ts";
import { notAMember } from "../rules/conversations.ts";
import { requireActivePerson, shareSpace } from "../rules/people.ts";
import {
  forbidden,
  requireFreshId,
  requireScope,
  standing,
  timeOf,
  type Handler,
  type MutationContext,
} from "./context.ts";
import { invitationRows } from "./conversation-invitation.ts";

export const openConversation: Handler<"conversation.open"> = async (context, args) => {
  const { tx, personId } = context;
  const scope = conversationScope(args.id);
  requireScope(context, scope);
  const memberIds = [...new Set(args.memberIds)];
  requireMembers(context, args, memberIds);
  const found = await tx.get(scope, "conversation", args.id);
  const existing = standing(found);
  if (existing !== undefined) {
    if (!(await tx.canRead(personId, scope))) throw notAMember();
    const isSame = args.kind === conversationSchema.parse(existing.data).kind;
    return isSame ? { changes: [existing] } : { current: existing, error: otherKind().problem };
  }
  // Everyone has left it: what they wrote stays closed, also to those who had left before.
  if (found !== undefined) throw notAMember();
  for (const memberId of memberIds) {
    if (memberId !== personId) await requireReachable(context, memberId);
  }
  const data: Conversation = {
    id: args.id,
    kind: args.kind,
    memberIds,
    ...(args.name === undefined || args.kind === "direct" ? {} : { name: args.name }),
    createdBy: personId,
    createdAt: timeOf(context),
  };
  await tx.addReaders(scope, memberIds);
  const invited = args.kind === "group" ? memberIds : [];
  return {
    changes: await tx.write([
      { scope, collection: "conversation", id: args.id, op: "put", data },
      ...(await invitationRows(context, data, invited)),
    ]),
  };
};

function requireMembers(
  context: MutationContext,
  args: MutationArgs<"conversation.open">,
  memberIds: readonly PersonId[],
): void {
  if (!memberIds.includes(context.personId)) throw forbidden("You must be a member yourself.");
  if (args.kind === "group") {
    requireFreshId(args.id);
    return;
  }
  const [first, second] = memberIds;
  const isRight =
    first !== undefined && memberIds.length <= 2 && args.id === directConversationId(first, second ?? first);
  if (isRight) return;
  throw new AppError("badRequest", {
    title: "This is not the direct conversation of these people",
    detail: "A direct conversation has one or two members and the id that follows from them.",
    pointer: "args.id",
  });
}

/** Somebody whom the caller may talk with. @throws AppError notFound, forbidden */
export async function requireReachable(context: MutationContext, personId: PersonId): Promise<void> {
  const { tx } = context;
  const other = await requireActivePerson(tx, personId);
  const me = await requireActivePerson(tx, context.personId);
  if (me.isGuest !== true && other.isGuest !== true) return;
  if (await shareSpace(tx, context.personId, personId)) return;
  throw forbidden("Guests talk with the people they share a space with.");
}

function otherKind(): AppError {
  return new AppError("conflict", { title: "A conversation of another kind has this id" });
}
