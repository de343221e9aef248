import { IDBFactory, IDBKeyRange } from "fake-indexeddb";
import { Cache, type CacheOptions } from "#renderer/db/cache.ts";
import { toIsoTime } from "#contract/time.ts";
import { KEY } from "./client.ts";

/** A cache of its own on a disk in memory. */
export async function openCache(options: Partial<CacheOptions> = {}): Promise<Cache> {
  return await Cache.open({
    name: "parvis-alone",
    indexedDB: new IDBFactory(),
    keyRange: IDBKeyRange,
    rawKey: KEY,
    keyId: "1",
    now: () => toIsoTime(Date.now()),
    onChange: () => undefined,
    onInvalid: () => undefined,
    onCorrupt: () => undefined,
    ...options,
  });
}
