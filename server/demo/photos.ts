import { createHash } from "node:crypto";
import { blobIdSchema, naturalId, type BlobId } from "#contract/ids.ts";
import { DIRECTORY } from "#contract/scope.ts";
import type { Store } from "#server/store/store.ts";
import { deepToned, greyHaired, shortHaired, warmToned } from "./people-data.ts";
import type { DemoPerson } from "./people.ts";
import { drawPortrait } from "./portrait.ts";

export function demoPhotoId(handle: string): BlobId {
  return blobIdSchema.parse(naturalId("demo", "photo", handle));
}

/** Draws and stores everyone's portrait. Uploads cut off by a kill are finished. */
export async function storePhotos(store: Store, people: Iterable<DemoPerson>): Promise<void> {
  for (const person of people) await storePhoto(store, person);
}

async function storePhoto(store: Store, { handle, row }: DemoPerson): Promise<void> {
  const id = demoPhotoId(handle);
  const known = await store.blobs.state(id);
  if (known?.isComplete === true) return;
  const png = drawPortrait(handle, {
    tone: deepToned.has(handle) ? "deep" : warmToned.has(handle) ? "warm" : "light",
    isGrey: greyHaired.has(handle),
    hasLongHair: !shortHaired.has(handle),
  });
  const start = { id, scope: DIRECTORY, name: `${handle}.png`, mediaType: "image/png" };
  await store.blobs.begin({
    ...start,
    sizeBytes: png.length,
    receivedBytes: 0,
    isComplete: false,
    ownerId: row.id,
  });
  const offset = known?.receivedBytes ?? 0;
  if (offset < png.length) await store.blobs.append(id, offset, once(png.subarray(offset)));
  await store.blobs.complete(id, createHash("sha256").update(png).digest("hex"));
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
