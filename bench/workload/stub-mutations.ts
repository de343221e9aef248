import type { CollectionName } from "#contract/collections.ts";
import type { Envelope } from "#contract/envelope.ts";
import type { Mutation } from "#contract/mutations.ts";
import type { PersonId } from "#contract/ids.ts";
import { toIsoTime } from "#contract/time.ts";

let revision = 1;

/** The rows that a mutation leads to, as far as a bench sends any: messages, read markers, drafts, presence, tasks that are moved. */
export function applyMutation(
  mutation: Mutation,
  me: PersonId,
  find: (id: string) => Record<string, unknown> | undefined,
): Envelope[] {
  const { args, scope, name } = mutation;
  const now = toIsoTime(Date.now());
  const row = (collection: CollectionName, id: string, data: object): Envelope[] => [
    { scope, seq: 1, collection, id, rev: ++revision, op: "put", data: { id, ...data } },
  ];
  const conversationId = String(args["conversationId"]);
  const threadId = args["threadId"];
  switch (name) {
    case "message.send":
      return row("message", String(args["id"]), { ...args, authorId: me, sentAt: now, version: 1 });
    case "readMarker.set":
      return row("readMarker", conversationId, { conversationId, readAt: args["readAt"] });
    case "draft.set":
      return row("draft", typeof threadId === "string" ? threadId : conversationId, {
        ...args,
        updatedAt: now,
      });
    case "task.move":
      return row("task", String(args["id"]), { ...find(String(args["id"])), ...args });
    default:
      return [];
  }
}
