import { create } from "zustand";
import type { MessageId } from "#contract/ids.ts";

export const UNDO_MS = 6000;

interface DeletionState {
  /** Deletions that can still be taken back. */
  waiting: ReadonlyMap<MessageId, () => void>;
  /** Hides the message at once and really deletes it when the time to change one's mind is over. */
  schedule(id: MessageId, commit: () => void): void;
  undo: (id: MessageId) => void;
  /** The window closes: what was asked for is done. */
  flush: () => void;
}

export const useDeletions = create<DeletionState>((set, get) => ({
  waiting: new Map(),
  schedule: (id, commit) => {
    const timer = setTimeout(() => run(id), UNDO_MS);
    const drop = () => clearTimeout(timer);
    set((state) => ({ waiting: new Map(state.waiting).set(id, commit) }));
    drops.set(id, drop);
  },
  undo: (id) => {
    drops.get(id)?.();
    forget(id);
  },
  flush: () => {
    for (const id of get().waiting.keys()) run(id);
  },
}));

const drops = new Map<MessageId, () => void>();

function forget(id: MessageId): void {
  drops.delete(id);
  useDeletions.setState((state) => {
    const waiting = new Map(state.waiting);
    waiting.delete(id);
    return { waiting };
  });
}

function run(id: MessageId): void {
  drops.get(id)?.();
  useDeletions.getState().waiting.get(id)?.();
  forget(id);
}

window.addEventListener("pagehide", () => useDeletions.getState().flush());
