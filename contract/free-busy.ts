import { z } from "zod";
import { calendarObjectSchema } from "./entities/calendar.ts";
import { personIdSchema } from "./ids.ts";
import { isoTimeSchema } from "./time.ts";
import { workingHoursSchema } from "./working-hours.ts";

const DAY_MS = 86_400_000;
export const MOST_FREE_BUSY_DAYS = 62;
export const MOST_FREE_BUSY_PEOPLE = 100;

/** `POST /v1/free-busy`: when people have time. A question like a GET: it writes nothing and may be asked again. */
export const freeBusyRequestSchema = z
  .looseObject({
    personIds: z.array(personIdSchema).min(1).max(MOST_FREE_BUSY_PEOPLE),
    from: isoTimeSchema,
    /** Exclusive. */
    to: isoTimeSchema,
    /** IANA name: whole days and floating times of those whose own zone is not known. UTC unless said otherwise. */
    timeZone: z.string().min(1).max(64).optional(),
    /** UID of an event that the caller organizes, or made: what it takes is not told, for it is the one being moved. */
    except: calendarObjectSchema.shape.uid.optional(),
  })
  .refine(({ from, to }) => Date.parse(from) < Date.parse(to), { path: ["to"], error: "Must be after from." })
  .refine(({ from, to }) => Date.parse(to) - Date.parse(from) <= MOST_FREE_BUSY_DAYS * DAY_MS, {
    path: ["to"],
    error: `At most ${MOST_FREE_BUSY_DAYS} days after from.`,
  });
export type FreeBusyRequest = z.infer<typeof freeBusyRequestSchema>;

/** Time that is taken, and nothing of what by. */
export const takenTimeSchema = z.looseObject({
  from: isoTimeSchema,
  /** Exclusive. */
  to: isoTimeSchema,
  /** `tentative`: not certain, or not answered yet. */
  status: z.enum(["busy", "tentative"]),
});
export type TakenTime = z.infer<typeof takenTimeSchema>;

export const personTimeSchema = z.looseObject({
  personId: personIdSchema,
  /** In order, without overlap, within what was asked. */
  busy: z.array(takenTimeSchema).max(5000),
  /** Their own, else those of their organisation; absent when neither is known. */
  workingHours: workingHoursSchema.optional(),
  /** More is taken than could be worked out. */
  isCut: z.literal(true).optional(),
});
export type PersonTime = z.infer<typeof personTimeSchema>;

export const freeBusySchema = z.looseObject({
  /** In the order asked for, each once. */
  people: z.array(personTimeSchema),
  /** Who is not there, or whose time the caller may not ask for: guests know of those with whom they share a space. */
  unknown: z.array(personIdSchema),
});
export type FreeBusy = z.infer<typeof freeBusySchema>;
