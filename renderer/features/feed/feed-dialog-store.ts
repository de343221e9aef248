import { create } from "zustand";
import type { MessageView } from "#contract/views/message-view.ts";
import type { PostPlace, PostView } from "#contract/views/feed.ts";

/** What is asked about one post or comment, in a dialog of its own. */
export type FeedDialog =
  | { kind: "share"; post: PostView }
  | { kind: "report"; view: MessageView; place: PostPlace }
  | { kind: "task"; title: string; source: string }
  | { kind: "versions"; view: MessageView }
  | { kind: "acknowledgements"; post: PostView };

interface FeedDialogState {
  dialog: FeedDialog | null;
  open: (dialog: FeedDialog) => void;
  close: () => void;
}

/** One at a time; no card carries one. */
export const useFeedDialog = create<FeedDialogState>((set) => ({
  dialog: null,
  open: (dialog) => set({ dialog }),
  close: () => set({ dialog: null }),
}));
