import type { Row } from "#contract/collections.ts";
import { mutations } from "#contract/mutations.ts";
import { DIRECTORY } from "#contract/scope.ts";
import type { QueryArgs } from "#contract/worker.ts";
import { text } from "../entry.ts";
import { fold } from "../fold.ts";
import type { LiveQuery } from "../live-queries.ts";
import { isFailed } from "../message-overlay.ts";
import type { QueryContext } from "../query-context.ts";

/** Groups that can be named in a conversation: its space's and those of everyone, by name. */
export function createGroupsQuery(context: QueryContext, args: QueryArgs<"groups">): LiveQuery {
  return {
    async compute(reader) {
      const scope = context.places.scope(args.conversationId);
      const groups = new Map<string, Row<"group">>();
      for (const each of new Set([DIRECTORY, scope]))
        for (const row of await reader.rows(each, "group")) groups.set(row.id, row);
      for (const entry of reader.allPending()) {
        const { name, args: made, scope: where } = entry.mutation;
        if (isFailed(entry) || (where !== scope && where !== DIRECTORY)) continue;
        if (name === "group.remove") groups.delete(text(made, "id"));
        const parsed = name === "group.save" ? mutations[name].safeParse(made) : undefined;
        if (parsed?.success === true) groups.set(parsed.data.id, parsed.data);
      }
      const wanted = wordsOf(args.text);
      const items = [...groups.values()]
        .filter((group) => isMatch(group.name, wanted))
        .map((group) => ({ key: group.id, sort: `${fold(group.name)}~${group.id}`, group }))
        .toSorted((a, b) => (a.sort < b.sort ? -1 : 1))
        .slice(0, args.limit);
      return { items, info: {} };
    },
  };
}

function wordsOf(query: string): string[] {
  return fold(query)
    .split(/[\s'’-]+/)
    .filter((word) => word !== "");
}

/** Words are matched from their beginning. */
function isMatch(name: string, wanted: readonly string[]): boolean {
  const words = wordsOf(name);
  return wanted.every((word) => words.some((each) => each.startsWith(word)));
}
