import type { Mutation, MutationName } from "#contract/mutations.ts";
import { text } from "./entry.ts";
import { isLibraryWrite, type OutboxEntry } from "./outbox.ts";

const LIBRARY_LANE = "library:";

/** Of these each waits for the writes that make what it is about, and for no others. */
export function isLibraryLane(lane: string): boolean {
  return lane.startsWith(LIBRARY_LANE);
}

/** Writes that make an item: what is put into it, or done with it, has to wait for them. */
export function isMaking({ name }: Mutation): boolean {
  return name === "folder.create" || name === "file.add" || name === "libraryItem.copy";
}

/** Items that a write needs: the one it is about, the folder that it puts something into, and what it copies. */
export function itemsNeeded({ args }: Mutation): string[] {
  return [text(args, "id"), text(args, "folderId"), text(args, "sourceId")].filter((id) => id !== "");
}

/**
 * Of the waiting writes of a library, in order, those that may be sent now: neither held back themselves nor about
 * something that is.
 */
export function sendable(
  entries: readonly OutboxEntry[],
  isHeld: (entry: OutboxEntry) => boolean,
  /** Items whose making was refused. */
  refused: Iterable<string>,
): OutboxEntry[] {
  const held = new Set(refused);
  return entries.filter((entry) => {
    const { mutation } = entry;
    const isFree = !itemsNeeded(mutation).some((id) => held.has(id)) && !isHeld(entry);
    if (!isFree) held.add(text(mutation.args, "id"));
    return isFree;
  });
}

/** What nobody sent and nobody would miss: it keeps this machine and the others in step. */
export function isAside({ name, args }: Mutation): boolean {
  return name === "readMarker.set" || (name === "draft.set" && text(args, "body") === "");
}

/** Writes of one lane are carried out in order, lanes side by side. Membership and creation go with their space. */
export function laneOf(mutation: Mutation): string {
  // A file that takes an hour must not hold up what is said in its space.
  if (isLibraryWrite(mutation.name)) return `${LIBRARY_LANE}${mutation.scope}`;
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
