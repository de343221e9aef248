import { isCollectionName } from "#contract/collections.ts";
import { envelopeSchema, type Envelope } from "#contract/envelope.ts";
import { conversationIdSchema, personIdSchema, spaceIdSchema, type ConversationId } from "#contract/ids.ts";
import { DIRECTORY, spaceScope, type Scope } from "#contract/scope.ts";
import { addReaders } from "#server/seed/load-rows.ts";
import type { Store, StoredLines } from "#server/store/store.ts";
import type { Workload, WorkloadScope } from "./workload.ts";

async function rowsOf(pages: AsyncIterable<StoredLines>): Promise<Envelope[]> {
  const rows: Envelope[] = [];
  for await (const { bytes } of pages) {
    for (const line of Buffer.from(bytes).toString().split("\n")) {
      if (line !== "") rows.push(envelopeSchema.parse(JSON.parse(line)));
    }
  }
  return rows;
}

async function recordScope(store: Store, scope: Scope, head: number): Promise<WorkloadScope> {
  const everything = Number.MAX_SAFE_INTEGER;
  const small = await rowsOf(store.readSmall(scope, head, 0, everything));
  const timeline = await rowsOf(store.readTimeline(scope, head, undefined, everything));
  return { scope, head, small: small.filter(({ collection }) => isCollectionName(collection)), timeline };
}

/** What a store holds, as one of its people would get it after joining every space. */
export async function recordWorkload(store: Store, name: string): Promise<Workload> {
  const [first] = await store.list(DIRECTORY, "person");
  const me = personIdSchema.parse(first?.id);
  for (const { id } of await store.list(DIRECTORY, "space")) {
    await addReaders(store, spaceScope(spaceIdSchema.parse(id)), [me]);
  }
  const scopes: WorkloadScope[] = [];
  for (const { scope, head } of await store.scopesOf(me)) scopes.push(await recordScope(store, scope, head));
  const counts = new Map<ConversationId, Workload["conversations"][number]>();
  for (const { scope, timeline } of scopes) {
    for (const row of timeline) {
      if (row.collection !== "message") continue;
      const conversationId = conversationIdSchema.parse(row.data["conversationId"]);
      const known = counts.get(conversationId) ?? { scope, conversationId, messages: 0 };
      known.messages++;
      counts.set(conversationId, known);
    }
  }
  return { name, me, scopes, conversations: [...counts.values()] };
}
