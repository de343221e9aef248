import { mutations } from "#contract/mutations.ts";
import type { PersonView } from "#contract/worker.ts";
import { isFailed } from "./message-overlay.ts";
import type { Reader } from "./reader.ts";

/** The reader's own presence and status as they will be once their waiting choices are carried out. */
export function withOwnChoices(reader: Reader, view: PersonView): PersonView {
  let { presence, chosen, status } = view;
  for (const entry of reader.allPending()) {
    const { name, args } = entry.mutation;
    if (isFailed(entry)) continue;
    if (name === "status.set") {
      const parsed = mutations[name].safeParse(args);
      if (parsed.success) ({ status } = parsed.data);
    }
    if (name === "presence.choose") {
      const parsed = mutations[name].safeParse(args);
      if (!parsed.success) continue;
      ({ chosen } = parsed.data);
      presence = chosen?.state ?? presence;
    }
  }
  return { ...view, presence, chosen, status };
}
