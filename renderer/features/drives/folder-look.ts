import { create } from "zustand";
import { z } from "zod";
import {
  fileSortKeys,
  fileViews,
  type FileSort,
  type FileView,
} from "#renderer/parts/file-browser/file-entry.ts";

const STORED = "parvis.drives.look";

const lookSchema = z.object({
  view: z.enum(fileViews).default("details"),
  sort: z
    .object({ by: z.enum(fileSortKeys), isDescending: z.boolean() })
    .default({ by: "name", isDescending: false }),
});

interface FolderLook extends z.infer<typeof lookSchema> {
  setView: (view: FileView) => void;
  setSort: (sort: FileSort) => void;
}

/** How folders of drives are shown: remembered by this window's browser, as widths of panes are. */
export const useFolderLook = create<FolderLook>((set, get) => {
  const change = (changes: Partial<z.infer<typeof lookSchema>>) => {
    set(changes);
    const { view, sort } = get();
    localStorage.setItem(STORED, JSON.stringify({ view, sort }));
  };
  return { ...stored(), setView: (view) => change({ view }), setSort: (sort) => change({ sort }) };
});

function stored(): z.infer<typeof lookSchema> {
  try {
    const look = lookSchema.safeParse(JSON.parse(localStorage.getItem(STORED) ?? "{}"));
    if (look.success) return look.data;
  } catch {
    // Written by something else: as on the first day.
  }
  return lookSchema.parse({});
}
