import { z } from "zod";
import { classificationSchema } from "../classification.ts";
import { libraryShareSchema } from "../entities/library-share.ts";
import { libraryItemSchema, libraryVersionSchema } from "../entities/library.ts";
import { membershipSchema } from "../entities/membership.ts";
import {
  blobIdSchema,
  conversationIdSchema,
  libraryItemIdSchema,
  messageIdSchema,
  personIdSchema,
  spaceIdSchema,
} from "../ids.ts";
import { scopeSchema } from "../scope.ts";
import { isoTimeSchema } from "../time.ts";
import {
  keptness,
  keyed,
  pendingSchema,
  personBriefSchema,
  uploadSchema,
  refusedWriteSchema,
} from "./message-view.ts";

const none = z.never();
const noInfo = z.object({});
const ofItem = z.object({ scope: scopeSchema, itemId: libraryItemIdSchema });

/** What a file is for its reader: by its media type, else by the ending of its name. */
export const documentKinds = [
  "folder",
  "text",
  "sheet",
  "slides",
  "pdf",
  "image",
  "audio",
  "video",
  "archive",
  "code",
  "other",
] as const;
export type DocumentKind = (typeof documentKinds)[number];
const documentKindSchema = z.enum(documentKinds);

/** Why the reader cannot change an item now. */
const obstacleSchema = z.enum([
  "inTrash",
  "preserved",
  "lockedByOther",
  "notYours",
  "archived",
  "notMember",
  /** It was shared with the reader: its name and place are not theirs to change. */
  "shared",
]);
export type DocumentObstacle = z.infer<typeof obstacleSchema>;

/** A file or folder as its reader sees it: the row with waiting writes laid over. */
export const documentViewSchema = z.object({
  /** The item's id. */
  ...keyed,
  scope: scopeSchema,
  /** Without `content` while that is only known here: see `bytes`. A lock that is over is left out. */
  item: libraryItemSchema,
  kind: documentKindSchema,
  /** The present bytes of a file; also those that wait to be sent. Null for a folder. */
  bytes: z
    .object({
      blobId: blobIdSchema,
      mediaType: z.string(),
      /** Null while only the server knows. */
      sizeBytes: z.int().nullable(),
      sha256: z.string().nullable(),
      /** The server has them. */
      isSent: z.boolean(),
    })
    .nullable(),
  /** How its bytes get to the server, while they are on their way. */
  upload: uploadSchema.nullable(),
  /** The latest write that the server has not settled. */
  pending: pendingSchema.nullable(),
  /** Oldest first. */
  refused: z.array(refusedWriteSchema),
  /** Of it, or else of the space, or else of all that is not marked. */
  classification: classificationSchema,
  isFavourite: z.boolean(),
  /** Preserved now. */
  isPreserved: z.boolean(),
  /** What lies directly in a folder; null for a file. */
  childCount: z.int().nullable(),
  /** Renaming, moving, writing: what stands against it, or null. */
  obstacle: obstacleSchema.nullable(),
  /** The same of a new version of its content, and of checking it out. */
  contentObstacle: obstacleSchema.nullable(),
  /** The same of putting it in the trash: for a folder, what lies in it counts too. */
  trashObstacle: obstacleSchema.nullable(),
});
export type DocumentView = z.infer<typeof documentViewSchema>;

/** People named by the items of a list (who made, wrote, locked, preserved, trashed), by id. */
const people = z.record(z.string(), personBriefSchema);
export type DocumentPeople = z.infer<typeof people>;

const stepSchema = z.object({ id: libraryItemIdSchema, name: z.string() });
export type FolderStep = z.infer<typeof stepSchema>;

/** Where something is, for lists over several libraries. */
const documentPlaceSchema = z.object({
  /** Empty for the reader's own library. */
  name: z.string(),
  emoji: z.string(),
  spaceId: spaceIdSchema.nullable(),
  /** Who shared it with the reader; null in their own places. */
  sharedBy: personIdSchema.nullable(),
  /** Folders from the top down to the one that it lies in. */
  path: z.array(stepSchema),
});

