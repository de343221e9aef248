/** One file or folder as `library-data.ts` tells of it. */
export interface ScriptedItem {
  /** Names from the top down to its own. */
  path: readonly string[];
  isFolder: boolean;
  /** Handle of whoever wrote it; of a folder, of its first file. */
  by: string;
  versions: number;
  labels: readonly string[];
  isTemplate: boolean;
  isRestricted: boolean;
  isTrashed: boolean;
  daysAgo: number;
  lock: { by: string; note: string } | null;
  preservedFor: string | null;
}

/** Reads a library. Folders come before what lies in them. @throws Error naming a line that cannot be read */
export function parseLibrary(script: string): ScriptedItem[] {
  const items: ScriptedItem[] = [];
  const above: string[] = [];
  for (const line of script.split("\n")) {
    if (line.trim() === "") continue;
    const depth = (line.length - line.trimStart().length) / 2;
    const [called = "", marks = ""] = line.trim().split(" | ");
    const isFolder = called.endsWith("/");
    const name = isFolder ? called.slice(0, -1) : called;
    above.length = depth;
    const path = [...above, name];
    if (isFolder) above.push(name);
    items.push({ path, isFolder, ...marksOf(marks) });
  }
  return items.map((item, index) => (item.isFolder ? like(item, items.slice(index + 1)) : item));
}

/** A folder was made by whoever put the oldest file into it, on that day. */
function like(folder: ScriptedItem, later: readonly ScriptedItem[]): ScriptedItem {
  const inside = later.filter(
    ({ path, isFolder }) => !isFolder && folder.path.every((name, index) => path[index] === name),
  );
  const [oldest] = inside.toSorted((a, b) => b.daysAgo - a.daysAgo);
  if (oldest === undefined) throw new Error(`an empty folder: ${folder.path.join("/")}`);
  return { ...folder, by: oldest.by, daysAgo: oldest.daysAgo };
}

function marksOf(marks: string): Omit<ScriptedItem, "path" | "isFolder"> {
  const lock = /(?:^| )lock (\w+)((?: [^#@-][^ ]*)*)/u.exec(marks);
  const preserved = /(?:^| )preserved((?: [^#@-][^ ]*)+)/u.exec(marks);
  return {
    by: /@(\w+)/u.exec(marks)?.[1] ?? "",
    versions: Number(/(?:^| )v(\d+)/u.exec(marks)?.[1] ?? 1),
    labels: Array.from(marks.matchAll(/#([\p{L}\p{N}-]+)/gu), ([, label = ""]) => label),
    isTemplate: /\btemplate\b/u.test(marks),
    isRestricted: /\brestricted\b/u.test(marks),
    isTrashed: /\btrashed\b/u.test(marks),
    daysAgo: Number(/(?:^| )-(\d+)/u.exec(marks)?.[1] ?? 0),
    lock: lock === null ? null : { by: lock[1] ?? "", note: (lock[2] ?? "").trim() },
    preservedFor: preserved === null ? null : (preserved[1] ?? "").trim(),
  };
}
