import type { PersonId } from "#contract/ids.ts";
import type { LiveQuery, View } from "../live-queries.ts";
import type { QueryContext } from "../query-context.ts";
import { SESSION_STREAM, type Reader } from "../reader.ts";

/**
 * A query that has nothing to say before it is known whose cache this is. What stands beside the open conversation gives
 * way to it.
 */
export function personalQuery(
  context: QueryContext,
  empty: View,
  compute: (reader: Reader, me: PersonId) => Promise<View>,
): LiveQuery {
  return {
    isPatient: true,
    async compute(reader) {
      const me = context.me();
      if (me !== null) return await compute(reader, me);
      reader.watch(SESSION_STREAM);
      return empty;
    },
  };
}

export const NOTHING: View = { items: [], info: {} };
