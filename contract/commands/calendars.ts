import { z } from "zod";
import { calendarObjectSchema, calendarSettingsSchema } from "../entities/calendar.ts";
import { answerStatuses } from "../icalendar/scheduling.ts";
import { calendarIdSchema, calendarObjectIdSchema } from "../ids.ts";

const fields = z.record(z.string().max(64), z.unknown());
const revision = calendarObjectSchema.shape.revision;

/**
 * Calendars and their objects. Scope: the calendar's (a space's, or a person's own).
 *
 * - Calendars are updated by the field, as `board.update`; removed with their objects
 * - An object is replaced as a whole: of another revision than the one that stands, conflict
 * - Of one UID a place has one object: its id is `calendarObjectKey`
 */
export const calendarMutations = {
  "calendar.create": z.looseObject({ id: calendarIdSchema, ...calendarSettingsSchema.shape }),
  "calendar.update": z.looseObject({ id: calendarIdSchema, base: fields, changes: fields }),
  "calendar.remove": z.looseObject({ id: calendarIdSchema }),
  /** Without `baseRevision` it is new. On `ownCalendarId` or `spaceCalendarId` the calendar is made with it. */
  "calendarObject.put": z.looseObject({
    id: calendarObjectIdSchema,
    calendarId: calendarIdSchema,
    data: calendarObjectSchema.shape.data,
    baseRevision: revision.optional(),
  }),
  "calendarObject.remove": z.looseObject({ id: calendarObjectIdSchema, baseRevision: revision }),
  /**
   * An answer to an invitation, of one's own copy (`source`), to all times or to one of them. It goes to the organizer and to
   * everybody invited; one to a time that was moved since (`sequence`, RFC 5546 section 2.1.4) is refused.
   */
  "calendarObject.reply": z.looseObject({
    id: calendarObjectIdSchema,
    status: z.enum(answerStatuses),
    /** SEQUENCE of what was answered. */
    sequence: z.int().min(0),
    time: z.looseObject({ instance: z.string().min(1).max(100), startMs: z.int() }).optional(),
    comment: z.string().max(1000).optional(),
    /** Another time that would suit, moments; at most 31 days long. */
    proposal: z
      .looseObject({ startMs: z.int(), endMs: z.int() })
      .refine(({ startMs, endMs }) => endMs > startMs && endMs - startMs <= 31 * 86_400_000, {
        message: "It ends after it begins, within 31 days.",
      })
      .optional(),
  }),
  "calendarObject.move": z.looseObject({ id: calendarObjectIdSchema, calendarId: calendarIdSchema }),
} as const;
