import type { QueryArgs } from "#contract/worker.ts";
import { Briefs } from "../briefs.ts";
import type { LiveQuery } from "../live-queries.ts";
import type { QueryContext } from "../query-context.ts";
import { TYPING_STREAM } from "../typing.ts";

/** Who else is writing in a conversation or thread at this moment. */
export function createTypingQuery(
  context: QueryContext,
  { conversationId, threadId }: QueryArgs<"typing">,
): LiveQuery {
  return {
    isPatient: true,
    async compute(reader) {
      reader.watchKey(TYPING_STREAM, conversationId);
      const me = context.me();
      const others = context.typing.people(conversationId, threadId).filter((id) => id !== me);
      return { items: [], info: { people: await new Briefs(reader).all(others) } };
    },
  };
}
