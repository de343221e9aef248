import { randomUUID } from "node:crypto";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { AppError } from "#contract/problem.ts";
import { errorCode } from "../files/atomic-file.ts";
import { isReadOnly, JsonFile } from "../files/json-file.ts";

/** Where a shell's secrets can be kept from one start to the next. */
const storeKindSchema = z.enum(["keyring", "safeStorage", "passphraseFile"]);
export type StoreKind = z.infer<typeof storeKindSchema>;

const storesSchema = z
  .object({ browser: storeKindSchema.optional(), electron: storeKindSchema.optional() })
  .default({});

/** What a data folder remembers of itself. */
const profileSchema = z.object({
  version: z.literal(1),
  id: z.uuid(),
  /** Of the browser shell: part of the origin, which owns the cache. */
  port: z.int().min(1).max(65_535).optional(),
  /** Of the embedded workplace, tried first at the next start. */
  workplacePort: z.int().min(1).max(65_535).optional(),
  hasUsedKeyring: z.boolean().default(false),
  /** The store in force, by shell. */
  secretStores: storesSchema,
  /** Everything was moved out of it; it is still to be wiped. */
  retiringStores: storesSchema,
  /** When fetching the Electron binary last failed. */
  electronFailedAt: z.iso.datetime().optional(),
});
type Profile = z.infer<typeof profileSchema>;
export type ProfileFile = JsonFile<Profile>;

/** @throws AppError badRequest when it is a file */
export async function openProfile(
  dataDir: string,
  onDamaged: (message: string) => void,
): Promise<ProfileFile> {
  try {
    await mkdir(dataDir, { recursive: true, mode: 0o700 });
  } catch (error) {
    if (errorCode(error) === "EEXIST") {
      throw new AppError("badRequest", {
        title: "The data folder is not a folder",
        detail: `${dataDir} is a file: name a folder, or one that can be made.`,
        cause: error,
      });
    }
    // It is then kept in memory, and said with the first thing that is to be kept.
    if (!isReadOnly(error)) throw error;
  }
  return new JsonFile<Profile>({
    path: join(dataDir, "profile.json"),
    schema: profileSchema,
    empty: memoized(() => profileSchema.parse({ version: 1, id: randomUUID() })),
    onDamaged,
  });
}

/** A fresh profile has one id, also before it is first written. */
function memoized<T>(make: () => T): () => T {
  let value: T | undefined;
  return () => (value ??= make());
}
