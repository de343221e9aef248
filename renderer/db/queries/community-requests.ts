import type { Row } from "#contract/collections.ts";
import type { PersonId } from "#contract/ids.ts";
import { ADMINISTRATION, DIRECTORY, personScope, type Scope } from "#contract/scope.ts";
import type { SpaceRequestView } from "#contract/views/communities.ts";
import type { QueryArgs } from "#contract/worker.ts";
import { text } from "../entry.ts";
import type { LiveQuery } from "../live-queries.ts";
import type { QueryContext } from "../query-context.ts";
import type { Reader } from "../reader.ts";
import { argsOf, mostUrgent, newestFirst, overlaidDecision } from "./community-overlay.ts";
import { briefOf } from "./community-people.ts";
import { readerOf } from "./community-view.ts";

export function createSpaceRequestsQuery(
  context: QueryContext,
  { of }: QueryArgs<"spaceRequests">,
): LiveQuery {
  return {
    async compute(reader) {
      const me = readerOf(context, reader);
      if (me === null) return { items: [], info: {} };
      const scope = of === "me" ? personScope(me) : ADMINISTRATION;
      return { items: await requestItems(reader, scope, me), info: {} };
    },
  };
}

/** Requests for spaces of one scope, with the reader's own writes on top. */
export async function requestItems(
  reader: Reader,
  scope: Scope,
  me: PersonId | null,
): Promise<SpaceRequestView[]> {
  const entries = reader.allPending().filter(({ mutation }) => mutation.name.startsWith("spaceRequest."));
  const rows = new Map((await reader.rows(scope, "spaceRequest")).map((row) => [row.id, row]));
  for (const { mutation, status } of entries) {
    const args = argsOf(mutation, "spaceRequest.make");
    if (args === undefined || me === null || mutation.scope !== scope || rows.has(args.id)) continue;
    if (status === "conflict") continue;
    rows.set(args.id, { ...args, requesterId: me, createdAt: mutation.madeAt, state: "waiting" });
  }
  const items: SpaceRequestView[] = [];
  for (const request of rows.values()) {
    const ours = entries.filter(({ mutation }) => text(mutation.args, "id") === request.id);
    const decided = ours.filter(({ mutation }) => mutation.name !== "spaceRequest.make");
    const { row } = overlaidDecision(request, decided, me);
    items.push({
      key: row.id,
      sort: `${row.state === "waiting" ? "0" : "1"}~${newestFirst(row.createdAt)}~${row.id}`,
      request: row,
      requester: await briefOf(reader, null, row.requesterId),
      templateName: await templateName(reader, row),
      pending: mostUrgent(ours),
    });
  }
  return items.toSorted((a, b) => (a.sort < b.sort ? -1 : 1));
}

async function templateName(reader: Reader, request: Row<"spaceRequest">): Promise<string> {
  if (request.templateId === undefined) return "";
  return (await reader.row(DIRECTORY, "spaceTemplate", request.templateId))?.name ?? "";
}
