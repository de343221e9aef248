import {
  Camera,
  ClipboardPaste,
  FileText,
  FilePlus2,
  FileUp,
  FolderPlus,
  FolderUp,
  LayoutTemplate,
} from "lucide-react";
import type { KeyboardEvent } from "react";
import { nameFault } from "#contract/file-names.ts";
import type { LibraryItemId } from "#contract/ids.ts";
import type { DocumentView } from "#contract/views/documents.ts";
import type { QueryInfo } from "#contract/worker.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { treeOfChosen } from "#renderer/parts/dropped-files.ts";
import { takenNames } from "#renderer/parts/document-names.ts";
import type {
  FileClipboard,
  FileDrag,
  FileRenaming,
} from "#renderer/parts/file-browser/file-browser-props.ts";
import type { FileEntry } from "#renderer/parts/file-browser/file-entry.ts";
import type { FileSelection } from "#renderer/parts/file-browser/use-file-selection.ts";
import type { Command } from "#renderer/ui/menu.tsx";
import { chooseFiles } from "./choose-files.ts";
import { useDocumentsStore, type FolderPlace } from "./documents-store.ts";
import { useDeeds } from "./use-deeds.ts";
import { useDocumentMenu } from "./use-document-menu.ts";
import { OWN_TYPE, useDrops } from "./use-drops.ts";
import { useUploads } from "./use-uploads.ts";

interface BrowserDeedsOptions {
  place: FolderPlace;
  info: QueryInfo<"folder"> | null;
  byId: ReadonlyMap<string, DocumentView>;
  selection: FileSelection;
  onPreview: (document: DocumentView) => void;
  onOpenFolder: (folderId: LibraryItemId | null) => void;
}

export type BrowserDeeds = ReturnType<typeof useBrowserDeeds>;

/** Everything that can be done in a folder, as its browser, its toolbar and its keys ask for it. */
export function useBrowserDeeds(options: BrowserDeedsOptions) {
  const { place, info, byId, selection, onPreview, onOpenFolder } = options;
  const deeds = useDeeds();
  const upload = useUploads();
  const drops = useDrops();
  const explain = useNameWords(byId);
  const canWrite = info?.canWrite ?? false;
  const documentsOf = (entries: readonly FileEntry[]) => entries.flatMap(({ id }) => byId.get(id) ?? []);
  const openDocument = (document: DocumentView) => {
    if (document.item.kind === "folder") onOpenFolder(document.item.id);
    else onPreview(document);
  };
  const commandsFor = useDocumentMenu({ canRun: info?.canRun ?? false, open: openDocument });
  const choose = (isFolder: boolean) => {
    chooseFiles(isFolder, (files) => void upload(place, treeOfChosen(files)));
  };
  const paste = () => {
    const { clipboard } = useDocumentsStore.getState();
    if (clipboard === null || !canWrite) return;
    if (clipboard.isCut) useDocumentsStore.setState({ clipboard: null });
    void (clipboard.isCut ? deeds.move(clipboard.documents, place) : deeds.copy(clipboard.documents, place));
  };
  const { newCommands, uploadCommands, pasteCommand } = usePlaceCommands({ place, info, choose, paste });
  const renaming = (id: string): FileRenaming => ({
    id,
    explain: (name, entry) => explain(name, entry.id),
    onDone: (name) => {
      useDocumentsStore.setState({ renamingId: null });
      focusFiles();
      const document = byId.get(id);
      if (name !== null && document !== undefined) void deeds.rename(document, name);
    },
  });
  const folderOf = (target: FileEntry | null): FolderPlace => ({
    scope: place.scope,
    folderId: target === null ? place.folderId : (byId.get(target.id)?.item.id ?? null),
  });
  const drag: FileDrag = {
    dataOf: (entries): Record<string, string> => {
      const documents = documentsOf(entries);
      useDocumentsStore.setState({ dragged: documents });
      return {
        [OWN_TYPE]: String(documents.length),
        "text/plain": documents.map(({ item }) => item.name).join("\n"),
      };
    },
    effectOf: (target, event) => (canWrite ? drops.effectOf(folderOf(target), event) : null),
    onDrop: (target, event) => drops.onDrop(folderOf(target), event),
    onEnd: () => useDocumentsStore.setState({ dragged: [] }),
  };
  const clipboard: FileClipboard = {
    onCopy: (entries, isCut) => {
      const documents = documentsOf(entries);
      const isMovable = documents.every(({ obstacle }) => obstacle === null);
      useDocumentsStore.setState({ clipboard: { documents, isCut: isCut && isMovable } });
    },
    onPaste: (data) => {
      const files = [...data.files];
      if (files.length === 0) paste();
      else if (canWrite) void upload(place, treeOfChosen(files));
    },
  };
  const onKey = (event: KeyboardEvent<HTMLElement>) =>
    takeKey(event, {
      selected: documentsOf(selection.entries),
      canAddFolder: info?.canAddFolder ?? false,
      commandsFor,
      onPreview,
      up: () => {
        const path = info?.path ?? [];
        if (path.length > 0) onOpenFolder(path.at(-2)?.id ?? null);
      },
      newFolder: () => useDocumentsStore.getState().openDialog({ kind: "newFolder", place }),
      undo: () => void deeds.undo(),
    });
  return {
    open: (entry: FileEntry) => {
      const document = byId.get(entry.id);
      if (document !== undefined) openDocument(document);
    },
    commandsFor,
    commandsOf: (entries: readonly FileEntry[]): Command[] =>
      entries.length > 0
        ? commandsFor(documentsOf(entries))
        : canWrite
          ? [...newCommands, ...uploadCommands, ...pasteCommand]
          : [],
    newCommands,
    uploadCommands,
    chooseFiles: () => choose(false),
    newFolder: () => useDocumentsStore.getState().openDialog({ kind: "newFolder", place }),
    onKey,
    renaming,
    drag,
    clipboard,
    cutIds: (held: { documents: readonly DocumentView[]; isCut: boolean } | null) =>
      held?.isCut === true ? new Set(held.documents.map(({ item }) => item.id as string)) : NONE,
  };
}

