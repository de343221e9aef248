import type { UploadBatch } from "#contract/views/documents.ts";
import type { QueryArgs } from "#contract/worker.ts";
import type { LiveQuery } from "../live-queries.ts";
import type { QueryContext } from "../query-context.ts";
import { newestFirst } from "../sort-keys.ts";
import { toIsoTime } from "#contract/time.ts";
import { UPLOAD_STREAM } from "../upload-states.ts";

/** Files that were added together and are not all there yet. */
export function createUploadBatchesQuery(
  context: QueryContext,
  { scope }: QueryArgs<"uploadBatches">,
): LiveQuery {
  return {
    compute(reader) {
      reader.watch(UPLOAD_STREAM);
      const items: UploadBatch[] = [];
      for (const { startedAt, id, ...rest } of context.uploads.batches(scope)) {
        const sort = `${newestFirst(toIsoTime(startedAt))}~${id}`;
        items.push({ key: id, sort, batchId: id, ...rest });
      }
      return Promise.resolve({ items, info: {} });
    },
  };
}
