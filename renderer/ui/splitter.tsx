import { useRef, type KeyboardEvent, type PointerEvent } from "react";
import "./splitter.css";

export interface SplitterProps {
  label: string;
  width: number;
  min: number;
  max: number;
  /** `1` when dragging to the right widens the pane, `-1` when it narrows it. */
  direction: 1 | -1;
  onResize: (width: number) => void;
  onResized: (width: number) => void;
}

const STEP = 16;

/** The line between two panes: dragged, or moved with the arrows, Home and End. */
export function Splitter({ label, width, min, max, direction, onResize, onResized }: SplitterProps) {
  const drag = useRef<{ x: number; width: number } | null>(null);
  const latest = useRef(width);
  const clamp = (value: number) => Math.round(Math.min(max, Math.max(min, value)));
  const resize = (value: number) => {
    latest.current = clamp(value);
    onResize(latest.current);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const moves: Record<string, number> = {
      ArrowLeft: width - STEP * direction,
      ArrowRight: width + STEP * direction,
      Home: min,
      End: max,
    };
    const next = moves[event.key];
    if (next === undefined) return;
    event.preventDefault();
    resize(next);
    onResized(latest.current);
  };
  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    drag.current = { x: event.clientX, width };
  };
  const onPointerMove = (event: PointerEvent) => {
    if (drag.current === null) return;
    resize(drag.current.width + (event.clientX - drag.current.x) * direction);
  };
  const onPointerUp = () => {
    if (drag.current !== null) onResized(latest.current);
    drag.current = null;
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- a focusable separator is a widget (ARIA 1.2)
    <div
      className="splitter"
      role="separator"
      aria-orientation="vertical"
      aria-label={label}
      aria-valuenow={width}
      aria-valuemin={min}
      aria-valuemax={max}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- the same
      tabIndex={0}
      onKeyDown={onKeyDown}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={onPointerUp}
      onPointerCancel={onPointerUp}
    />
  );
}
