import {
  conversationIdSchema,
  freshIdSchema,
  libraryItemIdSchema,
  messageIdSchema,
  spaceIdSchema,
  taskIdSchema,
  calendarObjectIdSchema,
} from "#contract/ids.ts";
import type { LinkTarget } from "#contract/links.ts";
import { spaceScope } from "#contract/scope.ts";
import type { useView } from "#renderer/kit/view-store.ts";

export type Place = Pick<
  ReturnType<typeof useView.getState>,
  "module" | "path" | "conversationId" | "targetId"
>;

/** What is shown, as something that has an address. Null: nothing is open. */
export function targetOfPlace(place: Place): LinkTarget | null {
  const { module, path } = place;
  switch (module) {
    case "messaging":
      return messagingTarget(place);
    case "communities":
      return communitiesTarget(path);
    case "feed":
      return feedTarget(path);
    case "inbox": {
      const itemId = freshIdSchema.safeParse(path[0]);
      return itemId.success ? { kind: "item", itemId: itemId.data } : { kind: "place", place: "inbox" };
    }
    case "documents":
      return documentsTarget(path);
    case "tasks":
      return tasksTarget(path);
    case "calendar":
      return calendarTarget(path);
    case "drives":
      return null;
  }
}

function messagingTarget({ path: [page], conversationId, targetId }: Place): LinkTarget | null {
  if (page === "saved" || page === "threads" || page === "scheduled") return { kind: "place", place: page };
  if (conversationId === null) return null;
  return targetId === null
    ? { kind: "conversation", conversationId }
    : { kind: "message", conversationId, messageId: targetId };
}

function communitiesTarget([first, tab]: readonly string[]): LinkTarget {
  const spaceId = spaceIdSchema.safeParse(first);
  if (spaceId.success) return { kind: tab === "desk" ? tab : "space", spaceId: spaceId.data };
  return { kind: "place", place: first === "requests" ? first : "communities" };
}

/** `space/ID/FOLDER/ITEM`; what is the reader's own has no address for others. */
function documentsTarget([library, id, folder, item]: readonly string[]): LinkTarget {
  const spaceId = library === "space" ? spaceIdSchema.safeParse(id) : undefined;
  const itemId = libraryItemIdSchema.safeParse(item ?? folder);
  if (spaceId?.success === true && itemId.success)
    return { kind: "document", scope: spaceScope(spaceId.data), itemId: itemId.data };
  return { kind: "place", place: "documents" };
}

/** `space/ID/BOARD/TASK` (BOARD may be `task`); what is the reader's own has no address for others. */
function tasksTarget([place, id, , task]: readonly string[]): LinkTarget {
  const spaceId = place === "space" ? spaceIdSchema.safeParse(id) : undefined;
  const taskId = taskIdSchema.safeParse(task);
  if (spaceId?.success === true && taskId.success)
    return { kind: "task", scope: spaceScope(spaceId.data), taskId: taskId.data };
  return { kind: "place", place: "tasks" };
}

/** `event/space/ID/OBJECT`; what is the reader's own has no address for others. */
function calendarTarget([first, place, id, object]: readonly string[]): LinkTarget {
  const spaceId = first === "event" && place === "space" ? spaceIdSchema.safeParse(id) : undefined;
  const objectId = calendarObjectIdSchema.safeParse(object);
  if (spaceId?.success === true && objectId.success)
    return { kind: "event", scope: spaceScope(spaceId.data), objectId: objectId.data };
  return { kind: "place", place: "calendar" };
}

function feedTarget([first, ...steps]: readonly string[]): LinkTarget {
  if (first === "drafts") return { kind: "place", place: first };
  if (first === "article") {
    const articleId = freshIdSchema.safeParse(steps[0]);
    if (articleId.success) return { kind: "article", articleId: articleId.data };
  }
  const wall = conversationIdSchema.safeParse(steps[0]);
  const post = messageIdSchema.safeParse(steps[1]);
  if (first !== "post" || !wall.success || !post.success) return { kind: "place", place: "feed" };
  const comment = messageIdSchema.safeParse(steps[2]);
  const conversationId = wall.data;
  return comment.success
    ? { kind: "message", conversationId, messageId: comment.data, threadId: post.data }
    : { kind: "message", conversationId, messageId: post.data };
}
