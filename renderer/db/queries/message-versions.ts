import type { QueryArgs } from "#contract/worker.ts";
import type { LiveQuery } from "../live-queries.ts";
import type { QueryContext } from "../query-context.ts";
import { inOrder } from "../sort-keys.ts";
import { partStream, prefixRange } from "../streams.ts";

/** Former texts of a message, newest first. */
export function createMessageVersionsQuery(
  context: QueryContext,
  { conversationId, messageId }: QueryArgs<"messageVersions">,
): LiveQuery {
  return {
    async compute(reader) {
      const stream = partStream(context.places.scope(conversationId), "messageVersion", conversationId);
      const entries = await reader.entries(stream, prefixRange(messageId));
      const versions = entries
        .flatMap((entry) => reader.parse("messageVersion", entry) ?? [])
        .toSorted((a, b) => b.version - a.version);
      const items = versions.map((version, index) => ({ key: version.id, sort: inOrder(index), version }));
      return { items, info: {} };
    },
  };
}
