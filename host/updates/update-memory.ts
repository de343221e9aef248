import { join } from "node:path";
import { z } from "zod";
import { JsonFile } from "../files/json-file.ts";

const memorySchema = z.object({
  /** When the newest list of each name was signed. */
  newestSigned: z.record(z.string(), z.string()).default({}),
  lastCheckedAt: z.iso.datetime().optional(),
  /** Put off by the person until then. */
  deferredUntil: z.iso.datetime().optional(),
  /** When a person was last told that an update is ready: once a day is enough. */
  lastToldAt: z.iso.datetime().optional(),
});
export type UpdateMemory = JsonFile<z.output<typeof memorySchema>>;

/** What a profile remembers of updates from one run to the next. */
export function createUpdateMemory(dataDir: string, onDamaged: (message: string) => void): UpdateMemory {
  return new JsonFile({
    path: join(dataDir, "updates.json"),
    schema: memorySchema,
    empty: () => ({ newestSigned: {} }),
    onDamaged,
  });
}
