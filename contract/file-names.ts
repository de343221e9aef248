/**
 * Names of files and folders that every system of this house can hold, so that a library can be mounted, synchronised and
 * unpacked anywhere: Windows is the narrowest (learn.microsoft.com, "Naming Files, Paths, and Namespaces").
 */
export const nameFaults = [
  "empty",
  "tooLong",
  "dots",
  "forbiddenCharacter",
  "surroundingSpace",
  "trailingDot",
  "reserved",
] as const;
export type NameFault = (typeof nameFaults)[number];

/** Bytes of UTF-8, the limit of ext4, APFS counts characters and NTFS UTF-16 units: never less than this. */
export const NAME_BYTES = 255;

/** Separators, what Windows forbids, control characters and lone surrogates. */
const FORBIDDEN = /[\\/:*?"<>|\p{Cc}\p{Cs}\u2028\u2029]/u;
/** Devices of MS-DOS, with any ending and with superscript digits too. */
const RESERVED = /^(?:con|prn|aux|nul|(?:com|lpt)[0-9¹²³])(?:\.|$)/i;

/** What is wrong with a name, or undefined. */
export function nameFault(name: string): NameFault | undefined {
  if (name === "") return "empty";
  if (name === "." || name === "..") return "dots";
  if (FORBIDDEN.test(name)) return "forbiddenCharacter";
  if (name.trim() !== name) return "surroundingSpace";
  if (name.endsWith(".")) return "trailingDot";
  if (RESERVED.test(name)) return "reserved";
  return bytesIn(name) > NAME_BYTES ? "tooLong" : undefined;
}

/** Two names that fold to the same are the same on some system: composed accents (NFC), without regard to case. */
export function foldName(name: string): string {
  return name.normalize("NFC").toLowerCase().normalize("NFC");
}

/** The name with a number before its ending, within the limit: `Compte rendu (2).odt`. */
export function numberedName(name: string, count: number): string {
  const dot = name.lastIndexOf(".");
  const [stem, ending] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, ""];
  const tail = ` (${count})${ending}`;
  const letters = Array.from(new Intl.Segmenter().segment(stem), ({ segment }) => segment);
  while (letters.length > 1 && bytesIn(letters.join("")) + bytesIn(tail) > NAME_BYTES) letters.pop();
  return letters.join("").trimEnd() + tail;
}

function bytesIn(text: string): number {
  return new TextEncoder().encode(text).length;
}
