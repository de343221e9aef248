import { Blob } from "node:buffer";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { blobIdSchema, createId, messageIdSchema, type BlobId } from "#contract/ids.ts";
import { IDBKeyRange } from "fake-indexeddb";
import { conversationScope } from "#contract/scope.ts";
import { conversationIdSchema } from "#contract/ids.ts";
import { CacheDatabase } from "#renderer/db/database.ts";
import { Client } from "./client.ts";
import { Workplace, type TestFetch } from "./workplace.ts";

const MEGABYTE = 1024 * 1024;

let workplace: Workplace;
let client: Client;

beforeEach(async () => {
  workplace = await Workplace.create();
});

afterEach(async () => {
  await client.closeCleanly();
  await workplace.close();
});

function bytesOf(length: number, seed = 1): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  for (let index = 0; index < length; index += 997) bytes[index] = (index * seed) % 251;
  return bytes;
}

async function add(
  bytes: Uint8Array<ArrayBuffer>,
  options: { blobId?: BlobId; name?: string } = {},
): Promise<BlobId> {
  const { name = "plan.pdf", blobId } = options;
  const answer = await client.call("upload.add", {
    scope: workplace.scope,
    file: new Blob([bytes]),
    name,
    mediaType: "application/pdf",
    ...(blobId === undefined ? {} : { blobId }),
  });
  return blobIdSchema.parse(Object(answer).blobId);
}

async function send(body: string, blobIds: readonly BlobId[] = []): Promise<string> {
  const id = messageIdSchema.parse(createId());
  const attachments = blobIds.map((blobId) => ({ blobId, name: "plan.pdf", mediaType: "application/pdf" }));
  const args = { id, conversationId: workplace.channelId, body, attachments };
  await client.call("mutate", { name: "message.send", scope: workplace.scope, args });
  return id;
}

