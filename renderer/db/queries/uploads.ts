import type { QueryArgs } from "#contract/worker.ts";
import type { LiveQuery } from "../live-queries.ts";
import type { QueryContext } from "../query-context.ts";
import { UPLOAD_STREAM } from "../upload-states.ts";

/** Files on their way, in the order in which they were added. */
export function createUploadsQuery(context: QueryContext, { scope }: QueryArgs<"uploads">): LiveQuery {
  return {
    compute(reader) {
      reader.watch(UPLOAD_STREAM);
      return Promise.resolve({ items: context.uploads.all(scope), info: {} });
    },
  };
}
