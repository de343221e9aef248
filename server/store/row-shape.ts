import { isDeepStrictEqual } from "node:util";
import { isMessagePart, timelineCollections } from "#contract/collections.ts";
import type { Envelope } from "#contract/envelope.ts";
import { libraryNameKey } from "#contract/ids.ts";
import type { Scope } from "#contract/scope.ts";
import type { RowWrite } from "./store.ts";

/** What the databases keep beside a row's JSON, so that timelines and histories are found by index. */
export interface RowPlace {
  /** `sentAt~id~~` of a message, `sentAt~messageId~partId` of what hangs on it: read downwards, it follows its message. */
  timelineKey: string | null;
  conversationId: string | null;
  /** The thread's root of a reply, the message of what hangs on one, else empty. */
  parentId: string | null;
}

/** `messageKey` gives the timeline key of a message of the same scope, if it is known. */
export function placeOf(row: RowWrite, messageKey: (messageId: string) => string | undefined): RowPlace {
  if (!timelineCollections.has(row.collection)) return { timelineKey: null, ...placeOfSmall(row) };
  const conversationId = field(row.data, "conversationId");
  if (row.collection === "message") {
    return {
      timelineKey: `${field(row.data, "sentAt")}~${row.id}~~`,
      conversationId,
      parentId: field(row.data, "threadId"),
    };
  }
  const messageId = field(row.data, "messageId");
  const key = messageKey(messageId) ?? `${timeOfPart(row.data)}~${messageId}~~`;
  return { timelineKey: `${key.slice(0, -1)}${row.id}`, conversationId, parentId: messageId };
}

/**
 * Of what is looked for by more than its id: items of the inbox still waiting, rows that many people have of one thing,
 * items of a library by their folder and by their name in it, their versions by the file that holds their bytes, people by
 * their e-mail.
 */
function placeOfSmall(row: RowWrite): Omit<RowPlace, "timelineKey"> {
  if (row.op === "put" && row.collection === "notification") {
    const isDone = field(row.data, "doneAt") !== "";
    return {
      conversationId: isDone ? null : field(row.data, "conversationId") || null,
      parentId: field(row.data, "messageId") || objectOf(row.data) || null,
    };
  }
  if (row.op === "put" && row.collection === "libraryItem") {
    const [folderId, name] = [field(row.data, "folderId"), field(row.data, "name")];
    const isTrashed = Reflect.get(row.data, "trashed") !== undefined;
    return {
      conversationId: folderId || null,
      parentId: isTrashed ? null : libraryNameKey(row.scope, folderId, name),
    };
  }
  if (row.op === "put" && row.collection === "libraryVersion") {
    const content: unknown = Reflect.get(row.data, "content");
    const blobId = typeof content === "object" && content !== null ? field(content, "blobId") : "";
    return { conversationId: null, parentId: blobId || null };
  }
  if (row.op === "put" && row.collection === "person")
    return { conversationId: null, parentId: field(row.data, "email").toLowerCase() || null };
  const isOfMany = row.op === "put" && (row.collection === "follow" || saysWhatIsHeard(row));
  return { conversationId: null, parentId: isOfMany ? row.id : null };
}

/** Of many people's settings of a place only these are looked at when somebody writes there. */
function saysWhatIsHeard({ collection, data }: RowWrite): boolean {
  if (collection !== "placeSetting") return false;
  return ["notify", "isMuted", "mutedUntil"].some((name) => Reflect.get(data, name) !== undefined);
}

/** What an item of the inbox is about when that is no message: a request, a report, an article, a space. */
function objectOf(item: object): string {
  const object: unknown = Reflect.get(item, "object");
  if (typeof object !== "object" || object === null) return "";
  const names = ["messageId", "id", "spaceId", "conversationId", "personId"];
  return names.map((name) => field(object, name)).find((id) => id !== "") ?? "";
}

/** Of a part whose message is not there: its own time. */
function timeOfPart(data: object): string {
  const names = ["createdAt", "votedAt", "acknowledgedAt", "writtenAt"];
  return names.map((name) => field(data, name)).find((time) => time !== "") ?? "";
}

/** The message that the place of a part hangs on. */
export function messageOf(row: RowWrite): string | undefined {
  return isMessagePart(row.collection) ? field(row.data, "messageId") : undefined;
}

function field(data: object, name: string): string {
  const value: unknown = Reflect.get(data, name);
  return typeof value === "string" ? value : "";
}

/** A timeline key begins with the time. */
export function timeOfKey(key: string): string {
  return key.slice(0, key.indexOf("~"));
}

export interface StoredRow {
  scope: Scope;
  seq: number;
  collection: string;
  id: string;
  rev: number;
  op: string;
  /** JSON. */
  data: string;
}

/** Whether two JSON texts say the same. In another order of fields the length is the same: only then is it worth a look. */
export function isSameJson(a: string, b: string): boolean {
  if (a === b) return true;
  return a.length === b.length && isDeepStrictEqual(JSON.parse(a), JSON.parse(b));
}

/** An envelope as it travels, by concatenation: the row's JSON is not parsed. */
export function lineOf(row: StoredRow): string {
  return `{"scope":"${row.scope}","seq":${row.seq},"collection":"${row.collection}","id":${JSON.stringify(row.id)},"rev":${row.rev},"op":"${row.op}","data":${row.data}}`;
}

export function envelopeOf(row: StoredRow): Envelope {
  const data: Record<string, unknown> = JSON.parse(row.data);
  const op = row.op === "delete" ? "delete" : "put";
  return { scope: row.scope, seq: row.seq, collection: row.collection, id: row.id, rev: row.rev, op, data };
}

/** After every timeline key: they begin with a year. */
export const LAST_KEY = "~";
