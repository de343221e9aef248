import { z } from "zod";
import { calendarIdSchema, calendarObjectIdSchema, personIdSchema } from "../ids.ts";
import { scopeSchema } from "../scope.ts";
import { isoTimeSchema } from "../time.ts";
import { labelColourSchema } from "./task.ts";

/** What people change of a calendar by the field (`calendar.update`). */
export const calendarSettingsSchema = z.looseObject({
  name: z.string().min(1).max(200),
  colour: labelColourSchema,
});

/** What the first calendar of a place is called until somebody gives it a name; interfaces say it in their language. */
export const firstCalendarNames = { own: "Mon calendrier", space: "Calendrier" } as const;

/** A calendar. Scope: a space's (`kind` space), a person's own, or that of a calendar that lies elsewhere (`remote`). */
export const calendarSchema = z.looseObject({
  id: calendarIdSchema,
  ...calendarSettingsSchema.shape,
  kind: z.enum(["own", "space", "remote"]),
  /** Of those that lie elsewhere. */
  remote: z
    .looseObject({
      /** `CalendarAccountId` */
      accountId: z.string(),
      accountName: z.string(),
      isSubscription: z.boolean(),
      canWrite: z.boolean(),
    })
    .optional(),
  createdBy: personIdSchema,
  createdAt: isoTimeSchema,
});
export type Calendar = z.infer<typeof calendarSchema>;

/** An object resource of RFC 4791 section 4.1. Scope: its calendar's. All but the first three fields follow on the server. */
export const calendarObjectSchema = z.looseObject({
  id: calendarObjectIdSchema,
  calendarId: calendarIdSchema,
  /** VCALENDAR with the components of one UID, byte for byte as written; at most 500 kB. */
  data: z.string(),
  uid: z.string().min(1).max(1000),
  kind: z.enum(["VEVENT", "VTODO"]),
  summary: z.string().max(500).optional(),
  /** First start. */
  startsAt: isoTimeSchema.optional(),
  /** Last end, exclusive; absent when it never ends. */
  endsAt: isoTimeSchema.optional(),
  hasRecurrence: z.boolean(),
  /** People of the workplace, by their e-mail. */
  organizerId: personIdSchema.optional(),
  attendeeIds: z.array(personIdSchema),
  /**
   * Of what somebody is invited to: the place of the organizer's object, which this one follows (RFC 6638 section 3.2); at
   * the organizer's its own. There is one of the same UID there.
   */
  source: scopeSchema.optional(),
  revision: z.int().min(1),
  createdBy: personIdSchema,
  createdAt: isoTimeSchema,
  modifiedAt: isoTimeSchema,
});
export type CalendarObjectRow = z.infer<typeof calendarObjectSchema>;
