import type { BlockStore } from "./block-store.ts";
import type { Changes } from "./entry.ts";
import { PartLists } from "./part-lists.ts";
import type { RowParser } from "./row-parser.ts";

/** Lists of what hangs on messages and may be long. */
export class MessageParts {
  readonly reactions: PartLists<"reaction">;
  readonly votes: PartLists<"vote">;
  readonly acknowledgements: PartLists<"acknowledgement">;

  constructor(store: BlockStore, parser: RowParser) {
    this.reactions = new PartLists({ store, parser, part: "reaction", order: (row) => row.createdAt });
    this.votes = new PartLists({ store, parser, part: "vote", order: (row) => row.votedAt });
    this.acknowledgements = new PartLists({
      store,
      parser,
      part: "acknowledgement",
      order: (row) => row.acknowledgedAt,
    });
  }

  note(changes: Changes): void {
    for (const list of [this.reactions, this.votes, this.acknowledgements]) list.note(changes);
  }

  clear(): void {
    for (const list of [this.reactions, this.votes, this.acknowledgements]) list.clear();
  }
}