export const placedDocumentSchema = z.object({ ...documentViewSchema.shape, place: documentPlaceSchema });
export type PlacedDocument = z.infer<typeof placedDocumentSchema>;

/** How a library that is not the reader's came to them. */
export const shareViewSchema = z.object({
  share: libraryShareSchema,
  sharedBy: personBriefSchema,
});
export type ShareView = z.infer<typeof shareViewSchema>;

export const librarySummarySchema = z.object({
  ...keyed,
  scope: scopeSchema,
  /** The reader's own. */
  isOwn: z.boolean(),
  /** Null for the reader's own. */
  space: z
    .object({ id: spaceIdSchema, name: z.string(), emoji: z.string(), isArchived: z.boolean() })
    .nullable(),
  classification: classificationSchema,
  role: membershipSchema.shape.role.nullable(),
  /** Without what is in the trash. */
  files: z.int(),
  folders: z.int(),
  sizeBytes: z.number(),
  /** What lies in the trash itself. */
  trashed: z.int(),
  /** When a file was last written; null for none. */
  modifiedAt: isoTimeSchema.nullable(),
  canWrite: z.boolean(),
  ...keptness,
});
export type LibrarySummary = z.infer<typeof librarySummarySchema>;

export const versionViewSchema = z.object({
  ...keyed,
  version: libraryVersionSchema,
  author: personBriefSchema,
  isPresent: z.boolean(),
});
export type VersionView = z.infer<typeof versionViewSchema>;

export const documentSortSchema = z.object({
  by: z.enum(["name", "modified", "size", "kind"]),
  isDescending: z.boolean(),
});
export type DocumentSort = z.infer<typeof documentSortSchema>;

/** What each file of a batch says of it. */
export const uploadBatchOfSchema = z.object({
  id: z.string().min(1).max(100),
  /** As the person calls it: the folder's name, or the first file's. */
  name: z.string().max(500),
  files: z.int().positive(),
  /** Which of them this is, from 1. */
  number: z.int().positive(),
});
export type UploadBatchOf = z.infer<typeof uploadBatchOfSchema>;

/** Files added together: a dropped folder, several pictures. */
export const uploadBatchSchema = z.object({
  /** The batch's id, also the key. */
  ...keyed,
  batchId: z.string(),
  scope: scopeSchema,
  name: z.string(),
  files: z.int(),
  /** Copied into this machine's store so far: those that are missing after a restart have to be chosen again. */
  keptFiles: z.int(),
  doneFiles: z.int(),
  failedFiles: z.int(),
  sizeBytes: z.number(),
  sentBytes: z.number(),
  isPaused: z.boolean(),
  /** All that is left of it waits for a good line. */
  isHeld: z.boolean(),
});
export type UploadBatch = z.infer<typeof uploadBatchSchema>;

