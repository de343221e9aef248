import { v5, v7 } from "uuid";
import { z } from "zod";
import { foldName } from "./file-names.ts";

/** A UUID in lower case, RFC 9562. New rows use version 7 (made by the client), natural keys version 5. */
const uuid = z.string().regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/);

export const personIdSchema = uuid.brand<"PersonId">();
export const spaceIdSchema = uuid.brand<"SpaceId">();
/** Id of anything that holds messages: a channel, or a direct or group conversation. */
export const conversationIdSchema = uuid.brand<"ConversationId">();
export const messageIdSchema = uuid.brand<"MessageId">();
export const mutationIdSchema = uuid.brand<"MutationId">();
export const blobIdSchema = uuid.brand<"BlobId">();
export const groupIdSchema = uuid.brand<"GroupId">();
export const organisationIdSchema = uuid.brand<"OrganisationId">();
export const sectionIdSchema = uuid.brand<"SectionId">();
/** Id of a file or folder of a library. */
export const libraryItemIdSchema = uuid.brand<"LibraryItemId">();
export const libraryShareIdSchema = uuid.brand<"LibraryShareId">();
export const boardIdSchema = uuid.brand<"BoardId">();
export const taskIdSchema = uuid.brand<"TaskId">();
export const calendarIdSchema = uuid.brand<"CalendarId">();
export const calendarObjectIdSchema = uuid.brand<"CalendarObjectId">();
/** Id of a row made fresh by a client, of a collection without a brand of its own. */
export const freshIdSchema = uuid;
/** Id of a row whose collection is not known here. */
export const rowIdSchema = z.string().min(1).max(200);

export type PersonId = z.infer<typeof personIdSchema>;
export type SpaceId = z.infer<typeof spaceIdSchema>;
export type ConversationId = z.infer<typeof conversationIdSchema>;
export type MessageId = z.infer<typeof messageIdSchema>;
export type MutationId = z.infer<typeof mutationIdSchema>;
export type BlobId = z.infer<typeof blobIdSchema>;
export type GroupId = z.infer<typeof groupIdSchema>;
export type OrganisationId = z.infer<typeof organisationIdSchema>;
export type SectionId = z.infer<typeof sectionIdSchema>;
export type LibraryShareId = z.infer<typeof libraryShareIdSchema>;
export type LibraryItemId = z.infer<typeof libraryItemIdSchema>;
export type BoardId = z.infer<typeof boardIdSchema>;
export type TaskId = z.infer<typeof taskIdSchema>;
export type CalendarId = z.infer<typeof calendarIdSchema>;
export type CalendarObjectId = z.infer<typeof calendarObjectIdSchema>;

/** Namespace of Parvis's natural keys (UUID version 5, RFC 9562 section 5.5). */
const NAMESPACE = "6f1c8f0e-5d0b-5c1f-9c3a-2f6d0b7a4e11";

/** Makes a fresh, time-ordered id (UUIDv7). */
export function createId(): string {
  return v7();
}

/** Makes the same id from the same parts, on every machine: for rows that exist once per key. */
export function naturalId(...parts: string[]): string {
  return v5(parts.join("\u001f"), NAMESPACE);
}

export function membershipId(spaceId: SpaceId, personId: PersonId): string {
  return naturalId("membership", spaceId, personId);
}

export function reactionId(messageId: MessageId, personId: PersonId, emoji: string): string {
  return naturalId("reaction", messageId, personId, emoji);
}

/** The one direct conversation of these two people (or of one with themselves), whoever opens it first. */
export function directConversationId(a: PersonId, b: PersonId): ConversationId {
  return conversationIdSchema.parse(naturalId("direct", ...[a, b].sort()));
}

/** A space's wall: the channel of kind `wall` in which its posts are messages. */
export function wallId(spaceId: SpaceId): ConversationId {
  return conversationIdSchema.parse(naturalId("wall", spaceId));
}

