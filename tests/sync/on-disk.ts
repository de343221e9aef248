import { IDBKeyRange } from "fake-indexeddb";
import { createCodec } from "#renderer/db/codec.ts";
import { CacheDatabase } from "#renderer/db/database.ts";
import { leafName } from "#renderer/db/leaf-cache.ts";
import { LOG_PLACE } from "#renderer/db/log.ts";
import { OUTBOX_PLACE } from "#renderer/db/outbox.ts";
import { metaPlace } from "#renderer/db/sealed-meta.ts";
import { slicePlace, uploadPlace } from "#renderer/db/upload-store.ts";
import { KEY } from "./client.ts";

/** Every record of an account's database, opened with its key, with what stands beside it in clear. */
export async function everythingOnDisk(indexedDB: IDBFactory, name = "parvis-account"): Promise<string> {
  const database = new CacheDatabase({ name, indexedDB, keyRange: IDBKeyRange });
  const { blocks, log, outbox, meta, uploads, uploadSlices } = database;
  const codec = await createCodec(KEY);
  const texts: string[] = [];
  for (const row of await blocks.toArray()) {
    const place = leafName(row.stream, row.from);
    texts.push(place, await codec.open(row.data, place));
  }
  for (const { data } of await log.toArray()) texts.push(await codec.open(data, LOG_PLACE));
  for (const { data } of await outbox.toArray()) texts.push(await codec.open(data, OUTBOX_PLACE));
  for (const { blobId, data } of await uploads.toArray())
    texts.push(await codec.open(data, uploadPlace(blobId)));
  for (const { blobId, index, data } of await uploadSlices.toArray())
    texts.push(await codec.open(data, slicePlace(blobId, index)));
  for (const { key, value } of await meta.toArray()) {
    const isSealed = value instanceof ArrayBuffer;
    const place = key === "canary" ? key : metaPlace(key);
    texts.push(key, isSealed ? await codec.open(value, place) : JSON.stringify(value));
  }
  database.close();
  return texts.join("\n");
}
