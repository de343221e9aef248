import { z } from "zod";
import { conversationIdSchema, personIdSchema, spaceIdSchema } from "../ids.ts";
import { isoTimeSchema } from "../time.ts";

/** A named conversation of a space. Scope: the space. Its id is the `conversationId` of its messages. */
export const channelSchema = z.looseObject({
  id: conversationIdSchema,
  spaceId: spaceIdSchema,
  name: z.string().min(1).max(100),
  /**
   * None of these is among the conversations. `wall` holds the posts of its space; id: `wallId(spaceId)`. `files` holds what is said
   * of the documents of its space, a thread each; id: `filesChannelId(spaceId)`. `tasks` is the same for its tasks; id:
   * `tasksChannelId(spaceId)`.
   */
  kind: z.enum(["channel", "wall", "files", "tasks"]).optional(),
  topic: z.string().max(1000).optional(),
  createdBy: personIdSchema.optional(),
  createdAt: isoTimeSchema,
  archivedAt: isoTimeSchema.optional(),
});
export type Channel = z.infer<typeof channelSchema>;
