import { join } from "node:path";
import { z } from "zod";
import { accountIdSchema } from "#contract/account.ts";
import {
  calendarAccountIdSchema,
  calendarAccountKinds,
  calendarAccountSchema,
  calendarComponents,
} from "#contract/calendar-accounts.ts";
import { labelColourSchema } from "#contract/entities/task.ts";
import { JsonFile } from "../../files/json-file.ts";

const keptCalendarSchema = z.object({
  /** Of its scope. */
  id: z.uuid(),
  address: z.string().max(4000),
  name: z.string().min(1).max(200),
  colour: labelColourSchema,
  canWrite: z.boolean(),
  /** Before lists of tasks were shown there were events alone. */
  holds: z.array(z.enum(calendarComponents)).default(["VEVENT"]),
});
export type KeptCalendar = z.infer<typeof keptCalendarSchema>;

const keptAccountSchema = z.object({
  id: calendarAccountIdSchema,
  accountId: accountIdSchema,
  kind: z.enum(calendarAccountKinds),
  name: calendarAccountSchema.shape.name,
  address: z.string().max(2000),
  username: z.string().max(320).nullable(),
  calendars: z.array(keptCalendarSchema),
});
export type KeptAccount = z.infer<typeof keptAccountSchema>;

const fileSchema = z.object({ version: z.literal(1), accounts: z.array(keptAccountSchema) });
export type CalendarAccountsContent = z.infer<typeof fileSchema>;

/** `calendar-accounts.json`: no password is ever in it. */
export function createCalendarAccountsFile(
  dataDir: string,
  onDamaged: (message: string) => void,
): JsonFile<CalendarAccountsContent> {
  return new JsonFile<CalendarAccountsContent>({
    path: join(dataDir, "calendar-accounts.json"),
    schema: fileSchema,
    empty: () => ({ version: 1, accounts: [] }),
    salvage,
    onDamaged,
  });
}

/** One account that does not fit does not cost the others. */
function salvage(value: unknown): CalendarAccountsContent | undefined {
  const whole = z.looseObject({ accounts: z.array(z.unknown()) }).safeParse(value);
  if (!whole.success) return undefined;
  const accounts = whole.data.accounts.flatMap((one) => keptAccountSchema.safeParse(one).data ?? []);
  return { version: 1, accounts };
}
