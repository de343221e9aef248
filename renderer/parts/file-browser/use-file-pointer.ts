import { useState, type DragEvent, type MouseEvent } from "react";
import type { FileBrowserProps } from "./file-browser-props.ts";
import type { FileEntry } from "./file-entry.ts";

type PointerOptions = Pick<FileBrowserProps, "entries" | "selection" | "onOpen" | "drag">;

/** Over the place itself, where no folder stands under the pointer. */
export const HERE = "";

/** What the pointer does: one handler for the whole list, however many rows it has. */
export function useFilePointer({ entries, selection, onOpen, drag }: PointerOptions) {
  const [overId, setOver] = useState<string | null>(null);
  const entryAt = (event: MouseEvent): FileEntry | null => {
    const element = event.target instanceof Element ? event.target.closest("[data-entry]") : null;
    const id = element?.getAttribute("data-entry");
    return id == null ? null : (entries.find((entry) => entry.id === id) ?? null);
  };
  const folderAt = (event: MouseEvent): FileEntry | null => {
    const entry = entryAt(event);
    return entry?.isFolder === true ? entry : null;
  };
  /** On a folder that does not take it, nothing happens; beside folders, it goes into the place itself. */
  const effectAt = (event: DragEvent) => drag?.effectOf(folderAt(event), event) ?? null;
  const props = {
    onClick: (event: MouseEvent) => pick(event, entryAt(event), { selection, onOpen }),
    onDoubleClick(event: MouseEvent) {
      const entry = entryAt(event);
      if (entry !== null && !isInField(event) && !isTick(event)) onOpen(entry);
    },
    onDragStart(event: DragEvent) {
      const entry = entryAt(event);
      if (entry === null || drag === undefined) return;
      const dragged = selection.ids.has(entry.id) ? selection.entries : [entry];
      if (!selection.ids.has(entry.id)) selection.take({ kind: "only", id: entry.id });
      const data = Object.entries(drag.dataOf(dragged));
      if (data.length === 0) {
        event.preventDefault();
        return;
      }
      for (const [type, value] of data) event.dataTransfer.setData(type, value);
      event.dataTransfer.effectAllowed = "copyMove";
    },
    onDragEnd() {
      setOver(null);
      drag?.onEnd?.();
    },
    onDragOver(event: DragEvent) {
      const effect = effectAt(event);
      setOver(effect === null ? null : (folderAt(event)?.id ?? HERE));
      if (effect === null) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = effect;
    },
    onDragLeave(event: DragEvent) {
      const to = event.relatedTarget;
      if (!(to instanceof Node) || !event.currentTarget.contains(to)) setOver(null);
    },
    onDrop(event: DragEvent) {
      setOver(null);
      if (effectAt(event) === null) return;
      event.preventDefault();
      drag?.onDrop(folderAt(event), event);
    },
  };
  return { overId, entryAt, props };
}

function pick(
  event: MouseEvent,
  entry: FileEntry | null,
  { selection, onOpen }: Pick<PointerOptions, "selection" | "onOpen">,
): void {
  if (isInField(event) || (event.target instanceof Element && event.target.closest("button") !== null))
    return;
  if (entry === null) {
    selection.take({ kind: "none" });
    return;
  }
  const { id } = entry;
  const isCtrl = event.ctrlKey || event.metaKey;
  if (event.shiftKey) selection.take({ kind: "extend", id, isAdding: isCtrl });
  else if (isCtrl || isTick(event)) selection.take({ kind: "toggle", id });
  else if (!isTouch(event)) selection.take({ kind: "only", id });
  // A finger opens; once something is ticked, it ticks more.
  else if (selection.ids.size > 0) selection.take({ kind: "toggle", id });
  else onOpen(entry);
}

function isInField(event: MouseEvent): boolean {
  return event.target instanceof Element && event.target.closest(".name-field") !== null;
}

function isTick(event: MouseEvent): boolean {
  return event.target instanceof Element && event.target.closest("[data-tick]") !== null;
}

function isTouch({ nativeEvent }: MouseEvent): boolean {
  return nativeEvent instanceof PointerEvent && nativeEvent.pointerType === "touch";
}
