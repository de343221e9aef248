import type { Mutation } from "#contract/mutations.ts";
import { text } from "./entry.ts";
import type { OutboxEntry } from "./outbox.ts";

/** Writes of one lane are carried out in order, lanes side by side. Membership and creation go with their space. */
export function laneOf(mutation: Mutation): string {
  switch (mutation.name) {
    case "space.create":
      return `space:${text(mutation.args, "id")}`;
    case "space.join":
    case "space.leave":
    case "membership.set":
    case "membership.remove":
    case "guest.invite":
    case "guest.revoke":
      return `space:${text(mutation.args, "spaceId")}`;
    case "conversation.open":
    case "conversation.update":
      return `conversation:${text(mutation.args, "id")}`;
    default:
      return mutation.scope;
  }
}

/**
 * Of read markers and drafts only the last counts: one that still waits is taken out by the next. One that was ever
 * tried stays, since the server may carry it out late, and then it must not come after the newer.
 */
export function coalesce(
  made: Mutation,
  entries: readonly OutboxEntry[],
): { mutation: Mutation; replaced: OutboxEntry[] } {
  const key = coalescingKey(made);
  if (key === undefined) return { mutation: made, replaced: [] };
  const replaced = entries.filter(
    (entry) => entry.status === "waiting" && entry.attempts === 0 && coalescingKey(entry.mutation) === key,
  );
  const mutation = replaced.reduce((later, entry) => mergeMarker(entry.mutation, later), made);
  return { mutation, replaced };
}

function coalescingKey(mutation: Mutation): string | undefined {
  const { name, args } = mutation;
  if (name === "readMarker.set") return `${name}~${text(args, "conversationId")}`;
  if (name === "draft.set") return `${name}~${text(args, "conversationId")}~${text(args, "threadId")}`;
  return undefined;
}

/** A marker never moves back unless it says so: the merged one must do what both would have done in turn. */
function mergeMarker(earlier: Mutation, later: Mutation): Mutation {
  if (later.name !== "readMarker.set" || later.args["isUnread"] === true) return later;
  const before = text(earlier.args, "readAt");
  const readAt = before > text(later.args, "readAt") ? before : text(later.args, "readAt");
  const isUnread = earlier.args["isUnread"] === true ? { isUnread: true } : {};
  return { ...later, args: { ...later.args, readAt, ...isUnread } };
}
