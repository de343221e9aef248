import { Blob } from "node:buffer";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { blobIdSchema, createId, messageIdSchema, type BlobId } from "#contract/ids.ts";
import { IDBKeyRange } from "fake-indexeddb";
import { conversationScope, personScope } from "#contract/scope.ts";
import { conversationIdSchema } from "#contract/ids.ts";
import { CacheDatabase } from "#renderer/db/database.ts";
import { UploadStore } from "#renderer/db/upload-store.ts";
import { Client } from "./client.ts";
import { Disk } from "./disk.ts";
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
  it("arrives whole, and leaves this machine once it is there", async () => {
    client = new Client({ fetch: workplace.fetchAs(workplace.ada) });
    await ready();
    const bytes = bytesOf(3 * MEGABYTE + 5);
    const uploads = client.query("uploads", { scope: workplace.scope });
    const blobId = await add(bytes);
    await uploads.until((view) => view.items[0]?.state === "done");
    expect(uploads.items[0]).toMatchObject({ blobId, sentBytes: bytes.length, problem: null });
    expect(Buffer.compare(await onServer(blobId), bytes)).toBe(0);
    await vi.waitFor(async () => expect(await leftOnDisk(client)).toBe(0));
  });

  it("goes on where it was cut at 99 %", async () => {
    const bytes = bytesOf(4 * MEGABYTE);
    const through = workplace.fetchAs(workplace.ada);
    let sent = 0;
    let isCut = false;
    const fetch: TestFetch = async (path, init) => {
      if (!isPart(path, init) || !(init?.body instanceof Blob)) return await through(path, init);
      const range = /bytes (\d+)-(\d+)\//.exec(new Headers(init.headers).get("content-range") ?? "");
      sent += init.body.size;
      const limit = Math.floor(bytes.length * 0.99);
      if (!isCut && Number(range?.[2]) >= limit) {
        isCut = true;
        // What is in front of the cut reaches the server, its answer does not reach us.
        const first = Number(range?.[1]);
        const body = init.body.slice(0, limit - first);
        const headers = new Headers(init.headers);
        headers.set("content-range", `bytes ${first}-${limit - 1}/${bytes.length}`);
        await through(path, { ...init, headers, body: await body.arrayBuffer() });
        throw new TypeError("cut");
      }
      return await through(path, init);
    };
    client = new Client({ fetch });
    await ready();
    const uploads = client.query("uploads", {});
    const blobId = await add(bytes);
    await uploads.until((view) => view.items[0]?.state === "done");
    expect(isCut).toBe(true);
    expect(sent).toBeLessThan(bytes.length * 1.8);
    expect(Buffer.compare(await onServer(blobId), bytes)).toBe(0);
  });

  it("goes on after the worker was killed in the middle", async () => {
    const bytes = bytesOf(5 * MEGABYTE);
    const disk = new Disk();
    const { indexedDB, kill } = disk.life();
    const through = workplace.fetchAs(workplace.ada);
    let isDead = false;
    const reached = Promise.withResolvers<void>();
    const fetch: TestFetch = async (path, init) => {
      if (isDead) throw new TypeError("dead");
      const range = new Headers(init?.headers).get("content-range") ?? "";
      if (isPart(path, init) && !range.startsWith("bytes 0-")) {
        isDead = true;
        kill();
        reached.resolve();
        throw new TypeError("dead");
      }
      return await through(path, init);
    };
    client = new Client({ fetch, indexedDB, accountId: "killed" });
    await ready();
    const blobId = await add(bytes);
    await send("with the plan", [blobId]);
    await reached.promise;
    await client.close();
    let isAsked = false;
    const watched: TestFetch = (path, init) => {
      isAsked ||= init?.method === "HEAD";
      return through(path, init);
    };
    client = new Client({ fetch: watched, indexedDB: disk.life().indexedDB, accountId: "killed" });
    await client.query("session", {}).until(({ info }) => info.isReady && info.outbox.waiting === 0);
    expect(isAsked).toBe(true);
    expect(Buffer.compare(await onServer(blobId), bytes)).toBe(0);
    expect(await workplace.bodies()).toEqual(["with the plan"]);
  });

  it("is sent beside two others at most, and progress is told a few times only", async () => {
    const through = workplace.fetchAs(workplace.ada);
    let now = 0;
    let most = 0;
    const fetch: TestFetch = async (path, init) => {
      if (!isPart(path, init)) return await through(path, init);
      now++;
      most = Math.max(most, now);
      try {
        return await through(path, init);
      } finally {
        now--;
      }
    };
    client = new Client({ fetch });
    await ready();
    const uploads = client.query("uploads", {});
    await Promise.all([1, 2, 3, 4].map((seed) => add(bytesOf(2 * MEGABYTE, seed))));
    await uploads.until(
      (view) => view.items.length === 4 && view.items.every((item) => item.state === "done"),
    );
    expect(most).toBe(3);
    // Four changes of state a file, and what passes in the seconds between them.
    expect(uploads.updates.length).toBeLessThan(40);
  });

  it("of three gigabytes is refused before a byte of it is read", async () => {
    client = new Client({ fetch: workplace.fetchAs(workplace.ada) });
    await ready();
    const file = new Blob([]);
    Object.defineProperty(file, "size", { value: 3 * 1024 * MEGABYTE });
    const slice = vi.spyOn(file, "slice");
    const adding = client.call("upload.add", {
      scope: workplace.scope,
      file,
      name: "film.mkv",
      mediaType: "video/x",
    });
    await expect(adding).rejects.toThrow(/tooLarge/);
    expect(slice).not.toHaveBeenCalled();
    expect(client.query("uploads", {}).updates.length).toBe(0);
  });

  it("that changes while it is read is refused, and what waited for it says why", async () => {
    client = new Client({ fetch: workplace.fetchAs(workplace.ada) });
    await ready();
    const blobId = blobIdSchema.parse(createId());
    const file = new Blob([bytesOf(3 * MEGABYTE)]);
    const changed = new DOMException("the file changed", "NotReadableError");
    const written = Promise.withResolvers<void>();
    const slice = file.slice.bind(file);
    vi.spyOn(file, "slice").mockImplementation((start, end) => {
      const piece = slice(start, end);
      if ((start ?? 0) === 0) return piece;
      vi.spyOn(piece, "arrayBuffer").mockImplementation(async () => {
        await written.promise;
        throw changed;
      });
      return piece;
    });
    const options = { scope: workplace.scope, file, name: "a.txt", mediaType: "text/plain", blobId };
    const adding = client.call("upload.add", options);
    const refused = adding.catch((error: unknown) => error);
    await client.query("uploads", {}).until((view) => view.items[0]?.state === "storing");
    await send("too early", [blobId]);
    written.resolve();
    expect(String(await refused)).toContain("badRequest: The file changed");
    const outbox = client.query("outbox", {});
    await outbox.until((view) => view.items[0]?.status === "rejected");
    expect(outbox.items[0]?.problem?.title).toBe("The file changed while it was read");
    expect(await leftOnDisk(client)).toBe(0);
  });

  it("for which there is no room is refused as such", async () => {
    client = new Client({ fetch: workplace.fetchAs(workplace.ada) });
    await ready();
    const full = new DOMException("no room", "QuotaExceededError");
    const write = vi.spyOn(UploadStore.prototype, "putSlice").mockRejectedValueOnce(full);
    await expect(add(bytesOf(10))).rejects.toThrow(/storageFull/);
    write.mockRestore();
    expect(await leftOnDisk(client)).toBe(0);
    expect(client.query("uploads", {}).items).toEqual([]);
  });
});

