import { toIsoTime } from "#contract/time.ts";
import { DavError } from "./dav-error.ts";
import { secondsOf, type DavLock } from "./dav-locks.ts";
import { activeLock } from "./dav-properties.ts";
import type { DavRequest } from "./dav-request.ts";
import type { Resource } from "./dav-tree.ts";
import { childNamed, DAV, nameOfElement, readXml, serialize, xmlResponse } from "./dav-xml.ts";
import { addEmptyFile } from "./writing.ts";

/** LOCK (RFC 4918 section 9.10): takes one, or makes one last longer. */
export async function lock(dav: DavRequest): Promise<Response> {
  const { locks } = dav.options;
  const seconds = secondsOf(dav.header("timeout"));
  const root = await readXml(dav.request);
  const found = await dav.find();
  if (root === undefined) return refreshed(dav, found, seconds);
  if (nameOfElement(root) !== "{DAV:}lockinfo") throw new DavError(400, "The body is not a lockinfo.");
  const depth = dav.depth("infinity");
  if (depth === "1") throw new DavError(400, "A lock has the depth 0 or infinity.");
  const scope = childNamed(root, "lockscope");
  const isShared = scope !== undefined && childNamed(scope, "shared") !== undefined;
  const owner = childNamed(root, "owner");
  await dav.assertConditions(found);
  dav.requireNotCheckedOut(found);
  if (found.kind === "root" || found.kind === "spaces") throw new DavError(403, "This cannot be locked.");
  if (found.kind === "missing" && found.parent === undefined)
    throw new DavError(409, "Its folder is not there.");
  const wanted = {
    key: dav.key(),
    steps: dav.steps,
    isDeep:
      depth === "infinity" &&
      !(found.kind === "item" && found.item.kind === "file") &&
      found.kind !== "missing",
    isShared,
    owner: owner === undefined ? "" : ownerText(serialize(owner)),
    personId: dav.personId,
  };
  const taken = locks.take(wanted, seconds);
  try {
    // A name that nothing has yet is kept by an empty file (RFC 4918 section 7.3).
    const isNew = found.kind === "missing";
    if (isNew) {
      dav.requireFolderUnlocked(dav.steps);
      await addEmptyFile(dav, found);
    }
    await checkOut(dav, await dav.find(), taken);
    return answer(dav, taken, isNew ? 201 : 200, { "lock-token": `<${taken.token}>` });
  } catch (error) {
    locks.release(taken.token);
    throw error;
  }
}

async function refreshed(dav: DavRequest, found: Resource, seconds: number): Promise<Response> {
  const { locks } = dav.options;
  await dav.assertConditions(found);
  const own = locks
    .covering(dav.key())
    .find(({ token, personId }) => personId === dav.personId && dav.isSubmitted(token));
  if (own === undefined)
    throw new DavError(412, "There is no such lock of yours here.", "lock-token-matches-request-uri");
  const longer = locks.refresh(own, seconds);
  await checkOut(dav, await dav.find(longer.steps), longer);
  return answer(dav, longer, 200, {});
}

/** UNLOCK (RFC 4918 section 9.11). */
export async function unlock(dav: DavRequest): Promise<Response> {
  const token = /^\s*<([^>]+)>\s*$/.exec(dav.header("lock-token") ?? "")?.[1];
  if (token === undefined) throw new DavError(400, "The header Lock-Token is missing.");
  const { locks } = dav.options;
  const held = locks.covering(dav.key()).find((each) => each.token === token);
  if (held === undefined)
    throw new DavError(409, "There is no such lock here.", "lock-token-matches-request-uri");
  if (held.personId !== dav.personId) throw new DavError(403, "This lock is somebody else's.");
  locks.release(token);
  await giveBack(dav, await dav.find(held.steps), held);
  return new Response(null, { status: 204 });
}

/** An exclusive lock of a file is seen by everybody, as a check-out that ends with it. */
async function checkOut(dav: DavRequest, found: Resource, { isShared, expiresAtMs }: DavLock): Promise<void> {
  if (isShared || found.kind !== "item" || found.item.kind !== "file") return;
  const own = found.item.lock;
  // One without an end was taken in Parvis, for longer than any program would.
  if (own !== undefined && own.personId === dav.personId && own.expiresAt === undefined) return;
  await dav.write(found.scope, "file.lock", { id: found.item.id, expiresAt: toIsoTime(expiresAtMs) });
}

async function giveBack(dav: DavRequest, found: Resource, { isShared }: DavLock): Promise<void> {
  if (isShared || found.kind !== "item" || found.item.lock?.expiresAt === undefined) return;
  if (found.item.lock.personId !== dav.personId) return;
  await dav.write(found.scope, "file.unlock", { id: found.item.id });
}

function answer(dav: DavRequest, held: DavLock, status: number, headers: Record<string, string>): Response {
  const active = activeLock(held, dav.options.locks);
  return xmlResponse(
    status,
    `<D:prop xmlns:D="${DAV}"><D:lockdiscovery>${active}</D:lockdiscovery></D:prop>`,
    headers,
  );
}

const MOST_OWNER = 2000;

function ownerText(owner: string): string {
  if (owner.length > MOST_OWNER) throw new DavError(400, "The owner is too long.");
  return owner;
}
