import { formatLink } from "#contract/links.ts";
import { useView } from "#renderer/kit/view-store.ts";
import { targetOfPlace, type Place } from "./place-link.ts";

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
    const target = targetOfPlace(state);
    if (target !== null) goElsewhere(formatLink(target));
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
