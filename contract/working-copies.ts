import { z } from "zod";
import { driveIdSchema, drivePathSchema, driveProblemSchema } from "./drives.ts";
import { isoTimeSchema } from "./time.ts";

/** Files of drives that are open in a program of this machine: a copy here, sent back whenever it is saved. */

export const workingCopySchema = z.object({
  id: z.uuid(),
  driveId: driveIdSchema,
  /** Where it is sent to: another name once somebody else's version stands at the first. */
  path: drivePathSchema,
  /** `waiting`: saved here, not yet on the drive. */
  state: z.enum(["open", "sending", "waiting"]),
  /** It can be read alone: nothing of it is sent. */
  isReadOnly: z.boolean(),
  /** Both versions were kept: this is where the one of the drive lies. */
  conflictWith: drivePathSchema.nullable(),
  savedAt: isoTimeSchema.nullable(),
  problem: driveProblemSchema.nullable(),
});
export type WorkingCopy = z.infer<typeof workingCopySchema>;

const copyOnly = z.object({ id: workingCopySchema.shape.id });

export const workingCopyChannels = {
  /**
   * Opens a file with the program that the system has for it; one that is open already is shown again. Refused (`forbidden`)
   * for what could run something.
   */
  "workingCopies.open": {
    args: z.object({ driveId: driveIdSchema, path: drivePathSchema }),
    result: workingCopySchema,
  },
  "workingCopies.list": { args: z.object({}), result: z.array(workingCopySchema) },
  /** Sends what is to be sent, gives the lock back and deletes the copy. Fails, and keeps it, where it cannot be sent. */
  "workingCopies.close": { args: copyOnly, result: z.null() },
} as const;

export const workingCopyEvents = [
  z.object({ type: z.literal("workingCopiesChanged"), copies: z.array(workingCopySchema) }),
] as const;
