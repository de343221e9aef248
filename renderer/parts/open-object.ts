import type { ObjectRef } from "#contract/entities/object-ref.ts";
import { spaceIdSchema, wallId, type ConversationId, type SpaceId } from "#contract/ids.ts";
import type { LinkTarget, ObjectTarget, PlaceName } from "#contract/links.ts";
import { parseScope, type Scope } from "#contract/scope.ts";
import { useView } from "#renderer/kit/view-store.ts";

/** Goes to any object, in the module that shows it. */
export function openObject(object: ObjectRef): void {
  const { go, openConversation, openSide } = useView.getState();
  switch (object.kind) {
    case "message":
      return openMessage(object);
    case "conversation":
      if (isWall(object.scope, object.conversationId)) return go("communities", spaceOf(object.scope) ?? "");
      return openConversation(object.conversationId);
    case "space":
      return go("communities", object.spaceId);
    case "person":
      return openSide({ kind: "person", personId: object.personId });
    case "row": {
      if (object.collection === "libraryItem") return openDocument(object);
      if (object.collection === "task") return openTask(object);
      if (object.collection === "calendarObject") return openEvent(object);
      const spaceId = spaceOf(object.scope);
      if (object.collection === "article") return go("feed", "article", object.id);
      return spaceId === null ? go("communities", "requests") : go("communities", spaceId, "desk");
    }
  }
}

/** In its folder, where that is told. */
function openDocument(object: Extract<ObjectRef, { kind: "row" }>): void {
  const { folderId } = object;
  const spaceId = spaceOf(object.scope);
  const { kind, id } = parseScope(object.scope);
  const library = kind === "share" ? ["shared", id] : spaceId === null ? ["mine"] : ["space", spaceId];
  useView.getState().go("documents", ...library, typeof folderId === "string" ? folderId : "top", object.id);
}

/** On its board. */
function openTask({ scope, id }: Extract<ObjectRef, { kind: "row" }>): void {
  useView.getState().go("tasks", ...placeOf(scope), "task", id);
}

/** Over the days that it is on. */
function openEvent({ scope, id }: Extract<ObjectRef, { kind: "row" }>): void {
  useView.getState().go("calendar", "event", ...placeOf(scope), id);
}

function placeOf(scope: Scope): string[] {
  const { kind, id } = parseScope(scope);
  return kind === "space" || kind === "remote" ? [kind, id] : ["own"];
}

/** Goes to what everybody has for themselves. */
export function openPlace(target: Exclude<LinkTarget, ObjectTarget>): void {
  const { go } = useView.getState();
  switch (target.kind) {
    case "desk":
      return go("communities", target.spaceId, "desk");
    case "item":
      return go("inbox", target.itemId);
    case "place":
      return places[target.place]();
  }
}

const places: Readonly<Record<PlaceName, () => void>> = {
  inbox: () => useView.getState().go("inbox"),
  saved: () => useView.getState().go("messaging", "saved"),
  threads: () => useView.getState().go("messaging", "threads"),
  scheduled: () => useView.getState().go("messaging", "scheduled"),
  feed: () => useView.getState().go("feed"),
  drafts: () => useView.getState().go("feed", "drafts"),
  communities: () => useView.getState().go("communities"),
  requests: () => useView.getState().go("communities", "requests"),
  documents: () => useView.getState().go("documents"),
  tasks: () => useView.getState().go("tasks"),
  calendar: () => useView.getState().go("calendar"),
};

/** A message of a wall is a post or a comment on one; elsewhere it is in its conversation, a reply in its thread. */
function openMessage(object: Extract<ObjectRef, { kind: "message" }>): void {
  const { go, openConversation, openSide } = useView.getState();
  const { conversationId, messageId, threadId } = object;
  if (isWall(object.scope, conversationId)) {
    return threadId === undefined || threadId === messageId
      ? go("feed", "post", conversationId, messageId)
      : go("feed", "post", conversationId, threadId, messageId);
  }
  openConversation(conversationId, threadId ?? messageId);
  if (threadId !== undefined) openSide({ kind: "thread", threadId, conversationId, targetId: messageId });
}

function isWall(scope: Scope, conversationId: ConversationId): boolean {
  const spaceId = spaceOf(scope);
  return spaceId !== null && conversationId === wallId(spaceId);
}

function spaceOf(scope: Scope): SpaceId | null {
  const { kind, id } = parseScope(scope);
  return kind === "space" || kind === "desk" ? (spaceIdSchema.safeParse(id).data ?? null) : null;
}