const NONE: ReadonlySet<string> = new Set();

/** Where the keyboard was before a field or a dialog took it. */
export function focusFiles(): void {
  document.querySelector<HTMLElement>(".documents [data-files]")?.focus();
}

interface PlaceCommandsOptions {
  place: FolderPlace;
  info: QueryInfo<"folder"> | null;
  choose: (isFolder: boolean) => void;
  paste: () => void;
}

function usePlaceCommands({ place, info, choose, paste }: PlaceCommandsOptions) {
  const { t } = useTranslation();
  const openDialog = useDocumentsStore((state) => state.openDialog);
  const hasClipboard = useDocumentsStore((state) => state.clipboard !== null);
  const canAddFolder = info?.canAddFolder ?? false;
  const folder: Command = {
    id: "folder",
    label: t("documents.newFolder"),
    icon: FolderPlus,
    shortcut: t("documents.key.newFolder"),
    run: () => openDialog({ kind: "newFolder", place }),
  };
  const newFile = (ending: "md" | "txt", icon: Command["icon"]): Command => ({
    id: ending,
    label: t(`documents.newFile.${ending}`),
    icon,
    run: () => openDialog({ kind: "newFile", place, ending }),
  });
  const newCommands: Command[] = [
    ...(canAddFolder ? [folder] : []),
    newFile("md", FileText),
    newFile("txt", FilePlus2),
    {
      id: "template",
      label: t("documents.fromTemplate"),
      icon: LayoutTemplate,
      run: () => openDialog({ kind: "template", place }),
    },
  ];
  const uploadCommands: Command[] = [
    { id: "files", label: t("documents.uploadFiles"), icon: FileUp, run: () => choose(false) },
    ...(canAddFolder
      ? [{ id: "tree", label: t("documents.uploadFolder"), icon: FolderUp, run: () => choose(true) }]
      : []),
    {
      id: "photos",
      label: t("photos.command"),
      icon: Camera,
      isApart: true,
      run: () => openDialog({ kind: "photos", place }),
    },
  ];
  const pasteCommand: Command[] = hasClipboard
    ? [
        {
          id: "paste",
          label: t("documents.paste"),
          icon: ClipboardPaste,
          shortcut: t("documents.key.paste"),
          isApart: true,
          run: paste,
        },
      ]
    : [];
  return { newCommands, uploadCommands, pasteCommand };
}

interface Keys {
  selected: readonly DocumentView[];
  canAddFolder: boolean;
  commandsFor: (documents: readonly DocumentView[]) => Command[];
  onPreview: (document: DocumentView) => void;
  up: () => void;
  newFolder: () => void;
  undo: () => void;
}

function takeKey(event: KeyboardEvent<HTMLElement>, keys: Keys): boolean {
  const isCtrl = event.ctrlKey || event.metaKey;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const name = `${isCtrl ? "Ctrl+" : ""}${event.altKey ? "Alt+" : ""}${event.shiftKey ? "Shift+" : ""}${key}`;
  const run = (id: string): boolean => {
    const command = keys.commandsFor(keys.selected).find((each) => each.id === id);
    command?.run();
    return command !== undefined;
  };
  switch (name) {
    case "F2":
      return run("rename");
    case "Delete":
      return run("trash");
    case "Alt+Enter":
      return run("details");
    case "Alt+ArrowUp":
    case "Backspace":
      keys.up();
      return true;
    case "Ctrl+z":
      keys.undo();
      return true;
    case "Ctrl+Shift+n":
      if (keys.canAddFolder) keys.newFolder();
      return true;
    case "/":
      document.querySelector<HTMLElement>(".documents .search-box__input")?.focus();
      return true;
    case " ":
      return preview(keys);
    default:
      return false;
  }
}

/** The space bar looks at the one that is selected, as on a Mac. */
function preview({ selected, onPreview }: Keys): boolean {
  const [only] = selected;
  if (selected.length !== 1 || only === undefined || only.item.kind === "folder") return false;
  onPreview(only);
  return true;
}

/** What is wrong with a name, in words, while it is typed. */
export function useNameWords(
  present: ReadonlyMap<string, DocumentView>,
): (name: string, ownId: string | null) => string | null {
  const { t } = useTranslation();
  return (name, ownId) => {
    const fault = nameFault(name);
    if (fault !== undefined) return t(`files.fault.${fault}`);
    const others = [...present.values()].filter(({ item }) => item.id !== ownId);
    const names = others.map(({ item }) => ({ name: item.name }));
    return takenNames([name], names).size > 0 ? t("files.fault.taken") : null;
  };
}
