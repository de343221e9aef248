import { IDBFactory, IDBKeyRange } from "fake-indexeddb";
import { expect, test } from "vitest";
import { codecOf, createCodec, createKeyRing } from "./codec.ts";
import { CacheDatabase } from "./database.ts";
import { rewriteUnderCurrentKey } from "./key-rotation.ts";
import { leafName } from "./leaf-cache.ts";
import { LOG_PLACE } from "./log.ts";
import { OUTBOX_PLACE } from "./outbox.ts";
import { slicePlace, uploadPlace } from "./upload-store.ts";

const rawKey = (byte: number): ArrayBuffer => new Uint8Array(32).fill(byte).buffer;
const BLOCKS = 45;

/** A cache with something in every table, all under the first key. */
async function filled(): Promise<CacheDatabase> {
  const database = new CacheDatabase({ name: "cache", indexedDB: new IDBFactory(), keyRange: IDBKeyRange });
  await database.open();
  const codec = await createCodec(rawKey(1));
  const seal = (text: string, place: string) => codec.seal(text, place);
  for (let index = 0; index < BLOCKS; index += 1) {
    const [stream, from] = ["s", String(index).padStart(3, "0")];
    await database.blocks.put({ stream, from, data: await seal(`block ${index}`, leafName(stream, from)) });
  }
  await database.log.add({ data: await seal("a change", LOG_PLACE) });
  await database.outbox.add({ data: await seal("not sent yet", OUTBOX_PLACE) });
  await database.uploads.put({ blobId: "b", data: await seal("a file", uploadPlace("b")) });
  await database.uploadSlices.put({ blobId: "b", index: 0, data: await seal("bytes", slicePlace("b", 0)) });
  return database;
}

/** Every sealed record on disk, with the place it was sealed for. */
async function records(database: CacheDatabase): Promise<{ data: ArrayBuffer; place: string }[]> {
  const { blocks, log, outbox, uploads, uploadSlices } = database;
  return [
    ...(await blocks.toArray()).map(({ data, stream, from }) => ({ data, place: leafName(stream, from) })),
    ...(await log.toArray()).map(({ data }) => ({ data, place: LOG_PLACE })),
    ...(await outbox.toArray()).map(({ data }) => ({ data, place: OUTBOX_PLACE })),
    ...(await uploads.toArray()).map(({ data, blobId }) => ({ data, place: uploadPlace(blobId) })),
    ...(await uploadSlices.toArray()).map(({ data, blobId, index }) => ({
      data,
      place: slicePlace(blobId, index),
    })),
  ];
}

/** The texts that this key alone opens. */
async function openedBy(database: CacheDatabase, key: number): Promise<string[]> {
  const codec = await createCodec(rawKey(key));
  const texts = await Promise.all(
    (await records(database)).map(({ data, place }) => codec.open(data, place).catch(() => undefined)),
  );
  return texts.filter((text) => text !== undefined);
}

test("stopped after any number of steps and begun again, in the end nothing is under the old key", async () => {
  const database = await filled();
  const all = await openedBy(database, 1);
  const ring = await createKeyRing(rawKey(2), rawKey(1));
  const both = codecOf(ring);
  for (let steps = 0, isDone = false; !isDone; steps += 1) {
    let left = steps;
    isDone = await rewriteUnderCurrentKey(database, ring, {
      pause: () => Promise.resolve(),
      isStopped: () => left-- <= 0,
    });
    // Whatever has been done so far, everything is readable meanwhile.
    const read = (await records(database)).map(({ data, place }) => both.open(data, place));
    expect(await Promise.all(read)).toEqual(all);
  }
  expect(await openedBy(database, 1)).toEqual([]);
  expect(await openedBy(database, 2)).toEqual(all);
  expect(all).toContain("not sent yet");
  database.close();
});

test("what is written meanwhile is not overwritten by what was read before", async () => {
  const database = await filled();
  const ring = await createKeyRing(rawKey(2), rawKey(1));
  const codec = codecOf(ring);
  const place = leafName("s", "030");
  let isWritten = false;
  const pause = async (): Promise<void> => {
    if (isWritten) return;
    isWritten = true;
    await database.blocks.put({ stream: "s", from: "030", data: await codec.seal("newer", place) });
  };
  const isDone = await rewriteUnderCurrentKey(database, ring, { pause, isStopped: () => false });
  expect(isDone).toBe(true);
  const record = await database.blocks.get(["s", "030"]);
  expect(await ring.current.open(record?.data ?? new ArrayBuffer(0), place)).toBe("newer");
  expect(await openedBy(database, 1)).toEqual([]);
  database.close();
});
