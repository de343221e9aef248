import { useEffect, useRef } from "react";
import type { IsoTime } from "#contract/time.ts";
import { useWindowActive } from "#renderer/kit/use-window-active.ts";
import { useView } from "#renderer/kit/view-store.ts";
import type { Place } from "#renderer/parts/write.ts";
import { useCommands } from "#renderer/parts/use-commands.ts";

interface ReadMarkerOptions {
  place: Place;
  /** `sentAt` of the newest settled message, when the end of the list is in sight. */
  seenUpTo: IsoTime | null;
  unread: number;
}

/** Marks as read what is really seen: the end of the list, in a window that the person is at. */
export function useReadMarker({ place, seenUpTo, unread }: ReadMarkerOptions): void {
  const commands = useCommands();
  const isActive = useWindowActive();
  const { conversationId, threadId } = place;
  const isHeld = useView((state) => threadId === undefined && state.heldUnread.has(conversationId));
  const last = useRef<IsoTime | null>(null);
  useEffect(() => {
    if (seenUpTo === null || !isActive || isHeld || unread === 0 || last.current === seenUpTo) return;
    last.current = seenUpTo;
    if (threadId === undefined) void commands.markRead(conversationId, seenUpTo);
    else void commands.markThreadRead(place, threadId, seenUpTo);
  }, [commands, place, conversationId, threadId, isActive, isHeld, seenUpTo, unread]);
}
