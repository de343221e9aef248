import { join } from "node:path";
import { z } from "zod";
import { JsonFile } from "../files/json-file.ts";
import { vaultSchema } from "../secrets/passphrase-vault.ts";

const lockFileSchema = z.object({
  version: z.literal(1),
  /** The key that seals the cache keys, itself sealed under the code; null while no code is chosen. */
  vault: vaultSchema.nullable(),
  /** Wrong codes since the last right one; counted before a code is tried, so that ending Parvis forgives nothing. */
  failures: z.int().min(0),
  /** No code is tried before. */
  blockedUntil: z.iso.datetime().nullable(),
});
export type LockFile = JsonFile<z.infer<typeof lockFileSchema>>;

export function openLockFile(dataDir: string, onDamaged: (message: string) => void): LockFile {
  return new JsonFile({
    path: join(dataDir, "lock.json"),
    schema: lockFileSchema,
    empty: () => ({ version: 1, vault: null, failures: 0, blockedUntil: null }),
    onDamaged,
  });
}
