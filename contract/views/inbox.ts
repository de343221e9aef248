import { z } from "zod";
import { askSchema, notificationSchema } from "../entities/notification.ts";
import { sessionSchema } from "../entities/session.ts";
import { placeSettingSchema, preferencesSchema } from "../entities/preferences.ts";
import { rowIdSchema, spaceIdSchema } from "../ids.ts";
import { isoTimeSchema } from "../time.ts";
import { workingHoursSchema } from "../working-hours.ts";
import { keyed, personBriefSchema } from "./message-view.ts";

const none = z.never();

/** What waits, by what it asks. */
export const inboxCountsSchema = z.object({
  do: z.int(),
  answer: z.int(),
  know: z.int(),
  all: z.int(),
});
export type InboxCounts = z.infer<typeof inboxCountsSchema>;

/** Items of one object, as one line: the newest tells, all are meant. */
export const inboxGroupSchema = z.object({
  ...keyed,
  newest: notificationSchema,
  ids: z.array(rowIdSchema),
  /** The most that one of them asks: a deed before an answer before knowledge. */
  ask: askSchema,
  /** Who did it, newest first, up to three; `actorCount` is all of them. */
  actors: z.array(personBriefSchema),
  actorCount: z.int(),
  /** Name of the conversation or space; empty for a direct one. */
  place: z.string(),
  excerpt: z.string(),
  at: isoTimeSchema,
});
export type InboxGroup = z.infer<typeof inboxGroupSchema>;

const quietSchema = z.enum(["doNotDisturb", "ownHours", "organisation"]);

/** Live queries of the inbox and of the person's settings. */
export const inboxQueries = {
  inbox: {
    args: z.object({
      show: z.enum(["waiting", "snoozed", "done"]),
      /** Only what asks this. */
      ask: askSchema.optional(),
      limit: z.int().min(1).max(1000),
    }),
    /** Newest first; snoozed ones soonest first. */
    item: inboxGroupSchema,
    info: z.object({ counts: inboxCountsSchema, snoozed: z.int(), hasMore: z.boolean() }),
  },
  /** What came for the reader since then and still waits. Items: the most important of it. */
  away: {
    args: z.object({ since: isoTimeSchema }),
    item: inboxGroupSchema,
    info: z.object({
      count: z.int(),
      /** Who did it, newest first, up to three; `personCount` is all of them. */
      people: z.array(personBriefSchema),
      personCount: z.int(),
      /** Most first. */
      spaces: z.array(z.object({ id: spaceIdSchema, name: z.string(), count: z.int() })),
    }),
  },
  inboxCounts: { args: z.object({}), item: none, info: inboxCountsSchema },
  preferences: {
    args: z.object({}),
    item: none,
    info: z.object({
      preferences: preferencesSchema.nullable(),
      /** Why nothing is announced at this moment, or null. */
      quiet: quietSchema.nullable(),
      hours: workingHoursSchema.nullable(),
      /** The organisation's hours are imposed. */
      isQuietImposed: z.boolean(),
    }),
  },
  /** Where the reader is signed in: those that count first, last seen first. */
  devices: {
    args: z.object({}),
    /** `isPending`: ended here, and the server has not been told yet. */
    item: z.object({ ...keyed, session: sessionSchema, isPending: z.boolean() }),
    info: z.object({}),
  },
  /** Conversations and spaces that the reader set apart from the usual, by name. */
  placeSettings: {
    args: z.object({}),
    item: z.object({ ...keyed, setting: placeSettingSchema, name: z.string(), isSpace: z.boolean() }),
    info: z.object({}),
  },
} as const;
