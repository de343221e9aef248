import type { PersonId } from "#contract/ids.ts";
import type { Scope } from "#contract/scope.ts";
import type { IsoTime } from "#contract/time.ts";
import type { QueryArgs } from "#contract/worker.ts";
import { Briefs } from "../briefs.ts";
import { text } from "../entry.ts";
import { fold } from "../fold.ts";
import type { LiveQuery } from "../live-queries.ts";
import { isFailed } from "../message-overlay.ts";
import type { QueryContext } from "../query-context.ts";
import { SESSION_STREAM, type Reader } from "../reader.ts";
import { messageStream } from "../streams.ts";

/** Who of a space has said that they have read a must-read, and who has not yet. */
export function createAcknowledgementsQuery(
  context: QueryContext,
  args: QueryArgs<"acknowledgements">,
): LiveQuery {
  return {
    async compute(reader) {
      const place = await context.places.find(reader, args.conversationId);
      const me = context.me();
      if (place === undefined || me === null) {
        reader.watch(SESSION_STREAM);
        return { items: [], info: { done: 0, waiting: 0 } };
      }
      const said = await acknowledged(reader, { me, args, scope: place.scope });
      const memberships = await reader.rows(place.scope, "membership");
      const authorId = await authorOf(context, reader, place.scope, args);
      const ids = new Set([...memberships.map(({ personId }) => personId), ...said.keys()]);
      if (authorId !== undefined && !said.has(authorId)) ids.delete(authorId);
      const briefs = new Briefs(reader);
      const items = [];
      for (const person of await briefs.all(ids)) {
        const acknowledgedAt = said.get(person.id) ?? null;
        const sort = `${acknowledgedAt === null ? "0" : "1"}~${fold(person.displayName)}~${person.id}`;
        items.push({ key: person.id, sort, person, acknowledgedAt });
      }
      items.sort((a, b) => (a.sort < b.sort ? -1 : 1));
      return { items, info: { done: said.size, waiting: items.length - said.size } };
    },
  };
}

async function acknowledged(
  reader: Reader,
  { me, args, scope }: { me: PersonId; args: QueryArgs<"acknowledgements">; scope: Scope },
): Promise<Map<PersonId, IsoTime>> {
  const owner = { id: args.messageId, conversationId: args.conversationId };
  const said = new Map<PersonId, IsoTime>();
  for (const row of await reader.acknowledgements(scope, owner)) said.set(row.personId, row.acknowledgedAt);
  for (const entry of reader.pending(args.conversationId)) {
    const { name, args: asked, madeAt } = entry.mutation;
    if (name !== "post.acknowledge" || isFailed(entry) || text(asked, "messageId") !== args.messageId)
      continue;
    if (!said.has(me)) said.set(me, madeAt);
  }
  return said;
}

/** Its author is not asked. */
async function authorOf(
  context: QueryContext,
  reader: Reader,
  scope: Scope,
  { conversationId, messageId }: QueryArgs<"acknowledgements">,
): Promise<PersonId | undefined> {
  const stream = messageStream(scope, conversationId);
  const key = await context.messageKeys.find(stream, messageId);
  const entry = key === undefined ? undefined : await reader.entry(stream, key);
  return entry === undefined ? undefined : reader.parse("message", entry)?.authorId;
}
