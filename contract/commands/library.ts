import { z } from "zod";
import {
  fileLockSchema,
  fileNameSchema,
  libraryVersionSchema,
  preservationSchema,
} from "../entities/library.ts";
import { libraryShareSchema } from "../entities/library-share.ts";
import { blobIdSchema, libraryItemIdSchema, libraryShareIdSchema, messageIdSchema } from "../ids.ts";

const item = z.looseObject({ id: libraryItemIdSchema });

/** Absent: the top of the library. */
const into = { folderId: libraryItemIdSchema.optional() };

/** Values by field: null stands for none. */
const fields = z.record(z.string().max(64), z.unknown());

const written = { blobId: blobIdSchema, note: libraryVersionSchema.shape.note };

/**
 * Files and folders. Scope: the library's (a space's, or a person's own).
 *
 * - A name that is taken conflicts with the item that has it; with `numbered` the server puts the next free number behind it
 * - `file.write` conflicts when `baseVersion` is no longer the file's version, and when somebody else has it checked out
 * - `libraryItem.update` by field, as `space.update`
 * - `libraryItem.move` conflicts when the item no longer lies in `baseFolderId` and not where it is wanted either
 * - Trash, restore, lock and unlock twice are once; what is restored comes back to its folder, or to the top when that is gone
 * - `libraryItem.preserve` only ever lengthens
 * - Whoever was given `write` by a share writes and checks out through it: `file.write`, `file.lock`, `file.unlock` with its
 *   scope, the bytes sent to its scope
 */
export const libraryMutations = {
  "folder.create": z.looseObject({
    id: libraryItemIdSchema,
    ...into,
    name: fileNameSchema,
    numbered: z.boolean().optional(),
  }),
  "file.add": z.looseObject({
    id: libraryItemIdSchema,
    ...into,
    name: fileNameSchema,
    ...written,
    numbered: z.boolean().optional(),
  }),
  "file.write": z.looseObject({
    id: libraryItemIdSchema,
    ...written,
    baseVersion: z.int().positive(),
  }),
  /** Writes a former content anew, as the next version. */
  "file.restoreVersion": z.looseObject({
    id: libraryItemIdSchema,
    version: z.int().positive(),
    baseVersion: z.int().positive(),
  }),
  "file.lock": z.looseObject({
    id: libraryItemIdSchema,
    expiresAt: fileLockSchema.shape.expiresAt,
    note: fileLockSchema.shape.note,
  }),
  "file.unlock": item,
  "libraryItem.update": z.looseObject({ id: libraryItemIdSchema, base: fields, changes: fields }),
  "libraryItem.move": z.looseObject({
    id: libraryItemIdSchema,
    baseFolderId: libraryItemIdSchema.nullable(),
    folderId: libraryItemIdSchema.nullable(),
    /** Another name on the way. */
    name: fileNameSchema.optional(),
    numbered: z.boolean().optional(),
  }),
  /** `id` is the copy's; what lies in a folder gets `libraryCopyId`. Present contents alone, without locks and marks. */
  "libraryItem.copy": z.looseObject({
    id: libraryItemIdSchema,
    sourceId: libraryItemIdSchema,
    folderId: libraryItemIdSchema.nullable(),
    /** Absent: as its source. */
    name: fileNameSchema.optional(),
    numbered: z.boolean().optional(),
  }),
  "libraryItem.trash": item,
  "libraryItem.restore": item,
  /** For good, what is in the trash, with all that it contains. */
  "libraryItem.remove": item,
  "libraryItem.preserve": z.looseObject({
    id: libraryItemIdSchema,
    until: preservationSchema.shape.until,
    reason: preservationSchema.shape.reason,
  }),
  /**
   * Begins the thread about an item of a space's library, with this first message, or finds the one that was begun. What is
   * said in it, liked and followed is as of every thread.
   */
  "libraryItem.discuss": z.looseObject({ id: libraryItemIdSchema, messageId: messageIdSchema }),
  /** Shares an item, or changes a share: whom with, what they may, until when. */
  "libraryShare.set": z.looseObject({
    id: libraryShareIdSchema,
    itemId: libraryItemIdSchema,
    personIds: libraryShareSchema.shape.personIds,
    right: libraryShareSchema.shape.right,
    expiresAt: libraryShareSchema.shape.expiresAt,
    note: libraryShareSchema.shape.note,
  }),
  /** For everybody whom it was shared with. */
  "libraryShare.end": z.looseObject({ id: libraryShareIdSchema }),
  /** For the caller alone. Scope: the share's. */
  "libraryShare.leave": z.looseObject({}),
} as const;
