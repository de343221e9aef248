import { childPath, parentPath, type DriveEntry, type DrivePath } from "#contract/drives.ts";
import { DriveError } from "../drive-error.ts";
import type { NewContent } from "../drive.ts";
import { temporaryName } from "../local/local-names.ts";
import { dismiss, type DavAnswer, type DavClient } from "./dav-client.ts";
import { isStrong } from "./dav-entry.ts";
import { statusFault } from "./dav-faults.ts";
import { ifToken } from "./dav-locks.ts";
import type { DavUrls } from "./dav-urls.ts";
import { Sending } from "./sending.ts";

export interface WriteParts {
  client: DavClient;
  urls: DavUrls;
  isAtomic: boolean;
  random: () => string;
  /** As it is now, with its ETag as the server writes it. */
  look: (path: DrivePath, signal: AbortSignal) => Promise<{ entry: DriveEntry; etag: string } | undefined>;
}

/** How long the rest of a write that failed is cleared away, whatever became of its call. */
const CLEARING_MS = 10_000;

/**
 * Puts a file there. What is there is looked at first, because not every server heeds conditions. Where a `PUT` that breaks
 * off might leave a half, the file gets a temporary name first and is moved when it is whole; not under a lock, which would
 * not go along.
 * @throws DriveError
 */
export async function writeFile(
  parts: WriteParts,
  path: DrivePath,
  content: NewContent,
  signal: AbortSignal,
): Promise<void> {
  const sending = new Sending(content.stream, content.sizeBytes);
  try {
    const there = await checked(parts, path, content.condition, signal);
    const isDirect = parts.isAtomic || content.lock !== undefined;
    if (isDirect) await put(parts, path, { content, sending, etag: there?.etag }, signal);
    else await putAside(parts, path, { content, sending }, signal);
  } finally {
    await sending.drop();
  }
}

/** @throws DriveError exists, changed, notAFile */
async function checked(
  { look }: WriteParts,
  path: DrivePath,
  condition: NewContent["condition"],
  signal: AbortSignal,
): Promise<{ entry: DriveEntry; etag: string } | undefined> {
  const there = await look(path, signal);
  if (condition === "new" && there !== undefined)
    throw new DriveError("exists", { title: "Something of that name is there" });
  if (typeof condition === "object" && there?.entry.version !== condition.ifVersion)
    throw new DriveError("changed", { title: "The file is no longer the one that was read" });
  if (there?.entry.kind === "folder") throw new DriveError("notAFile", { title: "A folder has this name" });
  return there;
}

interface Put {
  content: NewContent;
  sending: Sending;
  etag?: string | undefined;
}

async function put(
  { client, urls }: WriteParts,
  path: DrivePath,
  { content, sending, etag = "" }: Put,
  signal: AbortSignal,
): Promise<void> {
  const { condition, lock, modifiedAt, mediaType } = content;
  const url = urls.of(path);
  const headers: Record<string, string> = {
    "content-type": mediaType ?? "application/octet-stream",
    ...(condition === "new" ? { "if-none-match": "*" } : {}),
    ...(typeof condition === "object" && isStrong(etag) ? { "if-match": etag } : {}),
    // ownCloud's, which rclone and others heed too; the rest ignores it.
    ...(modifiedAt === undefined ? {} : { "x-oc-mtime": String(Math.floor(Date.parse(modifiedAt) / 1000)) }),
    ...(lock === undefined
      ? {}
      : { if: lock.path === path ? ifToken(lock.token) : `<${urls.of(lock.path)}> ${ifToken(lock.token)}` }),
  };
  const answer = await client.ask({ method: "PUT", url, headers, body: sending, signal });
  await dismiss(answer);
  if (sending.failure !== undefined) throw sending.failure;
  if (answer.status < 300 && answer.status !== 207) return;
  throw putFault(answer, condition);
}

function putFault(answer: DavAnswer, condition: NewContent["condition"]): DriveError {
  if (answer.status === 412 && condition === "new")
    return new DriveError("exists", { title: "Something of that name is there" });
  if (answer.status === 405 || answer.status === 501)
    return new DriveError("readOnly", { title: "The server takes no files" });
  return statusFault(answer, "PUT");
}

async function putAside(
  parts: WriteParts,
  path: DrivePath,
  { content, sending }: Put,
  signal: AbortSignal,
): Promise<void> {
  const { client, urls, random } = parts;
  const aside = childPath(parentPath(path), temporaryName(random()));
  const { lock: _lock, ...rest } = content;
  try {
    await put(parts, aside, { content: { ...rest, condition: "any" }, sending }, signal);
    const landed = await parts.look(aside, signal);
    if (landed?.entry.sizeBytes !== sending.sentBytes)
      throw new DriveError("damaged", { title: "The server did not keep the whole file" });
    // Once more, right before it takes the place of what is there.
    await checked(parts, path, content.condition, signal);
    const headers = { destination: urls.of(path), overwrite: content.condition === "new" ? "F" : "T" };
    const answer = await client.ask({ method: "MOVE", url: urls.of(aside), headers, signal });
    await dismiss(answer);
    if (answer.status >= 300) throw putFault(answer, content.condition);
  } catch (error) {
    await clear(parts, aside);
    throw error;
  }
}

/** A server may still be putting away the half that it got when it is told to remove it: until it is gone. */
async function clear({ client, urls, look }: WriteParts, aside: DrivePath): Promise<void> {
  const signal = AbortSignal.timeout(CLEARING_MS);
  try {
    do {
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      await client.done({ method: "DELETE", url: urls.of(aside), signal }, [404, 409]);
      // oxlint-disable-next-line no-await-in-loop -- one after the other
    } while ((await look(aside, signal)) !== undefined);
  } catch (error) {
    // Its name says what it is: nobody is shown it, and what failed before is what matters.
    if (!(error instanceof DriveError)) throw error;
  }
}
