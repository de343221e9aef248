import { z } from "zod";
import { freshIdSchema, messageIdSchema, personIdSchema, spaceIdSchema } from "../ids.ts";
import { isoTimeSchema } from "../time.ts";
import { attachmentSchema, postSchema } from "./message.ts";

/** What its author writes of an article. */
export const articleTextSchema = z.looseObject({
  post: postSchema
    .pick({ title: true, summary: true, cover: true, sections: true, isMustRead: true })
    .extend({
      kind: z.enum(["article", "blog"]),
    }),
  body: z.string(),
  attachments: z.array(attachmentSchema).max(50).optional(),
  /** Publish then; absent: as soon as it may be. */
  publishAt: isoTimeSchema.optional(),
});

/**
 * A news article or blog post on its way to the wall. Scope: its author's own; from its submission on also the space's
 * desk. Published, it is a post (a message with this row's id) and the row says so.
 */
export const articleSchema = z.looseObject({
  id: freshIdSchema,
  spaceId: spaceIdSchema,
  authorId: personIdSchema,
  ...articleTextSchema.shape,
  state: z.enum(["draft", "review", "refused", "scheduled", "published"]),
  /** Counts its texts, from 1. A save names the one it was made from. */
  version: z.int().positive(),
  updatedAt: isoTimeSchema,
  submittedAt: isoTimeSchema.optional(),
  decidedBy: personIdSchema.optional(),
  reason: z.string().max(2000).optional(),
  messageId: messageIdSchema.optional(),
});
export type Article = z.infer<typeof articleSchema>;
