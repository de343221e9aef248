import { z } from "zod";
import { accountIdSchema, type AccountId } from "./account.ts";
import { naturalId } from "./ids.ts";
import { problemSchema, type ProblemKind } from "./problem.ts";
import { scopeSchema, type Scope } from "./scope.ts";
import { isoTimeSchema } from "./time.ts";

/**
 * Drives: folders that lie outside the workplace's rows, reached by the host for both shells. Control goes over the bridge
 * (`driveChannels`), listings and bytes over HTTP of the page's own origin (`driveUrl`).
 */

export const driveIdSchema = z
  .string()
  .regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/)
  .brand<"DriveId">();
export type DriveId = z.infer<typeof driveIdSchema>;

/** Of the library of a space or a person, as an account sees it. Usable once `drives.library` was asked for it. */
export function libraryDriveId(accountId: AccountId, scope: Scope): DriveId {
  return driveIdSchema.parse(naturalId("libraryDrive", accountId, scope));
}

/**
 * Where something lies in a drive: names joined by `/`, without one at either end; empty for the top. Names stand as the
 * drive has them (neither folded nor normalised): only what would lead elsewhere is refused.
 */
export const drivePathSchema = z
  .string()
  .max(8000)
  .refine(
    (path) => path === "" || path.split("/").every(isDriveName),
    "names joined by /, none of them empty, . or ..",
  )
  .brand<"DrivePath">();
export type DrivePath = z.infer<typeof drivePathSchema>;

export const TOP: DrivePath = drivePathSchema.parse("");

function isDriveName(name: string): boolean {
  return name !== "" && name !== "." && name !== ".." && !name.includes("\0");
}

/** @throws ZodError for a name that would lead elsewhere */
export function childPath(folder: DrivePath, name: string): DrivePath {
  if (name.includes("/")) return drivePathSchema.parse("/");
  return drivePathSchema.parse(folder === "" ? name : `${folder}/${name}`);
}

/** The folder that something lies in; the top for what lies there, and for itself. */
export function parentPath(path: DrivePath): DrivePath {
  return drivePathSchema.parse(path.split("/").slice(0, -1).join("/"));
}

/** The last of its names; empty for the top. */
export function nameOf(path: DrivePath): string {
  return path.split("/").at(-1) ?? "";
}

/** What can be expected to go wrong with a drive; `fault` of the problem, whose `kind` follows from it. */
export const driveFaults = {
  /** It is not there, or no longer. */
  notFound: "notFound",
  /** Something of that name is there. */
  exists: "conflict",
  /** It is no longer what the caller last saw (412). */
  changed: "conflict",
  /** Somebody has it locked (423). */
  locked: "conflict",
  /** The folder holds something, or a file stands where a folder should. */
  notEmpty: "conflict",
  notAFolder: "badRequest",
  notAFile: "badRequest",
  /** This drive cannot hold such a name. */
  invalidName: "badRequest",
  /** It would leave the drive: a link leading out, a loop of links. */
  outside: "forbidden",
  forbidden: "forbidden",
  /** The whole drive may only be read. */
  readOnly: "forbidden",
  /** 507, quota, disk full. */
  full: "storageFull",
  tooLarge: "tooLarge",
  needsPassword: "signInRequired",
  wrongPassword: "signInFailed",
  /** Nobody answers, or not in time. */
  unreachable: "offline",
  /** It answers something that it should not: wrong length, wrong hash, broken XML. */
  damaged: "unavailable",
  /** It sends the caller to another host: nothing is sent there. */
  elsewhere: "forbidden",
  unsupported: "unsupported",
  cancelled: "cancelled",
} as const satisfies Record<string, ProblemKind>;
export type DriveFault = keyof typeof driveFaults;

export const driveProblemSchema = problemSchema.extend({
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Object.keys forgets the names of its object
  fault: z.enum(Object.keys(driveFaults) as [DriveFault, ...DriveFault[]]).optional(),
});

/** Who holds a file against the writes of others. */
export const driveLockSchema = z.object({
  /** As the drive names them; null when it does not say. */
  owner: z.string().max(500).nullable(),
  isMine: z.boolean(),
  expiresAt: isoTimeSchema.nullable(),
});

