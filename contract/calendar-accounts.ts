import { z } from "zod";
import { accountIdSchema } from "./account.ts";
import { labelColourSchema } from "./entities/task.ts";
import { problemSchema } from "./problem.ts";
import { scopeSchema } from "./scope.ts";
import { isoTimeSchema } from "./time.ts";

/**
 * Calendars that lie outside the workplace and stand beside its own: of a CalDAV server (RFC 4791), or one file of iCalendar at an
 * address (a subscription). The host of this machine brings each as a scope of its own, `remote:<id>`, through the doors
 * of the workplace (`/v1/sync`, `/v1/events`, `/v1/mutations`); the workplace's server never hears of them.
 */

export const calendarAccountIdSchema = z.uuid().brand<"CalendarAccountId">();
export type CalendarAccountId = z.infer<typeof calendarAccountIdSchema>;

export const calendarAccountKinds = ["caldav", "subscription"] as const;

/** What a collection may hold that is shown (RFC 4791 section 5.2.3): events on the calendar, tasks as a board. */
export const calendarComponents = ["VEVENT", "VTODO"] as const;
export type CalendarComponent = (typeof calendarComponents)[number];

const nameSchema = z.string().trim().min(1).max(200);

export const remoteCalendarSchema = z.object({
  scope: scopeSchema,
  name: z.string().min(1).max(200),
  colour: labelColourSchema,
  canWrite: z.boolean(),
  /** What it holds: events, tasks (a list), or both. */
  holds: z.array(z.enum(calendarComponents)).min(1),
  /** When it was last compared with its server; null: not yet. */
  checkedAt: isoTimeSchema.nullable(),
  /** What stood in the way the last time. */
  problem: problemSchema.nullable(),
  /** Objects that are there and cannot be shown: too large, broken, or of a UID that is there twice. */
  unreadable: z.int().nonnegative(),
});

export const calendarAccountSchema = z.object({
  id: calendarAccountIdSchema,
  /** Beside whose calendars it stands. */
  accountId: accountIdSchema,
  kind: z.enum(calendarAccountKinds),
  name: nameSchema,
  /** Without credentials. */
  address: z.string().max(2000),
  username: z.string().max(320).nullable(),
  state: z.enum(["connecting", "connected", "needsPassword", "unreachable"]),
  problem: problemSchema.nullable(),
  calendars: z.array(remoteCalendarSchema),
});
export type CalendarAccount = z.infer<typeof calendarAccountSchema>;

export const newCalendarAccountSchema = z.object({
  accountId: accountIdSchema,
  kind: z.enum(calendarAccountKinds),
  /** Without it: what the server calls it, or its host. */
  name: nameSchema.optional(),
  /** `https:`, `webcal:`, or a host alone (RFC 6764); plain `http:` to this machine only. */
  address: z.string().trim().min(1).max(2000),
  username: z.string().max(320).optional(),
  password: z.string().max(1000).optional(),
});
export type NewCalendarAccount = z.infer<typeof newCalendarAccountSchema>;

const accountOnly = z.object({ id: calendarAccountIdSchema });

export const calendarAccountChannels = {
  "calendarAccounts.list": { args: z.object({}), result: z.array(calendarAccountSchema) },
  /** Adds it once it was reached; fails with what stood in the way, and adds nothing. */
  "calendarAccounts.add": { args: newCalendarAccountSchema, result: calendarAccountSchema },
  /** Forgets it here with its password; what lies on the server stays. */
  "calendarAccounts.remove": { args: accountOnly, result: z.null() },
  "calendarAccounts.rename": {
    args: accountOnly.extend({ name: nameSchema }),
    result: calendarAccountSchema,
  },
  /** Compares again now, and finds calendars that came or went; with a password, keeps that once it was accepted. */
  "calendarAccounts.refresh": {
    args: accountOnly.extend({ password: z.string().max(1000).optional() }),
    result: calendarAccountSchema,
  },
} as const;

/** Told to every page. */
export const calendarAccountEvents = [
  z.object({ type: z.literal("calendarAccountsChanged"), accounts: z.array(calendarAccountSchema) }),
] as const;
