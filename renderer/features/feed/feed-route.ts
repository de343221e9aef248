import { useMemo } from "react";
import {
  conversationIdSchema,
  freshIdSchema,
  messageIdSchema,
  spaceIdSchema,
  type ConversationId,
  type MessageId,
  type SpaceId,
} from "#contract/ids.ts";
import type { ModuleName } from "#contract/capabilities.ts";
import { postFilterSchema, type PostFilter } from "#contract/views/feed.ts";
import { useView } from "#renderer/kit/view-store.ts";

/** What the module shows, as it stands in the address. */
export type FeedRoute =
  | { kind: "list"; show: PostFilter; spaceId: SpaceId | null }
  /** `commentId`: the comment that one comes for. */
  | { kind: "post"; conversationId: ConversationId; messageId: MessageId; commentId: MessageId | null }
  | { kind: "drafts" }
  /** An article in the making; `spaceId`: where a new one begins. */
  | { kind: "article"; id: string; spaceId: SpaceId | null };

const HOME = { kind: "list", show: "all", spaceId: null } as const;

/** Anything that is no place of this module is its home. */
export function readRoute(path: readonly string[]): FeedRoute {
  const [kind = "", first, second, third] = path;
  switch (kind) {
    case "post": {
      const conversationId = conversationIdSchema.safeParse(first);
      const messageId = messageIdSchema.safeParse(second);
      if (!conversationId.success || !messageId.success) return HOME;
      const commentId = messageIdSchema.safeParse(third).data ?? null;
      return { kind, conversationId: conversationId.data, messageId: messageId.data, commentId };
    }
    case "article": {
      const id = freshIdSchema.safeParse(first);
      const spaceId = spaceIdSchema.safeParse(second).data ?? null;
      return id.success ? { kind, id: id.data, spaceId } : HOME;
    }
    case "drafts":
      return { kind };
    case "space": {
      const spaceId = spaceIdSchema.safeParse(first);
      return spaceId.success ? { ...HOME, spaceId: spaceId.data } : HOME;
    }
    default:
      return { ...HOME, show: postFilterSchema.safeParse(kind).data ?? "all" };
  }
}

const NOWHERE: readonly string[] = [];

export function useFeedRoute(): FeedRoute {
  const path = useView((state) => (state.module === "feed" ? state.path : NOWHERE));
  return useMemo(() => readRoute(path), [path]);
}

/** Where one was when a post was opened: a list, a space's page, the inbox. */
let cameFrom: { module: ModuleName; path: readonly string[] } | null = null;

export function openPost(conversationId: ConversationId, messageId: MessageId): void {
  const { go, module, path } = useView.getState();
  if (path[0] !== "post") cameFrom = { module, path };
  go("feed", "post", conversationId, messageId);
}

export function leavePost(): void {
  const { go } = useView.getState();
  if (cameFrom === null) go("feed");
  else go(cameFrom.module, ...cameFrom.path);
}
