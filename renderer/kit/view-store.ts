import { create } from "zustand";
import type { ModuleName } from "#contract/capabilities.ts";
import type { ConversationId, MessageId, PersonId, SpaceId } from "#contract/ids.ts";

/** What stands in the side pane. */
export type Side =
  /** `conversationId`: where, when it may not be the open one. `targetId`: the reply to go to. `isUnread`: open at what is new. */
  | {
      kind: "thread";
      threadId: MessageId;
      conversationId?: ConversationId;
      targetId?: MessageId;
      isUnread?: boolean;
    }
  | { kind: "details" }
  | { kind: "pins" }
  | { kind: "person"; personId: PersonId };

export type DialogName =
  | { kind: "switcher" }
  | { kind: "newConversation" }
  | { kind: "createChannel"; spaceId: SpaceId; spaceName: string }
  | { kind: "outbox" }
  /** `section`: the one to begin with. */
  | { kind: "settings"; section?: string }
  | { kind: "account" }
  | { kind: "availability" };

export type PaneName = "list" | "content" | "side";

interface ViewState {
  module: ModuleName;
  /** Where one is within the module, as in the address: each module has its own words. */
  path: readonly string[];
  /** The open conversation of the messaging module; it stays open behind other modules. */
  conversationId: ConversationId | null;
  /** Message to go to in the open conversation, when one was asked for. */
  targetId: MessageId | null;
  side: Side | null;
  /** Which pane a narrow window shows. */
  pane: PaneName;
  dialog: DialogName | null;
  /** Message being edited in place. */
  editingId: MessageId | null;
  /** Conversations that the person has marked unread: reading them again waits until they come back. */
  heldUnread: ReadonlySet<ConversationId>;
}

interface ViewActions {
  /** Goes to a module, or to a place within it. */
  go: (module: ModuleName, ...path: string[]) => void;
  openConversation: (id: ConversationId, targetId?: MessageId) => void;
  openSide: (side: Side) => void;
  closeSide: () => void;
  showPane: (pane: PaneName) => void;
  openDialog: (dialog: DialogName) => void;
  closeDialog: () => void;
  startEditing: (id: MessageId | null) => void;
  holdUnread: (id: ConversationId) => void;
}

const initial: ViewState = {
  module: "messaging",
  path: [],
  conversationId: null,
  targetId: null,
  side: null,
  pane: "list",
  dialog: null,
  editingId: null,
  heldUnread: new Set(),
};

/** What a narrow window shows: the feed is read at once, the inbox and others begin with their list. */
function paneOf({ module, path }: Pick<ViewState, "module" | "path">, before: ModuleName): PaneName {
  if (path.length > 0 || module === "feed") return "content";
  return module === before && module !== "inbox" ? "content" : "list";
}

export const useView = create<ViewState & ViewActions>((set) => ({
  ...initial,
  go: (module, ...path) =>
    set((state) => ({
      module,
      path,
      side: null,
      dialog: null,
      editingId: null,
      pane: paneOf({ module, path }, state.module),
    })),
  openConversation: (id, targetId) =>
    set((state) => ({
      module: "messaging",
      path: [],
      conversationId: id,
      targetId: targetId ?? null,
      side: state.conversationId === id ? state.side : state.side?.kind === "details" ? state.side : null,
      pane: "content",
      dialog: null,
      editingId: null,
      heldUnread: new Set([...state.heldUnread].filter((held) => held !== id)),
    })),
  openSide: (side) => set({ side, pane: "side" }),
  closeSide: () => set({ side: null, pane: "content" }),
  showPane: (pane) => set({ pane }),
  openDialog: (dialog) => set({ dialog }),
  closeDialog: () => set({ dialog: null }),
  startEditing: (editingId) => set({ editingId }),
  holdUnread: (id) => set((state) => ({ heldUnread: new Set([...state.heldUnread, id]) })),
}));

/** Forgets what was open: another account begins with a clean desk. */
export function resetView(): void {
  useView.setState(initial);
}
