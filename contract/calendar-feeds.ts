import { z } from "zod";
import { calendarIdSchema, freshIdSchema } from "./ids.ts";
import { scopeSchema } from "./scope.ts";
import { isoTimeSchema } from "./time.ts";

/**
 * A calendar under a secret address, `GET /v1/feeds/TOKEN.ics` without credentials: whoever knows the address reads it, as
 * iCalendar. What is marked private or confidential (CLASS) is in it as taken time alone. The workplace keeps the token's
 * hash alone. It ends when it is taken back, when the calendar does, and when whoever made it may no longer publish it.
 */

/** `POST /v1/calendar-feeds`: of one's own calendars, and of spaces that one runs and that are not above internal. */
export const calendarFeedRequestSchema = z.looseObject({ scope: scopeSchema, calendarId: calendarIdSchema });
export type CalendarFeedRequest = z.infer<typeof calendarFeedRequestSchema>;

export const calendarFeedSchema = z.looseObject({
  id: freshIdSchema,
  scope: scopeSchema,
  calendarId: calendarIdSchema,
  createdAt: isoTimeSchema,
});
export type CalendarFeed = z.infer<typeof calendarFeedSchema>;

/** Told once. */
export const newCalendarFeedSchema = calendarFeedSchema.extend({ url: z.url() });
export type NewCalendarFeed = z.infer<typeof newCalendarFeedSchema>;

/** `GET /v1/calendar-feeds`: those that the caller made; `DELETE /v1/calendar-feeds/{id}` takes one back. */
export const calendarFeedListSchema = z.looseObject({ feeds: z.array(calendarFeedSchema) });
export type CalendarFeedList = z.infer<typeof calendarFeedListSchema>;
