import { useEffect, useMemo, useRef, type RefObject } from "react";
import type { VirtualizerHandle } from "virtua";

/** How long a turn of the wheel means that the person is on their way up, whatever is measured or arrives. */
const LEAVING_MS = 250;
/** How long after it opens a list may still be placed again, as its rows are measured for the first time. */
const PLACING_MS = 1000;

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
    };
    const onWheel = (event: WheelEvent) => {
      if (event.deltaY < 0) leave();
    };
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key === "PageUp" || event.key === "Home" || event.key === "ArrowUp") leave();
    };
    // A placement that still waits for rows ends only with another one: this turn of the wheel is made to be it.
    const onFirstWheel = (event: WheelEvent) => {
      if (event.deltaY >= 0 || event.deltaMode !== WheelEvent.DOM_DELTA_PIXEL || list.current === null)
        return;
      event.preventDefault();
      list.current.scrollTo(Math.max(0, box.scrollTop + event.deltaY));
    };
    box.addEventListener("wheel", onWheel, { passive: true });
    box.addEventListener("touchmove", leave, { passive: true });
    box.addEventListener("keydown", onKeyDown);
    box.addEventListener("wheel", onFirstWheel, { passive: false });
    // Not longer: a listener that may refuse makes every turn of the wheel wait for the page.
    const endFirst = () => box.removeEventListener("wheel", onFirstWheel);
    const timer = setTimeout(endFirst, PLACING_MS);
    return () => {
      clearTimeout(timer);
      endFirst();
      box.removeEventListener("wheel", onWheel);
      box.removeEventListener("touchmove", leave);
      box.removeEventListener("keydown", onKeyDown);
    };
  }, [scroller, list, isAtEnd]);
  return useMemo(() => ({ isLeaving: () => performance.now() - leftAt.current < LEAVING_MS }), []);
}