async function onServer(blobId: BlobId): Promise<Uint8Array> {
  const response = await workplace.fetchAs(workplace.ben)(`/v1/blobs/${blobId}`);
  if (!response.ok) throw new Error(`the file is not there: ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}

async function ready(): Promise<void> {
  await client.query("session", {}).until((view) => view.info.isReady && view.info.capabilities !== null);
}

const isPart = (path: string, init?: RequestInit) => path.startsWith("/v1/blobs/") && init?.method === "PUT";

async function leftOnDisk(of: Client): Promise<number> {
  const database = new CacheDatabase({
    name: "parvis-account",
    indexedDB: of.indexedDB,
    keyRange: IDBKeyRange,
  });
  const count = (await database.uploads.count()) + (await database.uploadSlices.count());
  database.close();
  return count;
}

describe("a file", () => {
  it("of which the workplace takes nothing fails after a few tries, instead of being sent for ever", async () => {
    const through = workplace.fetchAs(workplace.ada);
    let parts = 0;
    const fetch: TestFetch = async (path, init) => {
      if (!isPart(path, init)) return await through(path, init);
      parts++;
      const id = path.slice("/v1/blobs/".length, path.indexOf("?"));
      const { scope } = workplace;
      const kept = { id, scope, name: "plan.pdf", mediaType: "application/pdf", sizeBytes: 10 };
      return Response.json({ ...kept, receivedBytes: 0, isComplete: false });
    };
    client = new Client({ fetch });
    await ready();
    await add(bytesOf(10));
    const uploads = client.query("uploads", {});
    await uploads.until((view) => view.items[0]?.state === "failed");
    expect(uploads.items[0]?.problem?.kind).toBe("conflict");
    expect(parts).toBeLessThan(10);
  });
});

describe("a file that the workplace has whole", () => {
  it("has not failed because its copy could not be deleted here; the next start does that", async () => {
    const remove = vi.spyOn(CacheDatabase.prototype, "deleteUpload");
    remove.mockRejectedValueOnce(new DOMException("The disk is broken.", "UnknownError"));
    client = new Client({ fetch: workplace.fetchAs(workplace.ada) });
    await ready();
    const uploads = client.query("uploads", {});
    const blobId = await add(bytesOf(10));
    await uploads.until((view) => view.items[0]?.state === "done");
    expect(await leftOnDisk(client)).toBe(2);
    expect(client.bugs).toHaveLength(1);
    remove.mockRestore();
    client = await client.reopen();
    await vi.waitFor(async () => expect(await leftOnDisk(client)).toBe(0));
    expect((await onServer(blobId)).length).toBe(10);
  });
});

describe("a message with a file", () => {
  it("is said to be refused when its conversation is lost meanwhile, and lets its file go when discarded", async () => {
    const id = conversationIdSchema.parse(createId());
    const scope = conversationScope(id);
    const open = { id, kind: "group", memberIds: [workplace.ada, workplace.ben] };
    await workplace.mutate(workplace.ben, "conversation.open", scope, open);
    client = new Client({ fetch: workplace.fetchAs(workplace.ada) });
    await ready();
    client = await client.reopen({ fetch: () => Promise.reject(new TypeError("no network")) });
    const attach = async (name: string) => {
      const answer = await client.call("upload.add", {
        scope,
        file: new Blob([bytesOf(10)]),
        name,
        mediaType: "text/plain",
      });
      return blobIdSchema.parse(Object(answer).blobId);
    };
    const sent = await attach("sent.txt");
    await attach("in the composer.txt");
    const args = {
      id: createId(),
      conversationId: id,
      body: "lost",
      attachments: [{ blobId: sent, name: "a" }],
    };
    await client.call("mutate", { name: "message.send", scope, args });
    await workplace.mutate(workplace.ben, "conversation.update", scope, { id, removeIds: [workplace.ada] });
    client = await client.reopen({ fetch: workplace.fetchAs(workplace.ada) });
    const outbox = client.query("outbox", {});
    await outbox.until((view) => view.items[0]?.status === "rejected");
    expect(outbox.items[0]?.problem?.title).toBe("You no longer have access to this place");
    const uploads = client.query("uploads", {});
    await uploads.until((view) => view.items.length === 1 && view.items[0]?.state === "failed");
    expect(uploads.items[0]?.blobId).toBe(sent);
    const mutationId = outbox.items[0]?.mutationId;
    if (mutationId === undefined) throw new Error("nothing refused");
    await client.call("outbox.discard", { mutationId });
    await uploads.until((view) => view.items.length === 0);
    expect(await leftOnDisk(client)).toBe(0);
  });
});

describe("two windows of one profile", () => {
  it("see the same file on its way, and either can give it up", async () => {
    const through = workplace.fetchAs(workplace.ada);
    const fetch: TestFetch = (path, init) =>
      isPart(path, init) ? Promise.reject(new TypeError("no network for files")) : through(path, init);
    client = new Client({ fetch });
    await ready();
    const second = new Client({ fetch, host: client.host });
    const blobId = await add(bytesOf(2 * MEGABYTE));
    await send("with a file", [blobId]);
    const [here, there] = [client, second].map((window) => window.query("uploads", {}));
    if (here === undefined || there === undefined) throw new Error("no views");
    await there.until((view) => view.items[0]?.state === "waiting");
    // The one that added it is closed: the other goes on with it.
    client.die();
    await second.call("upload.cancel", { blobId });
    await there.until((view) => view.items.length === 0);
    const outbox = second.query("outbox", {});
    await outbox.until((view) => view.items[0]?.status === "rejected");
    expect(outbox.items[0]?.problem?.title).toBe("The file was given up");
    expect(await leftOnDisk(client)).toBe(0);
  });

  it("lose nothing when the cache is locked while a file is being sent", async () => {
    const through = workplace.fetchAs(workplace.ada);
    const reached = Promise.withResolvers<void>();
    let isHeld = true;
    const fetch: TestFetch = async (path, init) => {
      const range = new Headers(init?.headers).get("content-range") ?? "";
      if (!isHeld || !isPart(path, init) || range.startsWith("bytes 0-")) return await through(path, init);
      reached.resolve();
      // Neither answer nor end, until whoever asked gives up.
      return await new Promise((_resolve, reject) => {
        init?.signal?.addEventListener("abort", () => reject(new TypeError("given up")));
      });
    };
    client = new Client({ fetch });
    await ready();
    const bytes = bytesOf(2 * MEGABYTE);
    const blobId = await add(bytes);
    await send("with a file", [blobId]);
    await reached.promise;
    client.lock();
    isHeld = false;
    client.open();
    await vi.waitFor(async () => expect(await workplace.bodies()).toEqual(["with a file"]), 8000);
    expect(Buffer.compare(await onServer(blobId), bytes)).toBe(0);
    await vi.waitFor(async () => expect(await leftOnDisk(client)).toBe(0));
  });
});
