import type { Outgoing } from "./transfers.ts";

/** Files and whole folders that were dropped, each with the folders above it. What cannot be read is left out. */
export async function droppedFiles(data: DataTransfer): Promise<Outgoing[]> {
  const entries = [...data.items].map((item) => item.webkitGetAsEntry());
  const loose = [...data.files];
  const found: Outgoing[] = [];
  if (entries.every((entry) => entry === null)) return loose.map((file) => ({ file, folders: [] }));
  for (const entry of entries) if (entry !== null) await walk(entry, [], found);
  return found;
}

async function walk(entry: FileSystemEntry, folders: readonly string[], found: Outgoing[]): Promise<void> {
  if (isFile(entry)) {
    const file = await new Promise<File | null>((resolve) => entry.file(resolve, () => resolve(null)));
    if (file !== null) found.push({ file, folders });
    return;
  }
  if (!isDirectory(entry)) return;
  const reader = entry.createReader();
  for (;;) {
    const children = await new Promise<FileSystemEntry[]>((resolve) =>
      reader.readEntries(resolve, () => resolve([])),
    );
    if (children.length === 0) return;
    for (const child of children) await walk(child, [...folders, entry.name.normalize("NFC")], found);
  }
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}

function isDirectory(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}