describe("a message with files", () => {
  it("waits for them without holding up other conversations, and those after it keep their place", async () => {
    const through = workplace.fetchAs(workplace.ada);
    const gate = Promise.withResolvers<void>();
    const fetch: TestFetch = async (path, init) => {
      if (isPart(path, init)) await gate.promise;
      return await through(path, init);
    };
    client = new Client({ fetch });
    await ready();
    const blobId = await add(bytesOf(10));
    await send("with a file", [blobId]);
    await send("after it");
    const timeline = client.query("timeline", { conversationId: workplace.channelId, at: "end", count: 10 });
    await timeline.until((view) => view.items.length === 2);
    expect(timeline.items[0]?.uploads).toMatchObject([{ blobId, state: "sending" }]);
    const other = { conversationId: workplace.channelId, body: "elsewhere" };
    await client.call("mutate", { name: "draft.set", scope: personScope(workplace.ada), args: other });
    const outbox = client.query("outbox", {});
    await outbox.until((view) => view.items.every((item) => item.name !== "draft.set"));
    expect(await workplace.bodies()).toEqual([]);
    gate.resolve();
    await timeline.until((view) => view.items.every((item) => item.pending === null));
    expect(await workplace.bodies()).toEqual(["with a file", "after it"]);
    expect(timeline.items[0]?.uploads).toEqual([]);
  });

  it("fails with a refused file, is sent with it on a second try, and lets it go when discarded", async () => {
    const through = workplace.fetchAs(workplace.ada);
    let isRefused = true;
    const fetch: TestFetch = async (path, init) => {
      if (!isPart(path, init) || !isRefused) return await through(path, init);
      const problem = { type: "about:blank", kind: "forbidden", title: "Not here", status: 403 };
      return Response.json(problem, { status: 403 });
    };
    client = new Client({ fetch });
    await ready();
    const blobId = await add(bytesOf(10));
    await send("with a file", [blobId]);
    const outbox = client.query("outbox", {});
    await outbox.until((view) => view.items[0]?.status === "rejected");
    expect(outbox.items[0]?.problem?.title).toBe("Not here");
    isRefused = false;
    const [refused] = outbox.items;
    if (refused === undefined) throw new Error("nothing refused");
    await client.call("outbox.retry", { mutationId: refused.mutationId });
    await outbox.until((view) => view.items.length === 0);
    expect(await workplace.bodies()).toEqual(["with a file"]);
    isRefused = true;
    const second = await add(bytesOf(20));
    await send("never mind", [second]);
    await outbox.until((view) => view.items[0]?.status === "rejected");
    const mutationId = outbox.items[0]?.mutationId;
    if (mutationId === undefined) throw new Error("nothing refused");
    await client.call("outbox.discard", { mutationId });
    await client.query("uploads", {}).until((view) => view.items.every((item) => item.blobId !== second));
    expect(await leftOnDisk(client)).toBe(0);
  });

  it("in a conversation that is not on the server yet goes after the conversation", async () => {
    client = new Client({ fetch: workplace.fetchAs(workplace.ada) });
    await ready();
    client = await client.reopen({ fetch: () => Promise.reject(new TypeError("no network")) });
    const id = conversationIdSchema.parse(createId());
    const scope = conversationScope(id);
    const open = { id, kind: "group", memberIds: [workplace.ada, workplace.ben] };
    await client.call("mutate", { name: "conversation.open", scope, args: open });
    const file = new Blob([bytesOf(10)]);
    const answer = await client.call("upload.add", { scope, file, name: "a.txt", mediaType: "text/plain" });
    const blobId = blobIdSchema.parse(Object(answer).blobId);
    const args = {
      id: createId(),
      conversationId: id,
      body: "first",
      attachments: [{ blobId, name: "a.txt" }],
    };
    await client.call("mutate", { name: "message.send", scope, args });
    client = await client.reopen({ fetch: workplace.fetchAs(workplace.ada) });
    await client.query("session", {}).until(({ info }) => info.isReady && info.outbox.waiting === 0);
    expect(client.query("outbox", {}).items).toEqual([]);
    expect((await onServer(blobId)).length).toBe(10);
  });
});
