import type { QueryArgs } from "#contract/worker.ts";
import type { LiveQuery } from "../live-queries.ts";
import { personView } from "../person-view.ts";

export function createPersonQuery(args: QueryArgs<"person">): LiveQuery {
  return {
    async compute(reader) {
      return { items: [], info: { view: (await personView(reader, args.personId)) ?? null } };
    },
  };
}
