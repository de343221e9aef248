import { DIRECTORY } from "#contract/scope.ts";
import type { LiveQuery } from "../live-queries.ts";
import type { QueryContext } from "../query-context.ts";
import { SESSION_STREAM } from "../reader.ts";

export function createSessionQuery(context: QueryContext): LiveQuery {
  return {
    async compute(reader) {
      reader.watch(SESSION_STREAM);
      const me = context.me();
      const person = me === null ? undefined : await reader.person(me);
      const organisation =
        person?.organisationId === undefined
          ? undefined
          : await reader.row(DIRECTORY, "organisation", person.organisationId);
      return {
        items: [],
        info: { ...context.session(), me: person ?? null, organisation: organisation ?? null },
      };
    },
  };
}
