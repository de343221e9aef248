import type { FoundMount } from "../found-mounts.ts";

/** A share that the system has mounted. */
export interface Mounted {
  /** Where it lies on this machine. */
  folder: string;
  /** Of the share, the same for everybody who reaches it, without a user's name; null: not known. */
  share: string | null;
  protocol: FoundMount["protocol"];
}

/** One writing of an address of a share, to compare; undefined for what is none. */
export function shareKey(address: string): string | undefined {
  const text = address.replaceAll("\\", "/");
  const url = URL.parse(text.startsWith("//") ? `smb:${text}` : text.replace(/^cifs:/i, "smb:"));
  if (url === null || url.hostname === "" || url.protocol === "file:") return undefined;
  const path = decoded(url.pathname).replace(/\/+$/, "").normalize("NFC");
  const host = url.host.replace(/\._smb\._tcp\.local$/i, ".local").toLowerCase();
  // Windows and its kin tell no names of shares apart by case.
  return `${url.protocol}//${host}${url.protocol === "smb:" ? path.toLowerCase() : path}`;
}

/** Where an address lies that is a mounted share, or a folder in one. */
export function folderOfShare(address: string, mounts: readonly Mounted[]): string | undefined {
  const key = shareKey(address);
  if (key === undefined) return undefined;
  const asIs = key.startsWith("smb:") ? decoded(address.replaceAll("\\", "/")) : key;
  for (const { share, folder } of mounts) {
    const own = share === null ? undefined : shareKey(share);
    if (own === undefined) continue;
    if (key === own) return folder;
    if (!key.startsWith(`${own}/`)) continue;
    // What lies deeper keeps its case.
    const depth = key.slice(own.length).split("/").length - 1;
    return [folder, ...asIs.replace(/\/+$/, "").split("/").slice(-depth)].join("/");
  }
  return undefined;
}

/** Whether what lies there may hang with a server. */
export function isMounted(folder: string, mounts: readonly Mounted[]): boolean {
  if (/^(\\\\|\/\/)/.test(folder)) return true;
  return mounts.some(
    (one) => folder === one.folder || folder.startsWith(`${one.folder}${separatorOf(folder)}`),
  );
}

function separatorOf(folder: string): string {
  return folder.includes("\\") ? "\\" : "/";
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
