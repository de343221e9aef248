import { foldName, nameFault, numberedName } from "#contract/file-names.ts";

/** What this machine can have as a name. */
export interface MachineNames {
  platform: NodeJS.Platform;
  /** `a` and `A` are two files, and so are two ways of composing an accent. */
  isCaseSensitive: boolean;
}

const NAME_BYTES = 255;

export function canHold(name: string, { platform }: MachineNames): boolean {
  if (platform === "win32") return nameFault(name) === undefined;
  if (platform === "darwin" && name.includes(":")) return false;
  return !/[/\0]/.test(name) && name.isWellFormed() && Buffer.byteLength(name) <= NAME_BYTES;
}

/** What two names have in common that cannot stand side by side. */
export function clashKey(path: string, isCaseSensitive: boolean): string {
  return isCaseSensitive ? path : path.split("/").map(foldName).join("/");
}

/**
 * Left by systems and office programs beside the files that are worked on, of no use elsewhere: neither taken there nor
 * brought here, and no reason to keep a folder.
 */
const LITTER =
  /^(?:\.DS_Store|\._.*|Thumbs\.db|desktop\.ini|~\$.*|\.~lock\..*#|\.directory|\.fuse_hidden[0-9a-f]+|\.nfs[0-9a-f]+|\.goutputstream-.*|.*\.kate-swp|\..*\.sw[po]|4913|\.parvis.*)$/i;

export function isLitter(name: string): boolean {
  return LITTER.test(name);
}

export interface ConflictWords {
  conflict: string;
  /** Whose version it is. */
  who: string;
  /** Milliseconds since 1970. */
  at: number;
}

/** `Rapport (conflit, Anna, 2026-11-23).odt`, a name that every system can hold; numbered when it is taken. */
export function conflictName(name: string, words: ConflictWords, isTaken: (name: string) => boolean): string {
  const who = words.who
    .replaceAll(/[\\/:*?"<>|\p{C}]/gu, " ")
    .replaceAll(/\s+/g, " ")
    .trim()
    .slice(0, 60)
    .trim();
  const day = new Date(words.at).toISOString().slice(0, 10);
  const note = [words.conflict, who, day].filter((part) => part !== "").join(", ");
  const first = withNote(legal(name), note);
  if (!isTaken(first)) return first;
  for (let count = 2; ; count += 1) {
    const next = numberedName(first, count);
    if (!isTaken(next)) return next;
  }
}

/** Room for a number: three digits, brackets and a space. */
const NOTE_BYTES = NAME_BYTES - 6;

function withNote(name: string, note: string): string {
  const dot = name.lastIndexOf(".");
  const [stem, ending] =
    dot > 0 && name.length - dot <= 20 ? [name.slice(0, dot), name.slice(dot)] : [name, ""];
  const letters = Array.from(new Intl.Segmenter().segment(stem), ({ segment }) => segment);
  const tail = ` (${note})${ending}`;
  while (letters.length > 1 && Buffer.byteLength(letters.join("") + tail) > NOTE_BYTES) letters.pop();
  return letters.join("").trimEnd() + tail;
}

/** What a drive may have called a file that no other system could. */
function legal(name: string): string {
  const clean = name
    .replaceAll(/[\\/:*?"<>|\p{Cc}\p{Cs}\u2028\u2029]/gu, "_")
    .trim()
    .replace(/[. ]+$/, "");
  return nameFault(clean) === undefined || nameFault(clean) === "tooLong" ? clean : `_${clean}`;
}
