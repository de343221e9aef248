import { z } from "zod";
import { driveIdSchema, drivePathSchema, driveProblemSchema } from "./drives.ts";
import { isoTimeSchema } from "./time.ts";

/**
 * Files and folders of drives that are kept on this machine too ("pinned"), as real files, and synchronised both ways.
 * Everything is said by drive and path as on the drive: no page needs a path of the machine.
 */

/** This machine, or the drive. */
export const deletionSides = ["here", "drive"] as const;

export const pinStates = [
  /** How much it is, is being found out. */
  "counting",
  /** Waits for its turn. */
  "waiting",
  "syncing",
  "synced",
  "paused",
  /** More than the budget, the disk or the drive can take: what is there stays and is kept up to date. */
  "full",
  "unreachable",
  "needsPassword",
  /** May no longer be read: what is there stays. */
  "forbidden",
  /** It is no longer on the drive: what is here stays. */
  "gone",
  /** The folder of pinned files is not where it was (another disk, taken away): nothing is done. */
  "folderMissing",
  /** Some of its files could not be brought or taken: `problem` says why. */
  "partly",
  "removing",
] as const;
export type PinState = (typeof pinStates)[number];

/** More files than usual would be deleted: nothing is, until somebody says so. */
export const askedDeletionsSchema = z.object({
  /** Where they would be deleted: on this machine, because they are gone from the drive, or the other way round. */
  where: z.enum(deletionSides),
  files: z.int().positive(),
  /** Of so many in this pin. */
  ofFiles: z.int().positive(),
  /** Some of them. */
  examples: z.array(drivePathSchema).max(20),
});

export const pinSchema = z.object({
  driveId: driveIdSchema,
  path: drivePathSchema,
  kind: z.enum(["file", "folder"]),
  state: z.enum(pinStates),
  /** When that state began. */
  since: isoTimeSchema,
  problem: driveProblemSchema.nullable(),
  pinnedAt: isoTimeSchema,
  /** When both sides were last found to be the same, but for what is named below. */
  syncedAt: isoTimeSchema.nullable(),
  /** On this machine. */
  files: z.int().nonnegative(),
  bytes: z.int().nonnegative(),
  /** Of the run under way; null when there is none, or its size is not known yet. */
  progress: z
    .object({
      doneFiles: z.int().nonnegative(),
      totalFiles: z.int().nonnegative(),
      doneBytes: z.int().nonnegative(),
      totalBytes: z.int().nonnegative(),
    })
    .nullable(),
  conflicts: z.int().nonnegative(),
  /** Named by `offline.leftOut`. */
  leftOut: z.int().nonnegative(),
  askedDeletions: z.array(askedDeletionsSchema).max(2),
});
export type Pin = z.infer<typeof pinSchema>;

export const offlineStatusSchema = z.object({
  /** What the organisation allows; off: nothing can be pinned. */
  isAllowed: z.boolean(),
  isPaused: z.boolean(),
  /** The connection is paid by volume: fewer at a time, and slower. */
  isThrottled: z.boolean(),
  pins: z.array(pinSchema),
  bytes: z.int().nonnegative(),
  /** Null: as much as the disk holds. */
  budgetBytes: z.int().nonnegative().nullable(),
});
export type OfflineStatus = z.infer<typeof offlineStatusSchema>;

/** How an entry of a folder stands, for the mark beside it. */
export const offlineMarkSchema = z.object({
  path: drivePathSchema,
  /** `part`: a folder in which something is pinned. */
  mark: z.enum(["here", "waiting", "syncing", "conflict", "failed", "leftOut", "part"]),
  /** It was pinned itself, rather than a folder above it. */
  isPin: z.boolean(),
});
export type OfflineMark = z.infer<typeof offlineMarkSchema>;

export const leftOutReasons = [
  /** This machine cannot hold such a name. */
  "name",
  /** The drive cannot hold such a name. */
  "driveName",
  /** Differs from another one only in case or in how accents are composed. */
  "sameName",
  /** A link, or something else that is no file. */
  "notAFile",
  /** Put beside what is pinned, where nothing is. */
  "notPinned",
  /** Made here, on a drive that takes no changes: it stays here. */
  "readOnly",
] as const;