export const driveEntrySchema = z.object({
  path: drivePathSchema,
  name: z.string(),
  kind: z.enum(["file", "folder"]),
  /** Of files; null when the drive does not say. */
  sizeBytes: z.int().nonnegative().nullable(),
  modifiedAt: isoTimeSchema.nullable(),
  /** Changes whenever the content does: a strong ETag, or made of size, time and number of a file. Null: the drive has none. */
  version: z.string().max(1000).nullable(),
  /** Stays when it is renamed or moved within the drive; null where the drive has no such thing. */
  fileId: z.string().max(500).nullable(),
  mediaType: z.string().max(200).nullable(),
  lock: driveLockSchema.nullable(),
});
export type DriveEntry = z.infer<typeof driveEntrySchema>;

export const driveQuotaSchema = z.object({
  usedBytes: z.number().nonnegative().nullable(),
  availableBytes: z.number().nonnegative().nullable(),
});
export type DriveQuota = z.infer<typeof driveQuotaSchema>;

export const driveKinds = ["folder", "mount", "webdav", "library"] as const;
export type DriveKind = (typeof driveKinds)[number];

/** A drive as pages see it; no password is ever in it. */
export const driveSchema = z.object({
  id: driveIdSchema,
  name: z.string().min(1).max(200),
  kind: z.enum(driveKinds),
  /** Folder, UNC path or `https:` address, without credentials. */
  address: z.string().max(2000),
  /** Who gave it: the person, a policy, their workplace, or the system whose mount it is. Only the first can be removed. */
  origin: z.enum(["person", "policy", "workplace", "system"]),
  /** Of those given by a workplace, and of its libraries. */
  accountId: accountIdSchema.nullable(),
  username: z.string().max(320).nullable(),
  state: z.enum(["connected", "connecting", "needsPassword", "unreachable", "disconnected"]),
  /** When that state began. */
  since: isoTimeSchema,
  problem: driveProblemSchema.nullable(),
  /** Null until it is known. */
  canWrite: z.boolean().nullable(),
  canLock: z.boolean().nullable(),
  quota: driveQuotaSchema.nullable(),
  /** Names that are known without asking it; null: not indexed. */
  index: z
    .object({
      entries: z.int().nonnegative(),
      isRunning: z.boolean(),
      /** When it was last looked through to the end. */
      completedAt: isoTimeSchema.nullable(),
    })
    .nullable(),
});
export type DriveInfo = z.infer<typeof driveSchema>;

/** A drive that is added by hand. */
export const newDriveSchema = z.object({
  name: z.string().trim().min(1).max(200),
  kind: z.enum(["folder", "mount", "webdav"]),
  address: z.string().trim().min(1).max(2000),
  username: z.string().max(320).optional(),
  password: z.string().max(1000).optional(),
});

/** What the system has mounted and is not a drive of Parvis yet. */
export const foundMountSchema = z.object({
  name: z.string(),
  address: z.string(),
  protocol: z.enum(["smb", "nfs", "webdav", "other"]),
});

export const driveHitSchema = z.object({
  driveId: driveIdSchema,
  path: drivePathSchema,
  kind: z.enum(["file", "folder"]),
  sizeBytes: z.int().nonnegative().nullable(),
  modifiedAt: isoTimeSchema.nullable(),
});
export type DriveHit = z.infer<typeof driveHitSchema>;

const driveOnly = z.object({ driveId: driveIdSchema });
const inDrive = driveOnly.extend({ path: drivePathSchema });
const nothing = z.object({});

/** What can be given up (`drives.cancel`), and is told of while it lasts (`driveProgress`): an id that the page makes. */
export const driveOperationSchema = z.uuid();

const placing = inDrive.extend({
  toDriveId: driveIdSchema,
  to: drivePathSchema,
  overwrite: z.boolean().optional(),
  operation: driveOperationSchema.optional(),
});

