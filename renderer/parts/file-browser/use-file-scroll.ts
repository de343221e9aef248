import { useLayoutEffect, useRef, useState, type RefObject } from "react";
import type { VirtualizerHandle } from "virtua";

/** The head sticks at the top of what scrolls: rows begin below it. */
interface FileScroll {
  box: RefObject<HTMLDivElement | null>;
  rows: RefObject<VirtualizerHandle | null>;
  headPx: number;
  /** Rows that are seen at once. */
  pageRows: () => number;
}

/** @param focusRow the line that has the keyboard, -1 for none: it is brought into sight whenever it changes */
export function useFileScroll(focusRow: number, hasHead: boolean): FileScroll {
  const box = useRef<HTMLDivElement>(null);
  const rows = useRef<VirtualizerHandle>(null);
  const [headPx, setHead] = useState(0);
  useLayoutEffect(() => {
    setHead(hasHead ? (box.current?.querySelector<HTMLElement>(".file-head")?.offsetHeight ?? 0) : 0);
  }, [hasHead]);
  useLayoutEffect(() => {
    const [scroller, list] = [box.current, rows.current];
    if (scroller === null || list === null || focusRow < 0) return;
    const top = list.getItemOffset(focusRow);
    const bottom = headPx + top + list.getItemSize(focusRow);
    if (top < scroller.scrollTop) scroller.scrollTop = top;
    else if (bottom > scroller.scrollTop + scroller.clientHeight) {
      scroller.scrollTop = bottom - scroller.clientHeight;
    }
  }, [focusRow, headPx]);
  return {
    box,
    rows,
    headPx,
    pageRows: () => {
      const size = rows.current?.getItemSize(Math.max(0, focusRow)) ?? 0;
      const height = (box.current?.clientHeight ?? 0) - headPx;
      return size > 0 ? Math.floor(height / size) : 1;
    },
  };
}

/** How many tiles stand beside each other; 1 where they are rows. */
export function useColumns(box: RefObject<HTMLDivElement | null>, isGrid: boolean): number {
  const [columns, setColumns] = useState(1);
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null || !isGrid) return undefined;
    const measure = () => {
      const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
      setColumns(Math.max(1, Math.floor((element.clientWidth - rem) / (TILE_REM * rem))));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [box, isGrid]);
  return isGrid ? columns : 1;
}

/** As in `file-browser.css`. */
const TILE_REM = 9.5;