export const leftOutSchema = z.object({
  driveId: driveIdSchema,
  path: drivePathSchema,
  where: z.enum(deletionSides),
  reason: z.enum(leftOutReasons),
});
export type LeftOut = z.infer<typeof leftOutSchema>;

export const offlineConflictSchema = z.object({
  id: z.string().max(64),
  driveId: driveIdSchema,
  /** What it was about: the version of the drive is there now. */
  path: drivePathSchema,
  /** Where the version of this machine was kept: `Rapport (conflit, Anna, 2026-11-23).odt`. */
  copyPath: drivePathSchema,
  /**
   * - `both`: changed here and there
   * - `readOnly`: changed here, and the drive takes no changes
   */
  reason: z.enum(["both", "readOnly"]),
  at: isoTimeSchema,
  mine: z.object({ sizeBytes: z.int().nonnegative(), modifiedAt: isoTimeSchema.nullable() }),
  theirs: z.object({ sizeBytes: z.int().nonnegative().nullable(), modifiedAt: isoTimeSchema.nullable() }),
});
export type OfflineConflict = z.infer<typeof offlineConflictSchema>;

const nothing = z.object({});
const pinOnly = z.object({ driveId: driveIdSchema, path: drivePathSchema });

/** What a page may ask. Fails with the faults of drives. */
export const offlineChannels = {
  "offline.list": { args: nothing, result: offlineStatusSchema },
  /**
   * Keeps a file or folder here from now on. Answers once it is known how much it is, or after some seconds in the state
   * `counting`; what lies in a pinned folder is answered by that folder's pin.
   * Fails with forbidden (marked above the ceiling, or not allowed), full (more than the budget or the disk), notFound…
   */
  "offline.pin": { args: pinOnly, result: pinSchema },
  /**
   * Takes it off this machine; the drive keeps its own. `ask` does nothing as long as there are changes that the drive does
   * not have, and names them; `keep` puts those aside where `offline.revealFolder` shows them, `discard` into the trash of 30 days.
   */
  "offline.unpin": {
    args: pinOnly.extend({ changes: z.enum(["ask", "keep", "discard"]) }),
    result: z.object({
      isUnpinned: z.boolean(),
      unsyncedFiles: z.int().nonnegative(),
      examples: z.array(drivePathSchema).max(20),
    }),
  },
  /** Marks of what lies in a folder; entries without one are not named. `isWithin`: the folder itself is pinned. */
  "offline.status": {
    args: pinOnly,
    result: z.object({ isWithin: z.boolean(), marks: z.array(offlineMarkSchema) }),
  },
  "offline.leftOut": { args: nothing, result: z.array(leftOutSchema).max(1000) },
  "offline.conflicts": { args: nothing, result: z.array(offlineConflictSchema) },
  /**
   * `mine` puts the version of this machine in place of the other, `theirs` removes it, `both` leaves two files. What loses
   * goes into the trash of 30 days. Fails with unsupported for `mine` on a drive that takes no changes.
   */
  "offline.resolve": {
    args: z.object({ id: z.string().max(64), choice: z.enum(["mine", "theirs", "both"]) }),
    result: z.null(),
  },
  /** `restore` brings them back where they are missing. */
  "offline.confirmDeletions": {
    args: pinOnly.extend({ where: z.enum(deletionSides), choice: z.enum(["delete", "restore"]) }),
    result: z.null(),
  },
  /** All of them; what is under way stops at once, and goes on where it was. */
  "offline.pause": { args: nothing, result: offlineStatusSchema },
  "offline.resume": { args: nothing, result: offlineStatusSchema },
  /** Looks at both sides now, rather than when it is time. Answers when that has begun. */
  "offline.syncNow": { args: nothing, result: z.null() },
  /** Shows it by the system's file manager. Fails with unsupported where there is none, and notFound when it is not here. */
  "offline.reveal": { args: pinOnly, result: z.null() },
  /** The same for what was deleted, what was put aside, and all that is pinned. */
  "offline.revealFolder": { args: z.object({ folder: z.enum(["trash", "aside", "all"]) }), result: z.null() },
} as const;

/** Told to every page, at most four times a second. */
export const offlineEvents = [
  z.object({ type: z.literal("offlineChanged"), status: offlineStatusSchema }),
  /** There is one more, or one less. */
  z.object({ type: z.literal("offlineConflictsChanged"), conflicts: z.array(offlineConflictSchema) }),
] as const;