/** What a page may ask of drives, besides `driveUrl`. Fails with the faults above. */
export const driveChannels = {
  "drives.list": { args: nothing, result: z.array(driveSchema) },
  /** The library of a space or of oneself as a drive (`libraryDriveId`); not in the list. */
  "drives.library": {
    args: z.object({ accountId: accountIdSchema, scope: scopeSchema }),
    result: driveSchema,
  },
  /** The drive that holds what another person cites by address and path, as this machine calls it; null: none of those that are here. */
  "drives.locate": {
    args: z.object({ address: z.string().max(2000), path: drivePathSchema }),
    result: inDrive.nullable(),
  },
  "drives.found": { args: nothing, result: z.array(foundMountSchema) },
  /** Adds it once it was reached; fails with what stood in the way, and adds nothing. */
  "drives.add": { args: newDriveSchema, result: driveSchema },
  /** Forgets it with its password, its index and its pins; what lies on it stays. */
  "drives.remove": { args: driveOnly, result: z.null() },
  "drives.rename": { args: driveOnly.extend({ name: newDriveSchema.shape.name }), result: driveSchema },
  /** Tries again now; with a password, keeps it in the secret store once it was accepted. */
  "drives.connect": {
    args: driveOnly.extend({
      username: z.string().max(320).optional(),
      password: z.string().max(1000).optional(),
    }),
    result: driveSchema,
  },
  "drives.disconnect": { args: driveOnly, result: driveSchema },
  "drives.stat": { args: inDrive, result: driveEntrySchema },
  "drives.makeFolder": { args: inDrive, result: driveEntrySchema },
  /** Between two drives it is a copy and a removal. Fails with `exists` unless `overwrite`. */
  "drives.move": { args: placing, result: driveEntrySchema },
  "drives.copy": { args: placing, result: driveEntrySchema },
  /** What was under way under this id ends with `cancelled`, and leaves nothing half-done. Unknown ids: nothing happens. */
  "drives.cancel": { args: z.object({ operation: driveOperationSchema }), result: z.null() },
  /** A folder with all that it holds. */
  "drives.delete": { args: inDrive.extend({ version: z.string().nullable() }), result: z.null() },
  "drives.lock": { args: inDrive, result: driveEntrySchema },
  "drives.unlock": { args: inDrive, result: driveEntrySchema },
  /** In the names that are indexed: every word of `text`, accents and case aside; best first. */
  "drives.search": {
    args: z.object({
      text: z.string().max(200),
      driveIds: z.array(driveIdSchema).optional(),
      limit: z.int().min(1).max(200),
    }),
    result: z.array(driveHitSchema),
  },
  /** The folder that the name search does not look into, and looks into again. */
  "drives.setIndexed": { args: driveOnly.extend({ isIndexed: z.boolean() }), result: driveSchema },
} as const;

/** Told to every page. */
export const driveEvents = [
  z.object({ type: z.literal("drivesChanged"), drives: z.array(driveSchema) }),
  /** Something in this folder is not as it was: a page that shows it lists it again. */
  z.object({ type: z.literal("driveFolderChanged"), driveId: driveIdSchema, path: drivePathSchema }),
  /** At most a few times a second. */
  z.object({
    type: z.literal("driveProgress"),
    operation: driveOperationSchema,
    doneBytes: z.number(),
    /** Null until it is known. */
    totalBytes: z.number().nullable(),
  }),
] as const;

/**
 * - `GET entries?path=`: NDJSON, one `driveEntry` a line as they come; a last line `{"problem": …}` when it broke off
 * - `GET content?path=` (`Range`, `If-Match` with the entry's version): the bytes, never as a page (`sandbox`, `nosniff`)
 *   An entry's version stands in these headers as it is, without further quotes.
 * - `PUT content?path=` (`If-Match: version`, `If-None-Match: *` for a new file, `If-Match: *` for whatever is there): writes
 *   the body; answers the entry. `parvis-size`: its bytes, where the shell does not say them itself.
 *
 * Failures are problem details with a `fault`.
 */
export function driveUrl(driveId: DriveId, call: "entries" | "content", path: DrivePath): string {
  return `/drives/${driveId}/${call}?path=${encodeURIComponent(path)}`;
}

export const driveLineSchema = z.union([driveEntrySchema, z.object({ problem: driveProblemSchema })]);
