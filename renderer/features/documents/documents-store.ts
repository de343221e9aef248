import { create } from "zustand";
import { z } from "zod";
import type { LibraryShare } from "#contract/entities/library-share.ts";
import type { LibraryItemId } from "#contract/ids.ts";
import type { Scope } from "#contract/scope.ts";
import type { DocumentView } from "#contract/views/documents.ts";
import {
  fileSortKeys,
  fileViews,
  type FileSort,
  type FileView,
} from "#renderer/parts/file-browser/file-entry.ts";

/** A folder of a library; null: its top. */
export interface FolderPlace {
  scope: Scope;
  folderId: LibraryItemId | null;
}

export type DocumentsDialog =
  | { kind: "newFolder"; place: FolderPlace }
  | { kind: "newFile"; place: FolderPlace; ending: "md" | "txt" }
  | { kind: "template"; place: FolderPlace }
  | { kind: "photos"; place: FolderPlace }
  | { kind: "target"; documents: readonly DocumentView[]; deed: "move" | "copy" }
  | { kind: "remove"; documents: readonly DocumentView[] }
  | { kind: "preserve"; document: DocumentView }
  | { kind: "share"; document: DocumentView; share: LibraryShare | null }
  | { kind: "endShare"; document: DocumentView; share: LibraryShare };

export type TakenChoice = "replace" | "both" | "skip";

/** Asked once for all names that are taken. */
export interface TakenQuestion {
  names: readonly string[];
  /** A folder that is brought goes into the one that is there; one that is moved gets a number, or stays. */
  deed: "upload" | "move";
  answer: (choices: ReadonlyMap<string, TakenChoice> | null) => void;
}

export interface Undo {
  label: string;
  run: () => Promise<void>;
}

const preferencesSchema = z.object({
  view: z.enum(fileViews).catch("details"),
  sort: z
    .object({ by: z.enum(fileSortKeys), isDescending: z.boolean() })
    .catch({ by: "name", isDescending: false }),
  hasDetails: z.boolean().catch(false),
});
type Preferences = z.infer<typeof preferencesSchema>;

interface DocumentsState extends Preferences {
  clipboard: { documents: readonly DocumentView[]; isCut: boolean } | null;
  /** What is being dragged within the module: a drop only tells kinds of data until it happens. */
  dragged: readonly DocumentView[];
  dialog: DocumentsDialog | null;
  taken: TakenQuestion | null;
  undos: readonly Undo[];
  /** The one whose name is being written. */
  renamingId: string | null;
  setView: (view: FileView) => void;
  setSort: (sort: FileSort) => void;
  showDetails: (hasDetails: boolean) => void;
  openDialog: (dialog: DocumentsDialog | null) => void;
  pushUndo: (undo: Undo) => void;
  popUndo: () => Undo | undefined;
}

const KEY = "parvis.documents";
const MOST_UNDOS = 20;

function readPreferences(): Preferences {
  const written = globalThis.localStorage?.getItem(KEY) ?? "{}";
  try {
    return preferencesSchema.parse(JSON.parse(written));
  } catch {
    return preferencesSchema.parse({});
  }
}

/** What stands on the screen of the module; the files themselves are rows. */
export const useDocumentsStore = create<DocumentsState>((set, get) => {
  const prefer = (changes: Partial<Preferences>) => {
    set(changes);
    const { view, sort, hasDetails } = get();
    localStorage.setItem(KEY, JSON.stringify({ view, sort, hasDetails }));
  };
  return {
    ...readPreferences(),
    clipboard: null,
    dragged: [],
    dialog: null,
    taken: null,
    undos: [],
    renamingId: null,
    setView: (view) => prefer({ view }),
    setSort: (sort) => prefer({ sort }),
    showDetails: (hasDetails) => prefer({ hasDetails }),
    openDialog: (dialog) => set({ dialog }),
    pushUndo: (undo) => set(({ undos }) => ({ undos: [...undos.slice(1 - MOST_UNDOS), undo] })),
    popUndo: () => {
      const undo = get().undos.at(-1);
      set(({ undos }) => ({ undos: undos.slice(0, -1) }));
      return undo;
    },
  };
});
