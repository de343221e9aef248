import { z } from "zod";
import { classificationSchema } from "../classification.ts";
import { nameFault } from "../file-names.ts";
import {
  blobIdSchema,
  conversationIdSchema,
  libraryItemIdSchema,
  messageIdSchema,
  personIdSchema,
  rowIdSchema,
} from "../ids.ts";
import { isoTimeSchema } from "../time.ts";

/** A name within its folder; see `file-names.ts`. */
export const fileNameSchema = z
  .string()
  .max(500)
  .refine((name) => nameFault(name) === undefined, "a name that every system can hold");

/** Bytes of a file as they were written once. */
export const fileContentSchema = z.looseObject({
  /** A blob of the same scope. */
  blobId: blobIdSchema,
  mediaType: z.string().max(200),
  sizeBytes: z.int().nonnegative(),
  /** Lower-case hexadecimal SHA-256. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
export type FileContent = z.infer<typeof fileContentSchema>;

/** What people change of an item by the field. Absent: none. */
export const libraryItemSettingsSchema = z.looseObject({
  name: fileNameSchema,
  description: z.string().max(2000).optional(),
  labels: z.array(z.string().min(1).max(60)).max(20).optional(),
  /** Absent: as the space is marked. */
  classification: classificationSchema.optional(),
  /** What programs keep with it over WebDAV (dead properties, RFC 4918 section 4): XML by `{namespace}name`. */
  properties: z.record(z.string().max(500), z.string().max(20_000)).optional(),
  /** Offered under "new from a template". */
  isTemplate: z.boolean().optional(),
});

/** Somebody has it checked out: nobody else writes it until then (RFC 4918 section 6, exclusive). */
export const fileLockSchema = z.looseObject({
  personId: personIdSchema,
  lockedAt: isoTimeSchema,
  /** Absent: until it is given back. */
  expiresAt: isoTimeSchema.optional(),
  note: z.string().max(500).optional(),
});

/** It is neither changed, moved nor deleted before that time, by anybody. */
export const preservationSchema = z.looseObject({
  until: isoTimeSchema,
  reason: z.string().max(500).optional(),
  personId: personIdSchema,
  preservedAt: isoTimeSchema,
});

/**
 * A file or folder of a library: every space has one library, and every person. Scope: the space's or the person's own.
 * Within a folder no two items have names that fold to the same (`foldName`); what is in the trash does not count.
 */
export const libraryItemSchema = z.looseObject({
  id: libraryItemIdSchema,
  kind: z.enum(["file", "folder"]),
  /** The folder that it lies in; absent at the top. */
  folderId: libraryItemIdSchema.optional(),
  ...libraryItemSettingsSchema.shape,
  createdBy: personIdSchema,
  createdAt: isoTimeSchema,
  /** Of a file: who wrote its present content, and when. */
  modifiedBy: personIdSchema,
  modifiedAt: isoTimeSchema,
  /** Of files alone. */
  content: fileContentSchema.optional(),
  /** Counts the contents that a file has had, from 1. */
  version: z.int().positive().optional(),
  lock: fileLockSchema.optional(),
  preservation: preservationSchema.optional(),
  /** The thread about it (of the channel `filesChannelId`), once someone began it. */
  discussion: z.looseObject({ conversationId: conversationIdSchema, threadId: messageIdSchema }).optional(),
  /** In the trash, with all that it contains; it goes for good after `TRASH_DAYS`. */
  trashed: z.looseObject({ at: isoTimeSchema, personId: personIdSchema }).optional(),
});
export type LibraryItem = z.infer<typeof libraryItemSchema>;

export const TRASH_DAYS = 30;

/** A content that a file had or has. Id: `libraryVersionId(itemId, version)`. Scope: the item's. */
export const libraryVersionSchema = z.looseObject({
  id: rowIdSchema,
  itemId: libraryItemIdSchema,
  version: z.int().positive(),
  content: fileContentSchema,
  writtenBy: personIdSchema,
  writtenAt: isoTimeSchema,
  note: z.string().max(500).optional(),
  /** The version that was brought back by writing this one. */
  restoredFrom: z.int().positive().optional(),
  /** Of a copy: whoever sent the bytes, when that is somebody else. */
  sentBy: personIdSchema.optional(),
});
export type LibraryVersion = z.infer<typeof libraryVersionSchema>;
