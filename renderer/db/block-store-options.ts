import type { Codec } from "./codec.ts";
import type { CacheDatabase, SealedRecord } from "./database.ts";
import type { Changes, PlacedEntry } from "./entry.ts";
import type { KeptScopes } from "./kept-scopes.ts";

export interface BlockStoreOptions {
  database: CacheDatabase;
  codec: Codec;
  /** Characters of decrypted text to keep, besides what is resident or not yet written. */
  memoryLimit?: number;
  /** A block could not be read and was dropped: its scope must be fetched anew. */
  onCorrupt: (stream: string) => void;
  /** What may lie on disk. */
  kept: KeptScopes;
  /** It is now kept and was not, or the other way round: its positions go with its blocks. */
  onMove: (scope: string) => void;
  /** All of them are done. */
  onMoved: () => void;
}

export interface RangeOptions {
  /** First key wanted. */
  lower?: string;
  /** Key behind the last one wanted. */
  upper?: string;
  limit?: number;
  isReverse?: boolean;
}

export interface LogAppend {
  entries: PlacedEntry[];
  meta: [string, unknown][];
  outboxPut?: SealedRecord[];
  outboxDelete?: number[];
  /** Called when memory holds the change and before disk does. */
  onApplied?: (changes: Changes) => void;
}
