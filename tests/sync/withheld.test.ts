import { IDBFactory, IDBKeyRange } from "fake-indexeddb";
import { expect, it } from "vitest";
import { createId } from "#contract/ids.ts";
import { BlockStore } from "#renderer/db/block-store.ts";
import { createCodec } from "#renderer/db/codec.ts";
import { CacheDatabase } from "#renderer/db/database.ts";
import type { PlacedEntry } from "#renderer/db/entry.ts";
import { KeptScopes } from "#renderer/db/kept-scopes.ts";
import { KEY } from "./client.ts";

const spaceId = createId();
const above = `space:${spaceId}/message/a`;
const beside = `conversation:${createId()}/message/b`;
const COUNT = 2000;

function messages(stream: string): PlacedEntry[] {
  return Array.from({ length: COUNT }, (_, index) => {
    const key = `2026-${String(index).padStart(6, "0")}~${index}`;
    const data = { body: `message ${index} of a length that fills what memory may hold` };
    return { stream, entry: { key, id: String(index), rev: 1, isDeleted: false, data } };
  });
}

async function whole(store: BlockStore, stream: string): Promise<number> {
  return (await store.range(stream)).length;
}

it("what may not lie on disk is never dropped from a memory that is too small, and comes to disk whole", async () => {
  const indexedDB = new IDBFactory();
  const database = new CacheDatabase({ name: "parvis-small", indexedDB, keyRange: IDBKeyRange });
  await database.open();
  const codec = await createCodec(KEY);
  const kept = new KeptScopes("internal");
  const make = () =>
    new BlockStore({
      database,
      codec,
      kept,
      memoryLimit: 20_000,
      onCorrupt: (stream) => expect.unreachable(stream),
      onMove: () => undefined,
      onMoved: () => undefined,
    });
  const store = make();
  const onDisk = async () => new Set((await database.blocks.toArray()).map(({ stream }) => stream));
  await store.apply([...messages(above), ...messages(beside)]);
  await store.commit();
  for (let round = 0; round < 3; round++) {
    expect([await whole(store, beside), await whole(store, above)]).toEqual([COUNT, COUNT]);
  }
  expect(await onDisk()).toEqual(new Set([beside]));
  const change = (ceiling: "internal" | "confidential" | null) =>
    store.move(() => {
      kept.setCeiling(ceiling);
      return [`space:${spaceId}`];
    });
  await change(null);
  await store.commit();
  const next = make();
  await next.load();
  expect([await whole(next, beside), await whole(next, above)]).toEqual([COUNT, COUNT]);
  // Most of it is on disk alone now: it comes back to memory before it leaves the disk.
  await change("internal");
  await store.commit();
  expect(await onDisk()).toEqual(new Set([beside]));
  expect(await whole(store, above)).toBe(COUNT);
  database.close();
});
