/** A file with the folders that it lies in, below what was dropped or chosen. */
export interface TreeFile {
  path: readonly string[];
  file: File;
}

export interface FileTree {
  files: TreeFile[];
  /** Every folder, parents before children; also empty ones. */
  folders: (readonly string[])[];
}

/** What was chosen with `webkitdirectory`: empty folders are not told there. */
export function treeOfChosen(chosen: Iterable<File>): FileTree {
  const tree: FileTree = { files: [], folders: [] };
  const known = new Set<string>();
  for (const file of chosen) {
    const path = file.webkitRelativePath.split("/").slice(0, -1);
    for (let depth = 1; depth <= path.length; depth += 1) addFolder(tree, known, path.slice(0, depth));
    tree.files.push({ path, file });
  }
  return tree;
}

/**
 * What was dropped, read while the event is handled: `entries` has to be called before anything is awaited, for the browser
 * forgets the items then.
 */
export function droppedEntries(items: DataTransferItemList): FileSystemEntry[] {
  return Array.from(items).flatMap((item) => item.webkitGetAsEntry() ?? []);
}

/** Files and folders below dropped entries. What cannot be read is left out and counted. */
export async function treeOfDropped(
  entries: readonly FileSystemEntry[],
): Promise<FileTree & { unreadable: number }> {
  const tree = { files: [], folders: [], unreadable: 0 } satisfies FileTree & { unreadable: number };
  const result: FileTree & { unreadable: number } = tree;
  for (const entry of entries) await read(entry, [], result);
  return result;
}

async function read(
  entry: FileSystemEntry,
  path: readonly string[],
  tree: FileTree & { unreadable: number },
): Promise<void> {
  try {
    if (isFile(entry)) tree.files.push({ path, file: await fileOf(entry) });
    else if (isFolder(entry)) {
      const inside = [...path, entry.name];
      tree.folders.push(inside);
      for (const child of await childrenOf(entry)) await read(child, inside, tree);
    }
  } catch {
    // Gone or forbidden meanwhile: the others are taken all the same.
    tree.unreadable += 1;
  }
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}

function isFolder(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => {
    entry.file(resolve, reject);
  });
}

/** A reader gives about a hundred at a time, until it gives none. */
async function childrenOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const found: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => {
      reader.readEntries(resolve, reject);
    });
    if (some.length === 0) return found;
    found.push(...some);
  }
}

function addFolder(tree: FileTree, known: Set<string>, path: readonly string[]): void {
  const key = path.join("/");
  if (known.has(key)) return;
  known.add(key);
  tree.folders.push(path);
}
