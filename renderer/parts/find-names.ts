import { conversationIdSchema, personIdSchema, type ConversationId } from "#contract/ids.ts";
import { namedChannel, namedGroup, namedIds, namedPerson, type Named } from "#renderer/kit/mentions.ts";
import type { WorkerClient } from "#renderer/kit/worker-client.ts";

const MOST_GROUPS = 100;

/** What the tokens of a text are called: what a draft names, found again in the cache. */
export async function findNames(
  client: Pick<WorkerClient, "once">,
  conversationId: ConversationId,
  body: string,
): Promise<Named[]> {
  const { people, groups, channels } = namedIds(body);
  const found = await Promise.all([
    ...people.map((id) => findPerson(client, id)),
    ...channels.map((id) => findChannel(client, id)),
    groups.length === 0 ? [] : findGroups(client, conversationId, new Set(groups)),
  ]);
  return found.flat();
}

async function findPerson(client: Pick<WorkerClient, "once">, id: string): Promise<Named[]> {
  const { info } = await client.once("person", { personId: personIdSchema.parse(id) });
  const person = info?.view?.person;
  return person === undefined ? [] : [namedPerson(person)];
}

async function findChannel(client: Pick<WorkerClient, "once">, id: string): Promise<Named[]> {
  const { info } = await client.once("conversation", { conversationId: conversationIdSchema.parse(id) });
  const summary = info?.summary ?? null;
  return summary === null || summary.name === "" ? [] : [namedChannel(summary)];
}

async function findGroups(
  client: Pick<WorkerClient, "once">,
  conversationId: ConversationId,
  wanted: ReadonlySet<string>,
): Promise<Named[]> {
  const { items } = await client.once("groups", { conversationId, text: "", limit: MOST_GROUPS });
  return items.filter(({ group }) => wanted.has(group.id)).map(({ group }) => namedGroup(group));
}
