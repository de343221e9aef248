import { personIdSchema } from "#contract/ids.ts";
import { DIRECTORY } from "#contract/scope.ts";
import type { PersonView, QueryArgs } from "#contract/worker.ts";
import type { LiveQuery } from "../live-queries.ts";
import { personView } from "../person-view.ts";
import type { QueryContext } from "../query-context.ts";
import { SESSION_STREAM } from "../reader.ts";
import { smallStream } from "../streams.ts";

/** People found by the words of their name, job and service; never the reader. */
export function createPeopleQuery(context: QueryContext, args: QueryArgs<"people">): LiveQuery {
  return {
    isPatient: true,
    async compute(reader) {
      const me = context.me();
      if (me === null) reader.watch(SESSION_STREAM);
      reader.watch(smallStream(DIRECTORY, "person"));
      const items: PersonView[] = [];
      for (const id of await context.people.search(args.text, (each) => each !== me, args.limit)) {
        const view = await personView(reader, personIdSchema.parse(id));
        if (view !== undefined) items.push(view);
      }
      return { items, info: {} };
    },
  };
}
