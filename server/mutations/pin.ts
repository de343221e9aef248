import type { Pin } from "#contract/entities/message-parts.ts";
import type { MutationArgs } from "#contract/mutations.ts";
import { requireConversation, requireLivingMessage, type Place } from "../rules/conversations.ts";
import { findMembership, isAnimator } from "../rules/spaces.ts";
import { forbidden, standing, timeOf, type Handler, type MutationContext } from "./context.ts";
import { messageExcerpt } from "./message-excerpt.ts";

/** All pins of a conversation are known to each of its readers: they are for the few things everyone looks up. */
const MOST_PINS = 100;

export const pinMessage: Handler<"message.pin"> = async (context, args) => {
  const { tx, scope } = context;
  const { conversationId, messageId, isPinned } = args;
  const place = await requireConversation(context, conversationId);
  await requirePinner(context, place);
  const existing = standing(await tx.get(scope, "pin", messageId));
  if (existing !== undefined && existing.data["conversationId"] !== conversationId) {
    throw forbidden("This message is pinned elsewhere.");
  }
  if (!isPinned) {
    if (existing === undefined) return { changes: [] };
    const data = { id: messageId, conversationId, messageId };
    return { changes: await tx.write([{ scope, collection: "pin", id: messageId, op: "delete", data }]) };
  }
  if (existing !== undefined) return { changes: [existing] };
  const data = await newPin(context, args);
  return { changes: await tx.write([{ scope, collection: "pin", id: messageId, op: "put", data }]) };
};

async function newPin(context: MutationContext, args: MutationArgs<"message.pin">): Promise<Pin> {
  const { conversationId, messageId } = args;
  const message = await requireLivingMessage(context, conversationId, messageId);
  if (message.notice !== undefined) throw forbidden("This is no message that somebody wrote.");
  const pins = await context.tx.list(context.scope, "pin");
  const here = pins.filter((pin) => pin.data["conversationId"] === conversationId);
  if (here.length >= MOST_PINS)
    throw forbidden(`At most ${MOST_PINS} messages are pinned here. Unpin one first.`);
  return {
    id: messageId,
    conversationId,
    messageId,
    pinnedBy: context.personId,
    pinnedAt: timeOf(context),
    authorId: message.authorId,
    sentAt: message.sentAt,
    excerpt: await messageExcerpt(context, message),
  };
}

async function requirePinner(context: MutationContext, place: Place): Promise<void> {
  if (!("spaceId" in place)) return;
  if (place.kind === "wall") {
    if (await isAnimator(context, place.spaceId)) return;
    throw forbidden("Only the animators of the space pin posts.");
  }
  const membership = await findMembership(context.tx, place.spaceId, context.personId);
  if (membership?.role === "guest") throw forbidden("Guests may not pin messages.");
}
