import { Dexie } from "dexie";
import { IDBFactory, IDBKeyRange } from "fake-indexeddb";
import { describe, expect, it } from "vitest";
import { DIRECTORY } from "#contract/scope.ts";
import { CacheDatabase } from "#renderer/db/database.ts";
import { openCache } from "./open-cache.ts";

const name = "parvis-account";

/** The stores as version 1 of the application made them. Never edit: this is what is on people's machines. */
const version1 = { blocks: "[stream+from],resident", log: "++id", outbox: "++id", meta: "key" };

describe("the cache's schema", () => {
  it("opens a database of version 1 with everything in it", async () => {
    const indexedDB = new IDBFactory();
    const old = new Dexie(name, { indexedDB, IDBKeyRange });
    old.version(1).stores(version1);
    const data = new Uint8Array([1, 2, 3]).buffer;
    await old.table("blocks").put({ stream: "directory/space", from: "", data, resident: 1 });
    await old.table("log").add({ data });
    await old.table("outbox").add({ data });
    await old.table("meta").put({ key: "epoch", value: "e" });
    old.close();
    const database = new CacheDatabase({ name, indexedDB, keyRange: IDBKeyRange });
    expect(await database.blocks.toCollection().primaryKeys()).toEqual([["directory/space", ""]]);
    expect(await database.blocks.where("resident").equals(1).count()).toBe(1);
    expect(await database.log.count()).toBe(1);
    expect(await database.outbox.count()).toBe(1);
    expect((await database.meta.get("epoch"))?.value).toBe("e");
    expect(await database.uploads.count()).toBe(0);
    database.close();
  });

  it("reads every scope again when an older version passed over what it did not know", async () => {
    const indexedDB = new IDBFactory();
    const options = { name, indexedDB };
    const scope = DIRECTORY;
    const position = { cursor: "c", seq: 7, isComplete: true, floor: "" };
    const old = await openCache(options);
    old.positions.set(scope, position);
    old.setMeta("collections", "person space message");
    await old.store.commit();
    old.close();
    const upgraded = await openCache(options);
    expect(upgraded.positions.isDamaged(scope)).toBe(true);
    upgraded.positions.setDamaged(scope, false);
    await upgraded.store.commit();
    upgraded.close();
    const again = await openCache(options);
    expect(again.positions.isDamaged(scope)).toBe(false);
    again.close();
  });
});
