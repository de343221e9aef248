import { useRef, type KeyboardEvent } from "react";
import { fold } from "#renderer/kit/text-words.ts";
import type { FileEntry } from "./file-entry.ts";
import type { FileSelection } from "./use-file-selection.ts";

interface FileKeysOptions {
  entries: readonly FileEntry[];
  selection: FileSelection;
  /** Entries beside each other; 1 for rows. */
  columns: number;
  /** Rows that are seen at once. */
  pageRows: () => number;
  onOpen: (entry: FileEntry) => void;
  onKey: ((event: KeyboardEvent<HTMLElement>) => boolean) | undefined;
}

const FORGET_TYPED_MS = 700;

/** What the keyboard does in a list of files, as the desktop's own file managers do it. */
export function useFileKeys(options: FileKeysOptions): (event: KeyboardEvent<HTMLElement>) => void {
  const typed = useRef({ text: "", atMs: 0 });
  return (event) => {
    if (event.defaultPrevented || event.target instanceof HTMLInputElement) return;
    if (options.onKey?.(event) === true || move(event, options) || act(event, options)) {
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    if (event.target !== event.currentTarget || event.altKey || event.ctrlKey || event.metaKey) return;
    const found = find(event);
    if (found === undefined) return;
    event.preventDefault();
    options.selection.take({ kind: "only", id: found.id });
  };

  function find(event: KeyboardEvent): FileEntry | undefined {
    const { entries, selection } = options;
    if (event.key.length !== 1 || (event.key === " " && typed.current.text === "")) return undefined;
    const isFresh = event.timeStamp - typed.current.atMs > FORGET_TYPED_MS;
    typed.current = { text: (isFresh ? "" : typed.current.text) + fold(event.key), atMs: event.timeStamp };
    const wanted = typed.current.text;
    const current = entries.findIndex(({ id }) => id === selection.focusId);
    const from = wanted.length === 1 ? current + 1 : Math.max(current, 0);
    const begins = ({ name }: FileEntry) => fold(name).startsWith(wanted);
    return entries.slice(from).find(begins) ?? entries.slice(0, from).find(begins);
  }
}

/** Arrows and pages: alone they select, with Shift a range, with Ctrl only the keyboard goes there. */
function move(event: KeyboardEvent, { entries, selection, columns, pageRows }: FileKeysOptions): boolean {
  if (event.altKey || event.target !== event.currentTarget) return false;
  const current = entries.findIndex(({ id }) => id === selection.focusId);
  const next = destination(event.key, {
    current,
    count: entries.length,
    columns,
    page: Math.max(1, pageRows() - 1) * columns,
  });
  if (next === undefined) return false;
  const entry = entries[next];
  if (entry === undefined) return true;
  const isCtrl = event.ctrlKey || event.metaKey;
  if (event.shiftKey) selection.take({ kind: "extend", id: entry.id, isAdding: isCtrl });
  else selection.take({ kind: isCtrl ? "focus" : "only", id: entry.id });
  return true;
}

interface From {
  current: number;
  count: number;
  columns: number;
  page: number;
}

function destination(key: string, { current, count, columns, page }: From): number | undefined {
  const last = count - 1;
  const to = (index: number) => Math.max(0, Math.min(last, index));
  // Whoever comes in by the keyboard begins with the first.
  const begun = current < 0;
  switch (key) {
    case "ArrowDown":
      return begun ? 0 : current + columns > last ? lastRow(current, last, columns) : current + columns;
    case "ArrowUp":
      return begun ? last : current < columns ? current : current - columns;
    case "ArrowRight":
      return columns === 1 ? undefined : begun ? 0 : to(current + 1);
    case "ArrowLeft":
      return columns === 1 ? undefined : begun ? last : to(current - 1);
    case "Home":
      return 0;
    case "End":
      return last;
    case "PageDown":
      return to(current + page);
    case "PageUp":
      return to(current - page);
    default:
      return undefined;
  }
}

/** Downwards from the row before the last one leads to the last, also where nothing stands right below. */
function lastRow(current: number, last: number, columns: number): number {
  return Math.floor(current / columns) < Math.floor(last / columns) ? last : current;
}

function act(event: KeyboardEvent, { entries, selection, onOpen }: FileKeysOptions): boolean {
  if (event.target !== event.currentTarget) return false;
  const focused = entries.find(({ id }) => id === selection.focusId);
  const isCtrl = event.ctrlKey || event.metaKey;
  if (event.key === "Enter" && !isCtrl && !event.altKey && focused !== undefined) {
    onOpen(focused);
    return true;
  }
  if (event.key === " " && focused !== undefined && (isCtrl || !selection.ids.has(focused.id))) {
    selection.take({ kind: "toggle", id: focused.id });
    return true;
  }
  if (isCtrl && !event.altKey && event.key.toLowerCase() === "a") {
    selection.take({ kind: "all" });
    return true;
  }
  if (event.key === "Escape" && selection.ids.size > 0) {
    selection.take({ kind: "none" });
    return true;
  }
  return false;
}
