import { IDBKeyRange } from "fake-indexeddb";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { blobIdSchema, createId, messageIdSchema, mutationIdSchema } from "#contract/ids.ts";
import { DIRECTORY } from "#contract/scope.ts";
import { toIsoTime } from "#contract/time.ts";
import { createCodec } from "#renderer/db/codec.ts";
import { CacheDatabase } from "#renderer/db/database.ts";
import { leafName } from "#renderer/db/leaf-cache.ts";
import { LOG_PLACE } from "#renderer/db/log.ts";
import { OUTBOX_PLACE } from "#renderer/db/outbox.ts";
import { metaPlace } from "#renderer/db/sealed-meta.ts";
import { slicePlace, uploadPlace } from "#renderer/db/upload-store.ts";
import { Client, KEY } from "./client.ts";
import { openCache } from "./open-cache.ts";
import { Workplace } from "./workplace.ts";

const NEXT = new Uint8Array(32).fill(9).buffer;
const name = "parvis-account";

let workplace: Workplace;
let client: Client;

beforeEach(async () => {
  workplace = await Workplace.create();
});

afterEach(async () => {
  await client.closeCleanly();
  await workplace.close();
});

/** How many records of the raw database each key opens. */
async function count(indexedDB: IDBFactory): Promise<{ old: number; next: number; neither: number }> {
  const database = new CacheDatabase({ name, indexedDB, keyRange: IDBKeyRange });
  const sealed: [ArrayBuffer, string][] = [
    ...(await database.blocks.toArray()).map((row): [ArrayBuffer, string] => [
      row.data,
      leafName(row.stream, row.from),
    ]),
    ...(await database.log.toArray()).map((row): [ArrayBuffer, string] => [row.data, LOG_PLACE]),
    ...(await database.outbox.toArray()).map((row): [ArrayBuffer, string] => [row.data, OUTBOX_PLACE]),
    ...(await database.uploads.toArray()).map((row): [ArrayBuffer, string] => [
      row.data,
      uploadPlace(row.blobId),
    ]),
    ...(await database.uploadSlices.toArray()).map((row): [ArrayBuffer, string] => [
      row.data,
      slicePlace(row.blobId, row.index),
    ]),
    ...(await database.meta.toArray()).flatMap(({ key, value }): [ArrayBuffer, string][] =>
      key === "capabilities" && value instanceof ArrayBuffer ? [[value, metaPlace(key)]] : [],
    ),
  ];
  database.close();
  const codecs = { old: await createCodec(KEY), next: await createCodec(NEXT) };
  const found = { old: 0, next: 0, neither: 0 };
  for (const [data, place] of sealed) {
    const opens = async (key: "old" | "next") =>
      codecs[key].openBytes(data, place).then(
        () => true,
        () => false,
      );
    if (await opens("old")) found.old += 1;
    else if (await opens("next")) found.next += 1;
    else found.neither += 1;
  }
  return found;
}

async function sync(): Promise<Client> {
  const made = new Client({ fetch: workplace.fetchAs(workplace.ada) });
  await made.query("session", {}).until((view) => view.info.isReady);
  return made;
}

function bodiesOf(one: Client) {
  return one.query("timeline", { conversationId: workplace.channelId, at: "end", count: 50 });
}

/** What a person would lose for good: a write and a file that have not left. */
async function addUnsent(indexedDB: IDBFactory): Promise<void> {
  const cache = await openCache({ name, indexedDB });
  const args = { id: createId(), conversationId: workplace.channelId, body: "jamais partie" };
  await cache.outbox.add(
    {
      id: mutationIdSchema.parse(createId()),
      name: "message.send",
      scope: DIRECTORY,
      args,
      madeAt: toIsoTime(Date.now()),
    },
    "Général",
  );
  const blobId = blobIdSchema.parse(createId());
  await cache.uploads.putSlice(blobId, 0, new Uint8Array([1, 2, 3]).buffer);
  cache.close();
}

describe("a new key for the cache", () => {
  it("leaves nothing under the old one, wherever it is cut off and begun again", async () => {
    await workplace.loadMessages(900);
    client = await sync();
    await client.close();
    const { indexedDB } = client;
    await addUnsent(indexedDB);
    const before = await count(indexedDB);
    expect(before).toMatchObject({ next: 0, neither: 0 });
    expect(before.old).toBeGreaterThan(10);
    let isDone = false;
    // Each life of the worker manages one step more than the last before it is ended.
    for (let steps = 1; !isDone && steps < 100; steps += 1) {
      let left = steps;
      const cache = await openCache({ name, indexedDB, rawKey: NEXT, keyId: "2", rawPrevious: KEY });
      isDone = await cache.rotate({
        pause: async () => {
          left -= 1;
        },
        isStopped: () => left <= 0,
      });
      expect(cache.outbox.entries()).toHaveLength(1);
      expect(cache.outbox.unreadable).toBe(0);
      cache.close();
    }
    expect(await count(indexedDB)).toEqual({ old: 0, next: before.old, neither: 0 });
    client = await client.reopen({ key: NEXT, keyId: "2" });
    const timeline = bodiesOf(client);
    await timeline.until((view) => view.items.at(-2)?.message.body === "message 899");
    expect(timeline.items.at(-1)?.message.body).toBe("jamais partie");
  });

  it("comes while everything goes on: what is read and written meanwhile is neither lost nor under the old key", async () => {
    await workplace.loadMessages(600);
    client = await sync();
    const timeline = bodiesOf(client);
    await timeline.until((view) => view.items.length === 50);
    client.rekey(NEXT, "2", KEY);
    const id = messageIdSchema.parse(createId());
    await client.call("mutate", {
      name: "message.send",
      scope: workplace.scope,
      args: { id, conversationId: workplace.channelId, body: "pendant le changement" },
    });
    await expect.poll(() => client.rotated, { timeout: 10_000 }).toEqual(["2"]);
    await timeline.until((view) => view.items.at(-1)?.message.body === "pendant le changement");
    expect(client.fatal).toEqual([]);
    await client.close();
    expect(await count(client.indexedDB)).toMatchObject({ old: 0, neither: 0 });
    client = await client.reopen({ key: NEXT, keyId: "2" });
    const again = bodiesOf(client);
    await again.until((view) => view.items.at(-1)?.message.body === "pendant le changement");
  });
});
