import { z } from "zod";
import { conversationIdSchema, messageIdSchema, personIdSchema, rowIdSchema, spaceIdSchema } from "../ids.ts";
import { scopeSchema } from "../scope.ts";

/** Names any object, so that it can be linked to, saved, reported or asked about. A post or comment is a message. */
export const objectRefSchema = z.discriminatedUnion("kind", [
  z.looseObject({
    kind: z.literal("message"),
    scope: scopeSchema,
    conversationId: conversationIdSchema,
    messageId: messageIdSchema,
    threadId: messageIdSchema.optional(),
  }),
  z.looseObject({
    kind: z.literal("conversation"),
    scope: scopeSchema,
    conversationId: conversationIdSchema,
  }),
  z.looseObject({ kind: z.literal("space"), spaceId: spaceIdSchema }),
  z.looseObject({ kind: z.literal("person"), personId: personIdSchema }),
  /** A row of a collection that has a screen of its own: spaceRequest, joinRequest, report, article. */
  z.looseObject({
    kind: z.literal("row"),
    scope: scopeSchema,
    collection: z.string().max(64),
    id: rowIdSchema,
  }),
]);
export type ObjectRef = z.infer<typeof objectRefSchema>;

/** The id by which an object is known among all others: `savedItemId` is made from it. */
export function objectIdOf(object: ObjectRef): string {
  switch (object.kind) {
    case "message":
      return object.messageId;
    case "conversation":
      return object.conversationId;
    case "space":
      return object.spaceId;
    case "person":
      return object.personId;
    case "row":
      return object.id;
  }
}
