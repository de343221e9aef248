import { join } from "node:path";
import { z } from "zod";
import { driveIdSchema, drivePathSchema } from "#contract/drives.ts";
import { JsonFile } from "../../files/json-file.ts";

const rowSchema = z.object({
  id: z.uuid(),
  driveId: driveIdSchema,
  path: drivePathSchema,
  /** Of the file in its folder. */
  name: z.string().min(1),
  /** While it is fetched, nothing of the person's is in it. */
  isFetched: z.boolean(),
  isReadOnly: z.boolean(),
  /** What the drive had when both were the same. */
  version: z.string().nullable(),
  hash: z.string(),
  conflictWith: drivePathSchema.nullable(),
  savedAt: z.string().nullable(),
});
export type CopyRow = z.infer<typeof rowSchema>;

const contentSchema = z.object({ version: z.literal(1), copies: z.array(rowSchema) });
export type CopiesContent = z.infer<typeof contentSchema>;

/** What is open, written before and after each step: whoever is killed goes on. */
export function createCopiesFile(
  folder: string,
  onDamaged: (message: string) => void,
): JsonFile<CopiesContent> {
  return new JsonFile({
    path: join(folder, "copies.json"),
    schema: contentSchema,
    empty: () => ({ version: 1, copies: [] }),
    onDamaged,
  });
}
