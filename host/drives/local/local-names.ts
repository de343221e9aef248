/** Files that programs leave beside the real ones, and ours on their way: never listed, as file managers hide them. */
const LITTER =
  /^(?:\.DS_Store|\._.*|Thumbs\.db|desktop\.ini|\.directory|\.fuse_hidden[0-9a-f]+|\.nfs[0-9a-f]+|\.parvis-[0-9a-f-]+\.part)$/i;
/** LibreOffice says beside a file who has it open. */
const LIBRE_LOCK = /^\.~lock\.(.+)#$/;
/** Word, Excel and PowerPoint put two characters in place of the first two of the name, or before a short one. */
const OFFICE_LOCK = /^~\$(.+)$/;

export function isLitter(name: string): boolean {
  return LITTER.test(name);
}

/** A file that says that another one is open. */
export function isOwnerFile(name: string): boolean {
  return LIBRE_LOCK.test(name) || OFFICE_LOCK.test(name);
}

/** Names of the files that may be meant by such an owner file. */
export function ownerFileOf(name: string, names: ReadonlyMap<string, string>): string | undefined {
  const libre = `.~lock.${name}#`;
  if (names.has(libre)) return libre;
  return [`~$${name}`, `~$${name.slice(2)}`].find((each) => names.has(each));
}

export function temporaryName(id: string): string {
  return `.parvis-${id}.part`;
}
