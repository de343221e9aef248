import { create } from "zustand";
import type { Ask } from "#contract/entities/notification.ts";

export type Shelf = "waiting" | "snoozed" | "done";

interface InboxState {
  shelf: Shelf;
  /** Only what asks this; null for everything. */
  ask: Ask | null;
  /** How many lines are shown; grows on demand. */
  limit: number;
  show: (shelf: Shelf, ask: Ask | null) => void;
  showMore: () => void;
}

const STEP = 100;

/** Which part of the inbox is looked at. */
export const useInbox = create<InboxState>((set) => ({
  shelf: "waiting",
  ask: null,
  limit: STEP,
  show: (shelf, ask) => set({ shelf, ask, limit: STEP }),
  showMore: () => set((state) => ({ limit: state.limit + STEP })),
}));