/** Live queries of the documents module. */
export const documentQueries = {
  /** The reader's own library first, then those of their spaces by name. */
  libraries: { args: z.object({}), item: librarySummarySchema, info: noInfo },
  /** What lies in a folder (null: at the top). Folders come first, whatever the order. */
  folder: {
    args: z.object({
      scope: scopeSchema,
      folderId: libraryItemIdSchema.nullable(),
      sort: documentSortSchema,
      filter: z
        .object({
          /** Every word begins a word of the name. */
          text: z.string().max(200).optional(),
          kinds: z.array(documentKindSchema).optional(),
          label: z.string().max(60).optional(),
        })
        .optional(),
      /** The first so many alone, for a quick first sight of a large folder. */
      limit: z.int().min(1).max(100_000).optional(),
    }),
    item: documentViewSchema,
    info: z.object({
      /** `false` while the folder itself is not known here (or is no longer). The top is always known. */
      isFound: z.boolean(),
      /** The folder itself; null at the top. */
      folder: documentViewSchema.nullable(),
      /** From the top down to this folder, itself included. */
      path: z.array(stepSchema),
      /** Of the space; empty for the reader's own. */
      placeName: z.string(),
      people,
      /** Before `limit`. */
      count: z.int(),
      /** Labels in this library, most used first. */
      labels: z.array(z.string()),
      classification: classificationSchema,
      /** Of what was shared with the reader; null elsewhere. */
      share: shareViewSchema.nullable(),
      /** May add files here. */
      canWrite: z.boolean(),
      /** May make folders here: guests may not. */
      canAddFolder: z.boolean(),
      /** Runs the library: preserves, gives back others' locks, empties the trash. */
      canRun: z.boolean(),
      ...keptness,
    }),
  },
  document: {
    args: ofItem,
    item: none,
    info: z.object({
      document: placedDocumentSchema.nullable(),
      createdBy: personBriefSchema.nullable(),
      modifiedBy: personBriefSchema.nullable(),
      lockedBy: personBriefSchema.nullable(),
      preservedBy: personBriefSchema.nullable(),
      trashedBy: personBriefSchema.nullable(),
      versionCount: z.int(),
      /** The thread about it (`timeline` with both ids); null until someone began it, and in the reader's own library. */
      discussion: z
        .object({
          conversationId: conversationIdSchema,
          threadId: messageIdSchema,
          comments: z.int(),
          isFollowed: z.boolean(),
        })
        .nullable(),
      canWrite: z.boolean(),
      canRun: z.boolean(),
      ...keptness,
    }),
  },
  /** What others shared with the reader, latest first. */
  sharedWithMe: {
    args: z.object({}),
    item: z.object({ ...placedDocumentSchema.shape, ...shareViewSchema.shape }),
    info: z.object({ people }),
  },
  /** Whom an item was shared with by itself, earliest first, waiting writes laid over. */
  shares: {
    args: ofItem,
    item: z.object({
      ...keyed,
      ...shareViewSchema.shape,
      people: z.array(personBriefSchema),
      /** May change and end it. */
      canEnd: z.boolean(),
      pending: pendingSchema.nullable(),
    }),
    info: noInfo,
  },
  /** Newest first; one that waits to be sent is not among them yet. */
  versions: { args: ofItem, item: versionViewSchema, info: noInfo },
  /** What was put in the trash itself, latest first. */
  trash: {
    args: z.object({ scope: scopeSchema }),
    item: placedDocumentSchema,
    info: z.object({ people, canWrite: z.boolean(), canRun: z.boolean(), ...keptness }),
  },
  /** Files of one or all libraries by their latest writing: the reader's (`mine`) or everybody's. */
  recent: {
    args: z.object({
      scope: scopeSchema.optional(),
      of: z.enum(["mine", "everyone"]),
      limit: z.int().min(1).max(500),
    }),
    item: placedDocumentSchema,
    info: z.object({ people }),
  },
  /** Files and folders that the reader saved, by name. */
  favourites: { args: z.object({}), item: placedDocumentSchema, info: z.object({ people }) },
  /** By name; with `scope`, those of that library come first. */
  templates: {
    args: z.object({ scope: scopeSchema.optional() }),
    item: placedDocumentSchema,
    info: z.object({ people }),
  },
  /** Every word begins a word of the name, a label or the description, accents and case aside; best first. */
  documentSearch: {
    args: z.object({
      text: z.string().max(200),
      scope: scopeSchema.optional(),
      limit: z.int().min(1).max(500),
    }),
    item: placedDocumentSchema,
    info: z.object({ people, count: z.int() }),
  },
  /** Those under way or paused, and those of which something failed; latest first. */
  uploadBatches: {
    args: z.object({ scope: scopeSchema.optional() }),
    item: uploadBatchSchema,
    info: noInfo,
  },
} as const;
