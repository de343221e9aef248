import { z } from "zod";
import { calendarObjectSchema, calendarSchema } from "../entities/calendar.ts";
import { membershipSchema } from "../entities/membership.ts";
import { participationStatuses } from "../icalendar/people.ts";
import { calendarIdSchema, calendarObjectIdSchema, personIdSchema, spaceIdSchema } from "../ids.ts";
import { scopeSchema } from "../scope.ts";
import { isoTimeSchema } from "../time.ts";
import { keptness, keyed, pendingSchema, personBriefSchema, refusedWriteSchema } from "./message-view.ts";

const noInfo = z.object({});
/** IANA name of where the reader is: whole days and floating times are theirs. */
const zone = z.string().min(1).max(255);

export const calendarSummarySchema = z.object({
  ...keyed,
  scope: scopeSchema,
  calendar: calendarSchema,
  /** False for the first calendar of a place before anything stands in it. */
  isMade: z.boolean(),
  /** Null for the reader's own. */
  space: z.object({ id: spaceIdSchema, name: z.string(), emoji: z.string() }).nullable(),
  role: membershipSchema.shape.role.nullable(),
  /** Adds events; changes its own of guests, all of others. */
  canWrite: z.boolean(),
  /** Changes name and colour. */
  canArrange: z.boolean(),
  /** Removes it with its events. */
  canRun: z.boolean(),
  pending: pendingSchema.nullable(),
  ...keptness,
});
export type CalendarSummary = z.infer<typeof calendarSummarySchema>;

/** One time of an event, as it is drawn. Its key lasts as long as the series; its sort is its start. */
export const eventInstanceSchema = z.object({
  ...keyed,
  scope: scopeSchema,
  objectId: calendarObjectIdSchema,
  calendarId: calendarIdSchema,
  /** Which time of the series (`instanceKey`): what RECURRENCE-ID names. */
  instance: z.string(),
  title: z.string(),
  place: z.string().nullable(),
  startsAt: isoTimeSchema,
  /** Exclusive. */
  endsAt: isoTimeSchema,
  /** Of whole days: the first, and the one after the last. */
  days: z.object({ start: z.iso.date(), end: z.iso.date() }).nullable(),
  isRecurring: z.boolean(),
  status: z.enum(["tentative", "confirmed", "cancelled"]),
  isFree: z.boolean(),
  conference: z.string().nullable(),
  /** The reader may change it. */
  canWrite: z.boolean(),
  /** What the reader answered; null where somebody else does not ask them. */
  answer: z.enum(participationStatuses).nullable(),
  isPending: z.boolean(),
  /** Writes about the object that the server did not take. */
  refused: z.int(),
});
export type EventInstance = z.infer<typeof eventInstanceSchema>;

export const calendarQueries = {
  /** The reader's own first, then by space and name. */
  calendars: {
    args: z.object({ spaceId: spaceIdSchema.optional() }),
    item: calendarSummarySchema,
    info: noInfo,
  },
  /** Times of events that touch a range, by start. Of an event that stands in several calendars, the reader's own. */
  eventRange: {
    args: z.object({
      fromMs: z.number(),
      /** Exclusive; at most 400 days after. */
      toMs: z.number(),
      zone,
      /** Calendars that are left out. */
      hidden: z.array(z.string()).max(500),
      spaceId: spaceIdSchema.optional(),
    }),
    item: eventInstanceSchema,
    /** `isCut`: rules of others were so many that not everything could be followed. */
    info: z.object({ isCut: z.boolean() }),
  },
  /** All objects of a place as they are written, to be given to other programs and compared with theirs. */
  calendarObjects: {
    args: z.object({ scope: scopeSchema }),
    item: z.object({ ...keyed, object: calendarObjectSchema }),
    info: noInfo,
  },
  /** An object as a whole, for the form; nothing stands in the list. */
  event: {
    args: z.object({ scope: scopeSchema, objectId: calendarObjectIdSchema }),
    item: z.object(keyed),
    info: z.object({
      object: calendarObjectSchema.nullable(),
      calendar: calendarSummarySchema.nullable(),
      canWrite: z.boolean(),
      pending: pendingSchema.nullable(),
      refused: z.array(refusedWriteSchema),
      people: z.record(z.string(), personBriefSchema),
      /** Who of the workplace is meant by a calendar address (folded). */
      addresses: z.record(z.string(), personIdSchema),
      /** The reader's calendar address, where they are asked by somebody else: they answer with `calendarObject.reply`. */
      invitedAs: z.string().nullable(),
    }),
  },
  /** Events whose title has the words, the next ones first, then those that were. */
  eventSearch: {
    args: z.object({ text: z.string().max(200), limit: z.int().min(1).max(100) }),
    item: z.object({
      ...keyed,
      scope: scopeSchema,
      objectId: calendarObjectIdSchema,
      calendarName: z.string(),
      title: z.string(),
      /** Null of a series. */
      startsAt: isoTimeSchema.nullable(),
    }),
    info: noInfo,
  },
} as const;