/** Where the documents of a space are discussed. */
export function filesChannelId(spaceId: SpaceId): ConversationId {
  return conversationIdSchema.parse(naturalId("files", spaceId));
}

/** One row per person and message: `vote`, `acknowledgement`. */
export function personalMarkId(
  collection: "vote" | "acknowledgement",
  messageId: MessageId,
  personId: PersonId,
): string {
  return naturalId(collection, messageId, personId);
}

export function messageVersionId(messageId: MessageId, version: number): string {
  return naturalId("messageVersion", messageId, String(version));
}

export function receiptId(conversationId: ConversationId, personId: PersonId): string {
  return naturalId("receipt", conversationId, personId);
}

/** What one person saved for later: once per object. */
export function savedItemId(personId: PersonId, objectId: string): string {
  return naturalId("savedItem", personId, objectId);
}

export function libraryVersionId(itemId: LibraryItemId, version: number): string {
  return naturalId("libraryVersion", itemId, String(version));
}

/** What lies in a copied folder: known to whoever asks for the copy before it is made. */
export function libraryCopyId(copyId: LibraryItemId, sourceId: LibraryItemId): LibraryItemId {
  return libraryItemIdSchema.parse(naturalId("libraryCopy", copyId, sourceId));
}

/** What two items of one folder (empty: the top) have in common whose names are the same on some system. */
export function libraryNameKey(scope: string, folderId: string, name: string): string {
  return naturalId("libraryName", scope, folderId, foldName(name));
}

export function joinRequestId(spaceId: SpaceId, personId: PersonId): string {
  return naturalId("joinRequest", spaceId, personId);
}

/** Everybody's own board, for what belongs to no space: made by the first task that is put on it. */
export function ownBoardId(personId: PersonId): BoardId {
  return boardIdSchema.parse(naturalId("ownBoard", personId));
}

/** Its columns: the same whoever of one's machines puts the first task there. */
export function ownColumnId(personId: PersonId, meaning: "todo" | "doing" | "done"): string {
  return naturalId("ownColumn", personId, meaning);
}

/** The first calendar of a person, made by the first object that is put into it; a space has one too. */
export function ownCalendarId(personId: PersonId): CalendarId {
  return calendarIdSchema.parse(naturalId("ownCalendar", personId));
}

export function spaceCalendarId(spaceId: SpaceId): CalendarId {
  return calendarIdSchema.parse(naturalId("spaceCalendar", spaceId));
}

/** The one object of a UID in a place: made on two machines, or by CalDAV, it is the same (RFC 4791 section 4.1). */
export function calendarObjectKey(scope: string, uid: string): CalendarObjectId {
  return calendarObjectIdSchema.parse(naturalId("calendarObject", scope, uid));
}

/** Where the tasks of a space are discussed. */
export function tasksChannelId(spaceId: SpaceId): ConversationId {
  return conversationIdSchema.parse(naturalId("tasks", spaceId));
}

/** The next task of a series: one, whoever finishes the one before it, and however often. */
export function nextTaskId(taskId: TaskId): TaskId {
  return taskIdSchema.parse(naturalId("nextTask", taskId));
}

/** Columns of a list of tasks that lies elsewhere. */
export function remoteColumnId(boardId: BoardId, meaning: "todo" | "doing" | "done"): string {
  return naturalId("remoteColumn", boardId, meaning);
}

/** Tasks that are made in a list that lies elsewhere have UIDs that name both, so that nothing needs to be noted of them. */
export function remoteTaskUid(scope: string, taskId: TaskId): string {
  return `${taskId}@${scope.slice(scope.indexOf(":") + 1)}`;
}

/** The row of a VTODO: of those that were made here the id with which they were made. */
export function remoteTaskId(scope: string, uid: string): TaskId {
  const own = taskIdSchema.safeParse(uid.slice(0, uid.indexOf("@")));
  const isOwn = own.success && uid === remoteTaskUid(scope, own.data);
  return isOwn ? own.data : taskIdSchema.parse(naturalId("remoteTask", scope, uid));
}
