import { create } from "zustand";
import type { MessageId } from "#contract/ids.ts";

/** Time to change one's mind about a removal. */
export const UNDO_MS = 6000;

interface RemovalState {
  /** Posts and comments that are hidden and not removed yet. */
  waiting: ReadonlySet<MessageId>;
  schedule: (id: MessageId, commit: () => void) => void;
  undo: (id: MessageId) => void;
}

const commits = new Map<MessageId, { commit: () => void; timer: ReturnType<typeof setTimeout> }>();

/** Hides what is removed at once, and removes it when the time for "undo" is over or the window closes. */
export const useRemovals = create<RemovalState>((set) => ({
  waiting: new Set(),
  schedule: (id, commit) => {
    commits.set(id, { commit, timer: setTimeout(() => finish(id), UNDO_MS) });
    set(({ waiting }) => ({ waiting: new Set(waiting).add(id) }));
  },
  undo: (id) => {
    clearTimeout(commits.get(id)?.timer);
    forget(id);
  },
}));

function forget(id: MessageId): void {
  commits.delete(id);
  useRemovals.setState(({ waiting }) => ({ waiting: new Set([...waiting].filter((each) => each !== id)) }));
}

function finish(id: MessageId): void {
  const waiting = commits.get(id);
  clearTimeout(waiting?.timer);
  waiting?.commit();
  forget(id);
}

window.addEventListener("pagehide", () => {
  for (const id of commits.keys()) finish(id);
});
