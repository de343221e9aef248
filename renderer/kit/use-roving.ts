import { useRef, type KeyboardEvent } from "react";
import { fold } from "./text-words.ts";

const FORGET_TYPED_MS = 700;

/**
 * One tab stop for a whole list: arrows, Home, End and typing a name move between the elements marked `data-roving`
 * under the element that carries the returned handler.
 */
export function useRoving(
  options: { hasTypeToFind?: boolean } = {},
): (event: KeyboardEvent<HTMLElement>) => void {
  const typed = useRef({ text: "", atMs: 0 });
  return (event) => {
    if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey) return;
    const stops = [...event.currentTarget.querySelectorAll<HTMLElement>("[data-roving]")];
    const current = stops.findIndex((stop) => stop === document.activeElement);
    if (current < 0 && document.activeElement !== event.currentTarget) return;
    const next =
      destination(event, stops, current) ??
      (options.hasTypeToFind === true ? find(event, stops, current) : undefined);
    if (next === undefined) return;
    event.preventDefault();
    next.focus();
    next.scrollIntoView({ block: "nearest" });
  };

  function find(event: KeyboardEvent, stops: HTMLElement[], current: number): HTMLElement | undefined {
    if (event.key.length !== 1 || (event.key === " " && typed.current.text === "")) return undefined;
    const isFresh = event.timeStamp - typed.current.atMs > FORGET_TYPED_MS;
    typed.current = { text: (isFresh ? "" : typed.current.text) + fold(event.key), atMs: event.timeStamp };
    const from = typed.current.text.length === 1 ? current + 1 : Math.max(current, 0);
    const ordered = [...stops.slice(from), ...stops.slice(0, from)];
    return ordered.find((stop) => fold(stop.dataset["roving"] ?? "").startsWith(typed.current.text));
  }
}

function destination(event: KeyboardEvent, stops: HTMLElement[], current: number): HTMLElement | undefined {
  switch (event.key) {
    case "ArrowDown":
      return stops[current + 1];
    case "ArrowUp":
      return current < 0 ? stops.at(-1) : stops[current - 1];
    case "Home":
      return stops[0];
    case "End":
      return stops.at(-1);
    default:
      return undefined;
  }
}
