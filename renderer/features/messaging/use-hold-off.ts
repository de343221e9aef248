import { useEffect, useMemo, useRef, type RefObject } from "react";
import type { VirtualizerHandle } from "virtua";

/** How long a turn of the wheel means that the person is on their way up, whatever is measured or arrives. */
const LEAVING_MS = 250;

export interface HoldOff {
  /** Whether the person is just now leaving the end. */
  isLeaving: () => boolean;
}

/**
 * A wheel, finger or key that goes up is stronger than whatever places the list at its end: rows that are measured for the first
 * time would otherwise undo it at the moment a conversation opens.
 */
export function useHoldOff(
  scroller: RefObject<HTMLElement | null>,
  list: RefObject<VirtualizerHandle | null>,
  isAtEnd: RefObject<boolean>,
): HoldOff {
  const leftAt = useRef(Number.NEGATIVE_INFINITY);
  useEffect(() => {
    const box = scroller.current;
    if (box === null) return undefined;
    const leave = () => {
      leftAt.current = performance.now();
      isAtEnd.current = false;
      // Ends a placement that still waits for rows to be measured.
      list.current?.scrollBy(0);
    };
    const onWheel = (event: WheelEvent) => {
      if (event.deltaY < 0) leave();
    };
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key === "PageUp" || event.key === "Home" || event.key === "ArrowUp") leave();
    };
    box.addEventListener("wheel", onWheel, { passive: true });
    box.addEventListener("touchmove", leave, { passive: true });
    box.addEventListener("keydown", onKeyDown);
    return () => {
      box.removeEventListener("wheel", onWheel);
      box.removeEventListener("touchmove", leave);
      box.removeEventListener("keydown", onKeyDown);
    };
  }, [scroller, list, isAtEnd]);
  return useMemo(() => ({ isLeaving: () => performance.now() - leftAt.current < LEAVING_MS }), []);
}
