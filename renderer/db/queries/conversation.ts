import { membershipId } from "#contract/ids.ts";
import type { ConversationInfo, QueryArgs } from "#contract/worker.ts";
import { conversationSummary, createSummaryContext } from "../conversation-summary.ts";
import type { LiveQuery } from "../live-queries.ts";
import type { QueryContext } from "../query-context.ts";
import { SESSION_STREAM, type Reader } from "../reader.ts";
import { smallStream } from "../streams.ts";

const NOTHING: ConversationInfo = {
  summary: null,
  conversation: null,
  memberCount: 0,
  role: null,
  isKept: true,
  isHere: true,
};

export function createConversationQuery(context: QueryContext, args: QueryArgs<"conversation">): LiveQuery {
  return { compute: async (reader) => ({ items: [], info: await info(context, args, reader) }) };
}

async function info(
  context: QueryContext,
  { conversationId }: QueryArgs<"conversation">,
  reader: Reader,
): Promise<ConversationInfo> {
  const me = context.me();
  if (me === null) {
    reader.watch(SESSION_STREAM);
    return NOTHING;
  }
  const place = await context.places.find(reader, conversationId);
  if (place === undefined) return { ...NOTHING, ...reader.keptnessOfUnknown() };
  const summary = await conversationSummary(await createSummaryContext(context, reader, me), place);
  const base = { summary, conversation: place.conversation, ...reader.keptness(place.scope) };
  if (place.spaceId === null) return { ...base, memberCount: place.memberIds.length, role: null };
  const members = await reader.entries(smallStream(place.scope, "membership"));
  const mine = await reader.row(place.scope, "membership", membershipId(place.spaceId, me));
  return { ...base, memberCount: members.length, role: mine?.role ?? null };
}
