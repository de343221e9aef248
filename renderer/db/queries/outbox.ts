import type { OutboxItem } from "#contract/worker.ts";
import type { LiveQuery } from "../live-queries.ts";

/** Writes that the server has not settled, oldest first. */
export function createOutboxQuery(): LiveQuery {
  return {
    compute(reader) {
      const items = reader.allPending().map((entry): OutboxItem => {
        const { id, name, scope, args, madeAt } = entry.mutation;
        return {
          key: id,
          sort: String(entry.order).padStart(12, "0"),
          mutationId: id,
          name,
          scope,
          args,
          madeAt,
          status: entry.status,
          problem: entry.problem,
          attempts: entry.attempts,
          place: entry.place,
          current: entry.current?.data ?? null,
        };
      });
      return Promise.resolve({ items, info: {} });
    },
  };
}
