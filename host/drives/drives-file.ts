import { join } from "node:path";
import { z } from "zod";
import { accountIdSchema } from "#contract/account.ts";
import { driveIdSchema, newDriveSchema } from "#contract/drives.ts";
import { scopeSchema } from "#contract/scope.ts";
import { JsonFile } from "../files/json-file.ts";

/** A drive that somebody added by hand. */
export const addedDriveSchema = z.object({
  id: driveIdSchema,
  name: newDriveSchema.shape.name,
  kind: newDriveSchema.shape.kind,
  address: newDriveSchema.shape.address,
});
export type AddedDrive = z.infer<typeof addedDriveSchema>;

/** What a person chose for a drive, whoever gave it. */
export const driveChoiceSchema = z.object({
  name: newDriveSchema.shape.name.optional(),
  username: z.string().max(320).optional(),
  isDisconnected: z.boolean().optional(),
  isIndexed: z.boolean().optional(),
});
export type DriveChoice = z.infer<typeof driveChoiceSchema>;

const librarySchema = z.object({ accountId: accountIdSchema, scope: scopeSchema });
/** What a workplace last said, so that it holds without it too. */
const assignedSchema = z.object({
  accountId: accountIdSchema,
  drives: z.array(newDriveSchema.pick({ name: true, kind: true, address: true })),
});

const fileSchema = z.object({
  version: z.literal(1),
  drives: z.array(addedDriveSchema),
  choices: z.record(driveIdSchema, driveChoiceSchema),
  libraries: z.array(librarySchema).default([]),
  assigned: z.array(assignedSchema).default([]),
});
export type DrivesContent = z.infer<typeof fileSchema>;

/** `drives.json`: no password is ever in it. */
export function createDrivesFile(
  dataDir: string,
  onDamaged: (message: string) => void,
): JsonFile<DrivesContent> {
  return new JsonFile<DrivesContent>({
    path: join(dataDir, "drives.json"),
    schema: fileSchema,
    empty: emptyDrives,
    salvage,
    onDamaged,
  });
}

export function emptyDrives(): DrivesContent {
  return { version: 1, drives: [], choices: {}, libraries: [], assigned: [] };
}

/** One drive that does not fit does not cost the others. */
function salvage(value: unknown): DrivesContent | undefined {
  const whole = z.looseObject({ drives: z.array(z.unknown()) }).safeParse(value);
  if (!whole.success) return undefined;
  const drives = whole.data.drives.flatMap((one) => {
    const parsed = addedDriveSchema.safeParse(one);
    return parsed.success ? [parsed.data] : [];
  });
  const choices = fileSchema.shape.choices.safeParse(whole.data["choices"]);
  return { ...emptyDrives(), drives, choices: choices.success ? choices.data : {} };
}
