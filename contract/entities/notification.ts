import { z } from "zod";
import { conversationIdSchema, messageIdSchema, personIdSchema, rowIdSchema, spaceIdSchema } from "../ids.ts";
import { scopeSchema } from "../scope.ts";
import { isoTimeSchema } from "../time.ts";
import { objectRefSchema } from "./object-ref.ts";

export const notificationKindSchema = z.enum([
  "mention",
  "direct",
  "reply",
  "comment",
  "invitation",
  /** To decide: a new space was asked for, someone asks to join, an article waits for review, something was reported. */
  "spaceRequest",
  "joinRequest",
  "review",
  "report",
  /** What became of one's own request or article. */
  "decision",
  "mustRead",
  "reminder",
  /** Somebody shared a document with them. */
  "share",
  /** A task was given to them. */
  "task",
  /** A task that they have is due today. */
  "taskDue",
  /** Something changed of a task that they watch. */
  "taskNews",
  /** Somebody invited them to an event, or moved one to which they are invited. */
  "meeting",
  /** An answer to one's own invitation, or an event was called off: `news` says which. */
  "meetingNews",
  /** A scheduled message could not be sent. */
  "sendFailed",
]);
export type NotificationKind = z.infer<typeof notificationKindSchema>;

/** `proposed`: another time. */
export const meetingNewsSchema = z.enum(["accepted", "tentative", "declined", "proposed", "cancelled"]);
export type MeetingNews = z.infer<typeof meetingNewsSchema>;

/** What it asks: a deed, an answer, or only to be known. */
export const askSchema = z.enum(["do", "answer", "know"]);
export type Ask = z.infer<typeof askSchema>;

/**
 * An item of one person's inbox: something that concerns them. Scope: the person's own. Made by the server; marked done
 * or put off by the person, and done by itself when it is settled (`inbox.ts`). The inbox and its counts are these rows.
 */
export const notificationSchema = z.looseObject({
  id: rowIdSchema,
  kind: notificationKindSchema,
  /** Absent in rows of older servers: see `askOf`. */
  ask: askSchema.optional(),
  /** Where it happened. */
  scope: scopeSchema,
  spaceId: spaceIdSchema.optional(),
  conversationId: conversationIdSchema.optional(),
  messageId: messageIdSchema.optional(),
  threadId: messageIdSchema.optional(),
  /** What it is about when that is not a message. Items of one object are shown together. */
  object: objectRefSchema.optional(),
  actorId: personIdSchema.optional(),
  /** Of `meetingNews`. */
  news: meetingNewsSchema.optional(),
  /** Of a reminder of an event: the way into its meeting (CONFERENCE, RFC 7986), a web address. */
  conference: z
    .string()
    .max(2000)
    .regex(/^https:\/\//)
    .optional(),
  /** Beginning of the text, title or name, so that it says something also where the object is not cached. */
  excerpt: z.string().max(300).optional(),
  /** `sentAt` of the message, so that reading up to it settles it. */
  happenedAt: isoTimeSchema.optional(),
  /**
   * Of an item that stands for several messages of one place (a direct conversation, a thread, a channel followed whole):
   * `sentAt` of the first of them; the item names the latest.
   */
  since: isoTimeSchema.optional(),
  createdAt: isoTimeSchema,
  doneAt: isoTimeSchema.optional(),
  /** Hidden until then. */
  snoozedUntil: isoTimeSchema.optional(),
});
export type Notification = z.infer<typeof notificationSchema>;
