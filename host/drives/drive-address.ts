import { isAbsolute, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { AppError } from "#contract/problem.ts";
import type { newDriveSchema } from "#contract/drives.ts";
import type { z } from "zod";
import { isLoopback } from "../gateway/server-url.ts";

type NewKind = z.infer<typeof newDriveSchema>["kind"];

export interface AddressRules {
  /** `http:` also to other machines: the organisation has said so. */
  isClearTextAllowed: boolean;
}

/** Of mounts: what a system can be asked to mount. */
const MOUNT_SCHEME = /^(smb|cifs|nfs|afp|davs?|sftp):\/\//i;
const UNC = /^(\\\\|\/\/)[^\\/]+[\\/]+[^\\/]+/;

/**
 * The address as it is kept, the same for whoever writes it in another way. What was typed is not repeated: it may hold a
 * password.
 * @throws AppError wrongAddress
 */
export function parseDriveAddress(kind: NewKind, typed: string, rules: AddressRules): string {
  const text = typed.trim();
  if (text === "" || /\p{Cc}/u.test(text))
    throw wrong("It is empty, or holds characters that no address has.");
  if (kind === "webdav") return webdavAddress(text, rules);
  if (kind === "mount" && MOUNT_SCHEME.test(text)) return mountAddress(text);
  if (kind === "mount" && UNC.test(text))
    return `\\\\${text.slice(2).replaceAll("/", "\\").replace(/\\+$/, "")}`;
  return folderAddress(text);
}

/** Which kind an address is of by its shape: for lists that administrators write. */
export function kindOfAddress(address: string): NewKind {
  if (/^(https?|davs?):\/\//i.test(address)) return "webdav";
  return UNC.test(address) || MOUNT_SCHEME.test(address) ? "mount" : "folder";
}

function webdavAddress(text: string, rules: AddressRules): string {
  const withScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`;
  const url = URL.parse(withScheme.replace(/^dav(s?):/i, "http$1:"));
  if (url === null || url.hostname === "") throw wrong("It is not the address of a server.");
  assertNoCredentials(url);
  if (url.search !== "" || url.hash !== "") throw wrong("A drive's address has neither ? nor # in it.");
  if (url.protocol === "http:" && !isLoopback(url) && !rules.isClearTextAllowed)
    throw wrong("Without encryption, everybody on the way reads the files and the password. Use https:.");
  if (url.protocol !== "https:" && url.protocol !== "http:") throw wrong("Use https:.");
  return url.href.endsWith("/") ? url.href : `${url.href}/`;
}

function mountAddress(text: string): string {
  const url = URL.parse(text);
  if (url === null || url.hostname === "") throw wrong("It is not the address of a share.");
  assertNoCredentials(url);
  return url.href.replace(/\/+$/, "");
}

function folderAddress(text: string): string {
  const path = /^file:/i.test(text) ? fromFileUrl(text) : text;
  if (!isAbsolute(path)) throw wrong("Give the whole path of the folder.");
  const plain = normalize(path);
  return plain.length > 1 ? plain.replace(/(?<!:)[\\/]+$/, "") : plain;
}

function fromFileUrl(text: string): string {
  try {
    return fileURLToPath(text);
  } catch {
    throw wrong("It is not the address of a folder of this machine.");
  }
}

function assertNoCredentials(url: URL): void {
  if (url.username === "" && url.password === "") return;
  throw wrong("An address must not carry a name or a password: give them in their own fields.");
}

function wrong(detail: string): AppError {
  return new AppError("wrongAddress", { title: "This is not the address of a drive", detail });
}
