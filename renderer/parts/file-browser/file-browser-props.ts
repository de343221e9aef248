import type { DragEvent, KeyboardEvent, ReactNode } from "react";
import type { Command } from "#renderer/ui/menu.tsx";
import type { FileEntry, FileSort, FileView } from "./file-entry.ts";
import type { DropEffect } from "./use-drop-target.ts";
import type { FileSelection } from "./use-file-selection.ts";

export interface FileBrowserProps {
  /** What is shown, for who hears it: « Contenu de Budget ». */
  label: string;
  entries: readonly FileEntry[];
  selection: FileSelection;
  view: FileView;
  /** Null: in the order given, and it cannot be changed. */
  sort: FileSort | null;
  onSort?: (sort: FileSort) => void;
  /** A column says where each lies: lists over several folders. */
  hasPlaces?: boolean;
  /** Whether it is known who wrote each; without, there is no column for it. */
  hasAuthors?: boolean;
  isLoading: boolean;
  /** In place of the list when there is nothing. */
  empty: ReactNode;
  onOpen: (entry: FileEntry) => void;
  /** Of the context menu; without entries, of the place itself. */
  commandsOf: (entries: readonly FileEntry[]) => Command[];
  /** Keys that are not the list's own: F2, Delete, Alt+Up… Whether it was one. */
  onKey?: (event: KeyboardEvent<HTMLElement>) => boolean;
  renaming?: FileRenaming | null;
  drag?: FileDrag;
  clipboard?: FileClipboard;
  /** Drawn faded: cut, and waiting to be put elsewhere. */
  cutIds?: ReadonlySet<string>;
}

export interface FileRenaming {
  id: string;
  /** What is wrong with a name, in words. */
  explain: (name: string, entry: FileEntry) => string | null;
  /** Null: given up. */
  onDone: (name: string | null) => void;
}

export interface FileDrag {
  /** Data by their type, set when a drag of these begins. Empty: they cannot be dragged. */
  dataOf: (entries: readonly FileEntry[]) => Readonly<Record<string, string>>;
  /** What a drop would do on a folder, or in the place itself (null). Only kinds of data are known yet. */
  effectOf: (target: FileEntry | null, event: DragEvent) => DropEffect;
  onDrop: (target: FileEntry | null, event: DragEvent) => void;
  onEnd?: () => void;
}

export interface FileClipboard {
  onCopy: (entries: readonly FileEntry[], isCut: boolean) => void;
  onPaste: (data: DataTransfer) => void;
}
