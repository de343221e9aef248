import { z } from "zod";
import { calendarObjectSchema, calendarSettingsSchema } from "../entities/calendar.ts";
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
  "calendarObject.move": z.looseObject({ id: calendarObjectIdSchema, calendarId: calendarIdSchema }),
} as const;
