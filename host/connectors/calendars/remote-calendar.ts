/** One resource of a calendar that lies elsewhere: its last name and its version (`getetag`). */
export interface RemoteName {
  name: string;
  etag: string;
}

export interface RemoteObject extends RemoteName {
  /** As its server has it. */
  data: string;
}

export interface RemoteListing {
  /** What is not in `put` is no longer there. */
  isWhole: boolean;
  put: RemoteName[];
  removed: string[];
  /** Where to go on the next time; null: from the beginning. */
  token: string | null;
}

/**
 * A calendar that lies elsewhere. Every call may fail with a `DriveError`: the faults of WebDAV are the same here as on
 * drives, `changed` where somebody else was faster (412).
 */
export interface RemoteCalendar {
  /** What there is, or what changed since `token`. */
  list(token: string | null, signal: AbortSignal): Promise<RemoteListing>;
  /** Those that can be read; the others are left out. */
  read(names: readonly string[], signal: AbortSignal): Promise<RemoteObject[]>;
  /** @param etag of what it replaces; null: there is none of that name. Answers the new one, where the server says it. */
  put(name: string, data: string, etag: string | null, signal: AbortSignal): Promise<string | null>;
  remove(name: string, etag: string, signal: AbortSignal): Promise<void>;
}
