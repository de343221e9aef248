import type { Row } from "#contract/collections.ts";
import { mutations } from "#contract/mutations.ts";
import { personScope } from "#contract/scope.ts";
import { text } from "../entry.ts";
import type { LiveQuery } from "../live-queries.ts";
import { isFailed } from "../message-overlay.ts";
import type { QueryContext } from "../query-context.ts";
import { inOrder } from "../sort-keys.ts";
import { NOTHING, personalQuery } from "./personal-query.ts";

/** The reader's own headings of the list, from the top. */
export function createSectionsQuery(context: QueryContext): LiveQuery {
  return personalQuery(context, NOTHING, async (reader, me) => {
    const sections = new Map<string, Row<"section">>();
    for (const row of await reader.rows(personScope(me), "section")) sections.set(row.id, row);
    for (const entry of reader.allPending()) {
      const { name, args } = entry.mutation;
      if (isFailed(entry)) continue;
      if (name === "section.remove") sections.delete(text(args, "id"));
      const parsed = name === "section.save" ? mutations[name].safeParse(args) : undefined;
      if (parsed?.success === true) sections.set(parsed.data.id, parsed.data);
    }
    const sorted = [...sections.values()].toSorted(
      (a, b) => a.position - b.position || (a.id < b.id ? -1 : 1),
    );
    const items = sorted.map((section, index) => ({ key: section.id, sort: inOrder(index), section }));
    return { items, info: {} };
  });
}
