import type { QueryArgs } from "#contract/worker.ts";
import type { LiveQuery } from "../live-queries.ts";
import { withOwnChoices } from "../own-presence.ts";
import { personView } from "../person-view.ts";
import type { QueryContext } from "../query-context.ts";

export function createPersonQuery(context: QueryContext, { personId }: QueryArgs<"person">): LiveQuery {
  return {
    async compute(reader) {
      const view = await personView(reader, personId);
      if (view === undefined) return { items: [], info: { view: null } };
      const isMine = personId === context.me();
      return { items: [], info: { view: isMine ? withOwnChoices(reader, view) : view } };
    },
  };
}
