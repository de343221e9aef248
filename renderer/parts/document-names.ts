import { foldName, nameFault, numberedName } from "#contract/file-names.ts";

const FORBIDDEN = /[\\/:*?"<>|\p{Cc}\p{Cs}\u2028\u2029]/gu;

/** A name that a library takes, as near to this one as can be: other systems allow more. */
export function libraryName(wanted: string, instead: string): string {
  const plain = wanted
    .normalize("NFC")
    .replace(FORBIDDEN, "_")
    .replace(/[.\s]+$/u, "")
    .trim();
  let name = plain === "" ? instead : plain;
  if (nameFault(name) === "reserved") name = `_${name}`;
  if (nameFault(name) === "tooLong") name = shortened(name);
  return nameFault(name) === undefined ? name : instead;
}

/** Within the limit, with its ending. */
function shortened(name: string): string {
  // The number that comes in front of the ending makes room for itself; without it there is room.
  return numberedName(name, 1).replace(/ \(1\)(?=\.[^.]*$|$)/u, "");
}

/** What is taken already, of names that are to be put beside others. */
export function takenNames<T extends { name: string }>(
  wanted: readonly string[],
  present: readonly T[],
): Map<string, T> {
  const byName = new Map(present.map((each) => [foldName(each.name), each]));
  const taken = new Map<string, T>();
  for (const name of wanted) {
    const other = byName.get(foldName(name));
    if (other !== undefined) taken.set(name, other);
  }
  return taken;
}
