import {
  isCollectionName,
  isMessagePart,
  type CollectionName,
  type MessagePart,
} from "#contract/collections.ts";
import type { Scope } from "#contract/scope.ts";
import { text, type Fields } from "./entry.ts";

/**
 * Names of streams and keys within them. A stream is an ordered list of rows that are read together:
 * - `SCOPE/COLLECTION`, key `id`, for small collections
 * - `SCOPE/message/CONVERSATION`, key `sentAt~id`: a conversation's own messages
 * - `SCOPE/reply/CONVERSATION`, key `threadId~sentAt~id`: a thread is a range
 * - `SCOPE/PART/CONVERSATION` for message parts, key `messageId~…`: a message's reactions, votes, acknowledgements and
 *   former texts are each a range
 */
type StreamKind = CollectionName | "reply";

/** Versions sort as text. */
const VERSION_DIGITS = 10;

const residentKinds: ReadonlySet<string> = new Set<StreamKind>([
  "space",
  "channel",
  "conversation",
  "readMarker",
  "draft",
  "notification",
  "presence",
  "follow",
  "savedItem",
  "scheduledMessage",
  "preferences",
  "placeSetting",
  "section",
  "organisation",
  "group",
  "spaceTemplate",
  "spaceRequest",
  "joinRequest",
  "guestInvitation",
  "report",
  "libraryShare",
]);

/** Whether the stream is small and always wanted, so that it is read at start and kept in memory. */
export function isResident(stream: string): boolean {
  return residentKinds.has(kindOf(stream));
}

export function kindOf(stream: string): string {
  const start = stream.indexOf("/") + 1;
  const end = stream.indexOf("/", start);
  return end < 0 ? stream.slice(start) : stream.slice(start, end);
}

export function scopeOf(stream: string): string {
  return stream.slice(0, stream.indexOf("/"));
}

/** Empty for streams that do not follow a conversation. */
export function conversationOf(stream: string): string {
  const start = stream.indexOf("/") + 1;
  const end = stream.indexOf("/", start);
  return end < 0 ? "" : stream.slice(end + 1);
}

export function scopePrefix(scope: string): string {
  return `${scope}/`;
}

export function smallStream(scope: Scope, collection: CollectionName): string {
  return `${scope}/${collection}`;
}

export function messageStream(scope: Scope, conversationId: string): string {
  return `${scope}/message/${conversationId}`;
}

export function replyStream(scope: Scope, conversationId: string): string {
  return `${scope}/reply/${conversationId}`;
}

export function reactionStream(scope: Scope, conversationId: string): string {
  return partStream(scope, "reaction", conversationId);
}

export function partStream(scope: Scope, part: MessagePart, conversationId: string): string {
  return `${scope}/${part}/${conversationId}`;
}

/** The stream of a row, or undefined when a field that places it is missing or the collection is not known here. */
export function streamOf(scope: string, collection: string, data: Fields): string | undefined {
  if (!isCollectionName(collection)) return undefined;
  if (collection !== "message" && !isMessagePart(collection)) return `${scope}/${collection}`;
  const conversationId = text(data, "conversationId");
  if (conversationId === "" || conversationId.includes("/")) return undefined;
  const kind = collection === "message" && text(data, "threadId") !== "" ? "reply" : collection;
  return `${scope}/${kind}/${conversationId}`;
}

/** The key of a row within its stream, empty when a field that makes it is missing. */
export function keyOf(kind: string, id: string, data: Fields): string {
  switch (kind) {
    case "message": {
      const sentAt = text(data, "sentAt");
      return sentAt === "" ? "" : `${sentAt}~${id}`;
    }
    case "reply": {
      const sentAt = text(data, "sentAt");
      return sentAt === "" ? "" : `${text(data, "threadId")}~${sentAt}~${id}`;
    }
    case "reaction":
      return partKey(data, `${text(data, "emoji")}~${text(data, "personId")}`);
    case "vote":
    case "acknowledgement":
      return partKey(data, text(data, "personId"));
    case "messageVersion":
      return partKey(data, String(data["version"]).padStart(VERSION_DIGITS, "0"));
    default:
      return id;
  }
}

function partKey(data: Fields, rest: string): string {
  const messageId = text(data, "messageId");
  return messageId === "" ? "" : `${messageId}~${rest}`;
}

/** Range of all keys that begin with `prefix~`. */
export function prefixRange(prefix: string): { lower: string; upper: string } {
  return { lower: `${prefix}~`, upper: `${prefix}\u007f` };
}
