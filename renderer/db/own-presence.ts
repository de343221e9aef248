import { mutations } from "#contract/mutations.ts";
import type { PersonView } from "#contract/worker.ts";
import { isFailed } from "./message-overlay.ts";
import type { Reader } from "./reader.ts";

/** The reader's own presence and status as they will be once their waiting choices are carried out. */
export function withOwnChoices(reader: Reader, view: PersonView): PersonView {
  let { presence, status } = view;
  for (const entry of reader.allPending()) {
    const { name, args } = entry.mutation;
    if (isFailed(entry)) continue;
    if (name === "status.set") {
      const parsed = mutations[name].safeParse(args);
      if (parsed.success) ({ status } = parsed.data);
    }
    if (name === "presence.choose") {
      const parsed = mutations[name].safeParse(args);
      presence = (parsed.success ? parsed.data.chosen?.state : undefined) ?? presence;
    }
  }
  return { ...view, presence, status };
}
