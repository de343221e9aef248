import type { LucideIcon } from "lucide-react";
import type { DocumentKind } from "#contract/views/documents.ts";

/** Something to know of a file at a glance: locked, favourite, waiting, preserved. */
export interface FileMark {
  id: string;
  icon: LucideIcon;
  label: string;
  tone?: "plain" | "wait" | "loss" | "action";
}

/** A file or folder as a browser of files shows it, wherever it lies. */
export interface FileEntry {
  /** Its identity within what is shown: an item's id, a path. */
  id: string;
  name: string;
  isFolder: boolean;
  kind: DocumentKind;
  /** Null when nobody says. */
  sizeBytes: number | null;
  /** In place of a size: « 12 éléments ». */
  sizeWords?: string;
  modifiedAt: string | null;
  modifiedBy?: string;
  /** Where it lies, in lists over several folders. */
  place?: string;
  marks: readonly FileMark[];
  /** How far it is on its way, 0 to 1. */
  progress?: number;
  /** A picture of it, for tiles. */
  thumbnail?: string;
}

export const fileViews = ["details", "list", "grid"] as const;
export type FileView = (typeof fileViews)[number];

export const fileSortKeys = ["name", "modified", "size", "kind"] as const;
export interface FileSort {
  by: (typeof fileSortKeys)[number];
  isDescending: boolean;
}

/** The same column again turns the order round; size and date begin with the greatest, as people look for them. */
export function nextSort(sort: FileSort, by: FileSort["by"]): FileSort {
  if (sort.by === by) return { by, isDescending: !sort.isDescending };
  return { by, isDescending: by === "size" || by === "modified" };
}
