import { useEffect, useRef, useState, type DragEvent } from "react";

export type DropEffect = "copy" | "move" | null;

export interface DropTargetOptions {
  /** What would happen; null: not here. Only the kinds of data are known until they are dropped. */
  effectOf: (event: DragEvent) => DropEffect;
  onDrop: (event: DragEvent) => void;
  /** Held over it for a moment: a folder opens under the pointer. */
  onHeld?: () => void;
}

const HELD_MS = 900;

/** A place where files may be dropped: a step of a path, a row of a list. */
export function useDropTarget({ effectOf, onDrop, onHeld }: DropTargetOptions) {
  const [isOver, setOver] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  // Entering a child leaves its parent: what counts is how many were entered and not left.
  const depth = useRef(0);
  useEffect(() => () => clearTimeout(timer.current), []);
  const end = () => {
    depth.current = 0;
    clearTimeout(timer.current);
    setOver(false);
  };
  const props = {
    onDragEnter(event: DragEvent) {
      if (effectOf(event) === null) return;
      event.preventDefault();
      depth.current += 1;
      if (depth.current > 1) return;
      setOver(true);
      if (onHeld !== undefined) timer.current = setTimeout(onHeld, HELD_MS);
    },
    onDragOver(event: DragEvent) {
      const effect = effectOf(event);
      if (effect === null) return;
      event.preventDefault();
      event.stopPropagation();
      event.dataTransfer.dropEffect = effect;
    },
    onDragLeave(event: DragEvent) {
      if (effectOf(event) === null) return;
      depth.current -= 1;
      if (depth.current <= 0) end();
    },
    onDrop(event: DragEvent) {
      if (effectOf(event) === null) return;
      event.preventDefault();
      event.stopPropagation();
      end();
      onDrop(event);
    },
  };
  return { isOver, props };
}
