import { conversationIdSchema, messageIdSchema, spaceIdSchema } from "#contract/ids.ts";
import { formatLink } from "#contract/links.ts";
import { useView } from "#renderer/kit/view-store.ts";

type Place = Pick<ReturnType<typeof useView.getState>, "module" | "path" | "conversationId" | "targetId">;

/** A window of its own stays with its object: whatever goes elsewhere is handed over, and the window stays. */
export function keepToPlace(goElsewhere: (link: string) => void): () => void {
  const home = useView.getState();
  const { module, path, conversationId } = home;
  return useView.subscribe((state, before) => {
    if (isWithin(state, home)) return;
    useView.setState({
      module,
      conversationId,
      path: isWithin(before, home) ? before.path : path,
      side: before.side,
      pane: before.pane,
      targetId: before.targetId,
    });
    const link = linkOf(state);
    if (link !== null) goElsewhere(link);
  });
}

/** In a space its tabs, under a post its comments. */
function isWithin(place: Place, home: Place): boolean {
  if (place.module !== home.module) return false;
  if (home.module === "messaging")
    return place.conversationId === home.conversationId && place.path.length === 0;
  const own = home.module === "feed" ? home.path.slice(0, 3) : home.path.slice(0, 1);
  return own.every((step, index) => place.path[index] === step);
}

function linkOf({ module, path, conversationId, targetId }: Place): string | null {
  if (module === "messaging") {
    if (conversationId === null || path.length > 0) return null;
    return targetId === null
      ? formatLink({ kind: "conversation", conversationId })
      : formatLink({ kind: "message", conversationId, messageId: targetId });
  }
  const [first, second, third, fourth] = path;
  if (module === "communities") {
    const spaceId = spaceIdSchema.safeParse(first);
    return spaceId.success ? formatLink({ kind: "space", spaceId: spaceId.data }) : null;
  }
  const wall = conversationIdSchema.safeParse(second);
  const post = messageIdSchema.safeParse(third);
  if (module !== "feed" || first !== "post" || !wall.success || !post.success) return null;
  const comment = messageIdSchema.safeParse(fourth);
  return comment.success
    ? formatLink({ kind: "message", conversationId: wall.data, messageId: comment.data, threadId: post.data })
    : formatLink({ kind: "message", conversationId: wall.data, messageId: post.data });
}
