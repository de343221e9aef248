import type { Mutation, MutationName } from "#contract/mutations.ts";
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
    // One that waits for its files must not hold up read markers and drafts, which have the same scope.
    case "message.schedule":
    case "scheduledMessage.remove":
      return `scheduled:${text(mutation.args, "id")}`;
    case "article.save":
    case "article.submit":
    case "article.withdraw":
    case "article.remove":
    case "article.decide":
      return `article:${text(mutation.args, "id")}`;
    default:
      return mutation.scope;
  }
}

/**
 * Of read markers, drafts, votes and settings only the last counts: one that still waits is taken out by the next. One
 * that was ever tried stays, since the server may carry it out late, and then it must not come after the newer.
 */
export function coalesce(
  made: Mutation,
  entries: readonly OutboxEntry[],
): { mutation: Mutation; replaced: OutboxEntry[] } {
  const key = coalescingKey(made);
  if (key === undefined) return { mutation: made, replaced: [] };
  const same = entries.filter(({ mutation }) => coalescingKey(mutation) === key);
  const replaced = same
    .slice(same.findLastIndex(({ mutation }) => isUnread(mutation) !== isUnread(made)) + 1)
    .filter((entry) => entry.status === "waiting" && entry.attempts === 0);
  // From the newest to the oldest: each gives way to what came after it.
  const mutation = replaced.toReversed().reduce((later, entry) => merge(entry.mutation, later), made);
  return { mutation, replaced };
}

/** What makes two writes of a name the same: fields of their arguments. */
const identities: ReadonlyMap<string, readonly string[]> = new Map<MutationName, readonly string[]>([
  ["readMarker.set", ["conversationId"]],
  ["draft.set", ["conversationId", "threadId"]],
  ["vote.set", ["messageId"]],
  ["follow.set", ["threadId"]],
  ["placeSetting.set", ["id"]],
  ["preferences.set", []],
]);

/** Of these what the later one does not name stays as the earlier one wanted it. */
const merged: ReadonlySet<string> = new Set<MutationName>([
  "follow.set",
  "placeSetting.set",
  "preferences.set",
]);

const readings: ReadonlySet<string> = new Set<MutationName>(["readMarker.set", "follow.set"]);

function coalescingKey({ name, args }: Mutation): string | undefined {
  const identity = identities.get(name);
  return identity === undefined ? undefined : [name, ...identity.map((field) => text(args, field))].join("~");
}

/** To mark as unread is no reading: neither does what the other does, so that neither stands for the other. */
function isUnread({ name, args }: Mutation): boolean {
  return name === "readMarker.set" && args["isUnread"] === true;
}

function merge(earlier: Mutation, later: Mutation): Mutation {
  const args = merged.has(later.name) ? { ...earlier.args, ...later.args } : later.args;
  if (!readings.has(later.name) || isUnread(later)) return { ...later, args };
  // How far one has read never goes back: the merged one does what both would have done in turn.
  const readAt = [text(earlier.args, "readAt"), text(later.args, "readAt")].toSorted().at(-1) ?? "";
  return { ...later, args: readAt === "" ? args : { ...args, readAt } };
}
