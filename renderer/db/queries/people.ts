import { personIdSchema } from "#contract/ids.ts";
import type { PersonView, QueryArgs } from "#contract/worker.ts";
import { kindStream } from "../block-store.ts";
import type { LiveQuery } from "../live-queries.ts";
import { personView } from "../person-view.ts";
import type { QueryContext } from "../query-context.ts";
import { SESSION_STREAM, type Reader } from "../reader.ts";

/** People found by the words of their name, job and service; never the reader. */
export function createPeopleQuery(context: QueryContext, args: QueryArgs<"people">): LiveQuery {
  return {
    isPatient: true,
    async compute(reader) {
      const me = context.me();
      if (me === null) reader.watch(SESSION_STREAM);
      watchPeople(context, reader);
      const items: PersonView[] = [];
      for (const id of await context.people.search(args.text, (each) => each !== me, args.limit)) {
        const view = await personView(reader, personIdSchema.parse(id));
        if (view !== undefined) items.push(view);
      }
      return { items, info: {} };
    },
  };
}

/** Of everyone known here: the directory's and, for guests, those of their places. */
function watchPeople(context: QueryContext, reader: Reader): void {
  reader.watch(kindStream("person"));
  for (const stream of context.store.streamsOf("person")) reader.watch(stream);
}
