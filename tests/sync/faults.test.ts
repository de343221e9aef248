import { IDBFactory, IDBObjectStore } from "fake-indexeddb";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createId, membershipId, messageIdSchema } from "#contract/ids.ts";
import { Client, fastClock, KEY } from "./client.ts";
import { FakeLocks } from "./fake-locks.ts";
import { Workplace, type TestFetch } from "./workplace.ts";

let workplace: Workplace;
let client: Client;

beforeEach(async () => {
  workplace = await Workplace.create();
});

afterEach(async () => {
  vi.restoreAllMocks();
  await client.closeCleanly();
  await workplace.close();
});

const readyOf = (from: Client) => from.query("session", {}).until((view) => view.info.isReady);
const timelineOf = (from: Client, count = 50) =>
  from.query("timeline", { conversationId: workplace.channelId, at: "end", count });

async function send(body: string): Promise<unknown> {
  const args = { id: messageIdSchema.parse(createId()), conversationId: workplace.channelId, body };
  return await client.call("mutate", { name: "message.send", scope: workplace.scope, args });
}

/** Changes some lines of what sync answers. */
function rewriting(change: (line: string, path: string) => string): TestFetch {
  const through = workplace.fetchAs(workplace.ada);
  return async (path, init) => {
    const response = await through(path, init);
    if (!path.startsWith("/v1/sync")) return response;
    const text = await response.text();
    return new Response(
      text
        .split("\n")
        .map((line) => change(line, path))
        .join("\n"),
      response,
    );
  };
}

const offline: TestFetch = () => Promise.reject(new TypeError("no network"));

describe("what comes from the workplace", () => {
  it("skips malformed lines and rows, counts them and shows the rest", async () => {
    await workplace.loadMessages(20);
    const fetch = rewriting((line) => {
      if (line.includes('"message 3"')) return line.slice(0, 80);
      if (line.includes('"message 5"')) return line.replace('"sentAt":', '"sent":');
      if (line.includes('"message 7"')) return line.replace(/"version":\d+/, '"version":"seven"');
      if (line.includes('"message 9"')) return line.replace('"collection":"message"', '"collection":"poll"');
      return line;
    });
    client = new Client({ fetch });
    const timeline = timelineOf(client);
    await timeline.until((view) => view.items.length === 16);
    await client.query("session", {}).until((view) => view.info.invalidRows === 3);
    expect(timeline.items.map((item) => item.message.body)).not.toContain("message 9");
  });

  it("goes on from the last mark when the stream is cut again and again", async () => {
    await workplace.loadMessages(1700);
    const through = workplace.fetchAs(workplace.ada);
    let pieces = 0;
    const fetch: TestFetch = async (path, init) => {
      const response = await through(path, init);
      if (!path.startsWith("/v1/sync?scope=space")) return response;
      const text = await response.text();
      pieces++;
      return new Response(text.slice(0, 250_000), response);
    };
    client = new Client({ fetch });
    await readyOf(client);
    expect(pieces).toBeGreaterThan(2);
    const timeline = timelineOf(client, 500);
    await timeline.until((view) => view.items.length === 500);
    for (let shown = 500; shown < 1700; shown += 400) {
      await client.call("timeline.extend", { subscriptionId: timeline.id, direction: "older", count: 400 });
    }
    await timeline.until((view) => view.items.length === 1700);
  });

  it("names the scope that cannot be synced while the others go on", async () => {
    await workplace.loadMessages(5);
    const fetch = rewriting((line, path) => (path.includes("person") ? "{" : line));
    client = new Client({ fetch });
    const timeline = timelineOf(client);
    await timeline.until((view) => view.items.length === 5);
    await client
      .query("session", {})
      .until((view) => view.info.problem?.detail?.includes(`person:${workplace.ada}`) === true);
    expect(timeline.items.at(-1)?.message.body).toBe("message 4");
  });

  it("starts a scope over when its cursor expired, without emptying the view", async () => {
    await workplace.loadMessages(30);
    client = new Client({ fetch: workplace.fetchAs(workplace.ada) });
    await readyOf(client);
    const through = workplace.fetchAs(workplace.ada);
    let refused = 0;
    const fetch: TestFetch = async (path, init) => {
      if (!path.startsWith("/v1/sync?scope=space") || !path.includes("cursor"))
        return await through(path, init);
      refused++;
      return Response.json({ type: "about:blank", kind: "cursorExpired", title: "gone" }, { status: 410 });
    };
    client = await client.reopen({ fetch: offline });
    await client.close();
    const gone = (await workplace.store.list(workplace.scope, "membership")).find(
      ({ data }) => data["personId"] === workplace.ben,
    );
    await workplace.mutate(workplace.ben, "message.send", workplace.scope, {
      id: createId(),
      conversationId: workplace.channelId,
      body: "while away",
    });
    await workplace.mutate(workplace.ada, "membership.remove", workplace.scope, {
      spaceId: workplace.spaceId,
      personId: workplace.ben,
    });
    client = await client.reopen({ fetch });
    const timeline = timelineOf(client);
    await timeline.until((view) => view.items.some((item) => item.message.body === "while away"));
    const members = client.query("members", { conversationId: workplace.channelId });
    await members.until((view) => view.items.length === 1);
    expect(refused).toBeGreaterThan(0);
    expect(gone).toBeDefined();
    const sizes = timeline.updates.map((update) => ("remove" in update ? update.remove.length : 0));
    expect(Math.max(...sizes)).toBe(0);
  });

  it("drops everything cached but not the outbox when the server's data are new", async () => {
    await workplace.loadMessages(30);
    client = new Client({ fetch: workplace.fetchAs(workplace.ada) });
    await readyOf(client);
    client = await client.reopen({ fetch: offline });
    await send("written before");
    await workplace.replaceData();
    client = await client.reopen({ fetch: workplace.fetchAs(workplace.ada) });
    const timeline = timelineOf(client);
    await timeline.until((view) => view.items.length === 1 && view.items[0]?.pending === null);
    expect(await workplace.bodies()).toEqual(["written before"]);
  });

  it("purges a space left while offline and keeps what was written for it as refused", async () => {
    await workplace.loadMessages(30);
    client = new Client({ fetch: workplace.fetchAs(workplace.ben) });
    await readyOf(client);
    client = await client.reopen({ fetch: offline });
    await send("too late");
    await workplace.mutate(workplace.ada, "membership.remove", workplace.scope, {
      spaceId: workplace.spaceId,
      personId: workplace.ben,
    });
    client = await client.reopen({ fetch: workplace.fetchAs(workplace.ben) });
    const conversations = client.query("conversations", {});
    await conversations.until((view) => view.items.length === 0);
    const outbox = client.query("outbox", {});
    await outbox.until((view) => view.items[0]?.status === "rejected");
    expect(outbox.items[0]).toMatchObject({ place: "Général", problem: { kind: "forbidden" } });
    expect(outbox.items[0]?.args["body"]).toBe("too late");
    client = await client.reopen({ fetch: offline });
    await client.query("outbox", {}).until((view) => view.items.length === 1);
    const timeline = timelineOf(client);
    await timeline.until((view) => view.items.length === 0);
  });

  it("follows a membership taken and given back live", async () => {
    await workplace.loadMessages(5);
    client = new Client({ fetch: workplace.fetchAs(workplace.ben) });
    const conversations = client.query("conversations", {});
    await conversations.until((view) => view.items.length === 1);
    const { spaceId, ben: personId, ada, scope } = workplace;
    await workplace.mutate(ada, "membership.remove", scope, { spaceId, personId });
    await conversations.until((view) => view.items.length === 0);
    await workplace.mutate(ada, "membership.set", scope, { spaceId, personId, role: "member" });
    await conversations.until((view) => view.items[0]?.lastMessage?.excerpt === "message 4");
    expect(membershipId(spaceId, personId)).not.toBe("");
  });

  it("connects again when the events connection falls silent without an end", async () => {
    await workplace.loadMessages(5);
    const through = workplace.fetchAs(workplace.ada);
    let connections = 0;
    const fetch: TestFetch = async (path, init) => {
      const response = await through(path, init);
      if (path !== "/v1/events" || ++connections > 1 || response.body === null) return response;
      // The greeting arrives, then nothing: as behind a router that forgot the connection.
      let pieces = 0;
      const silent = new TransformStream<Uint8Array, Uint8Array>({
        transform(piece, controller) {
          if (pieces++ === 0) controller.enqueue(piece);
        },
      });
      return new Response(response.body.pipeThrough(silent), response);
    };
    client = new Client({ fetch, clock: fastClock(200) });
    const timeline = timelineOf(client);
    await timeline.until((view) => view.items.length === 5);
    await workplace.mutate(workplace.ben, "message.send", workplace.scope, {
      id: createId(),
      conversationId: workplace.channelId,
      body: "into the silence",
    });
    await timeline.until((view) => view.items.at(-1)?.message.body === "into the silence");
    expect(connections).toBe(2);
  });

  it("asks again when its token ends: only the answer says whether the sign-in has", async () => {
    await workplace.loadMessages(1);
    const through = workplace.fetchAs(workplace.ada);
    let connections = 0;
    const fetch: TestFetch = async (path, init) => {
      const response = await through(path, init);
      if (path !== "/v1/events" || ++connections > 1 || response.body === null) return response;
      const ending = new TransformStream<Uint8Array, Uint8Array>({
        transform(piece, controller) {
          controller.enqueue(piece);
          controller.enqueue(new TextEncoder().encode("event: signedOut\ndata: {}\n\n"));
          controller.terminate();
        },
      });
      return new Response(response.body.pipeThrough(ending), response);
    };
    client = new Client({ fetch, clock: fastClock(200) });
    const timeline = timelineOf(client);
    await timeline.until((view) => view.items.length === 1);
    await workplace.mutate(workplace.ben, "message.send", workplace.scope, {
      id: createId(),
      conversationId: workplace.channelId,
      body: "after the hour",
    });
    await timeline.until((view) => view.items.at(-1)?.message.body === "after the hour");
    expect(connections).toBe(2);
  });

  it.each(["signInRequired", "wipeRequired"])("takes %s as the end of the sign-in", async (kind) => {
    client = new Client({
      fetch: () => Promise.resolve(Response.json({ kind, title: "Over" }, { status: 401 })),
    });
    const session = client.query("session", {});
    await session.until((view) => view.info.connection === "signedOut");
    expect(session.info.problem?.kind).toBe(kind);
  });

  it("waits for a sign-in when the session has ended", async () => {
    client = new Client({
      fetch: () =>
        Promise.resolve(Response.json({ kind: "signInRequired", title: "Sign in" }, { status: 401 })),
    });
    const session = client.query("session", {});
    await session.until((view) => view.info.connection === "signedOut");
    expect(session.info.retryAt).toBeNull();
  });
});

describe("this machine", () => {
  it("pauses when storage is full, keeps the text with the writer, and goes on when there is room", async () => {
    await workplace.loadMessages(800);
    let isFull = false;
    for (const method of ["put", "add"] as const) {
      const original = Reflect.get(IDBObjectStore.prototype, method);
      vi.spyOn(IDBObjectStore.prototype, method).mockImplementation(function write(
        this: IDBObjectStore,
        ...args
      ) {
        if (isFull) throw new DOMException("no room", "QuotaExceededError");
        return original.apply(this, args);
      });
    }
    client = new Client({ fetch: workplace.fetchAs(workplace.ada) });
    const session = client.query("session", {});
    await session.until((view) => view.info.isReady);
    isFull = true;
    await expect(send("no room for this")).rejects.toThrow("storageFull");
    await workplace.mutate(workplace.ben, "message.send", workplace.scope, {
      id: createId(),
      conversationId: workplace.channelId,
      body: "arrives when full",
    });
    await session.until((view) => view.info.storage?.isFull === true);
    expect(session.info.problem?.kind).toBe("storageFull");
    isFull = false;
    await session.until((view) => view.info.storage?.isFull === false);
    await send("now there is room");
    const live = timelineOf(client, 2);
    await live.until((view) => view.items.at(-1)?.message.body === "now there is room");
    await live.until((view) => view.items.at(-1)?.pending === null);
    client = await client.reopen({ fetch: offline });
    const timeline = timelineOf(client, 2);
    await timeline.until((view) => view.items.length === 2);
    expect(timeline.items.map((item) => item.message.body)).toEqual([
      "arrives when full",
      "now there is room",
    ]);
  });

  it("fetches a scope anew when one of its blocks was damaged", async () => {
    await workplace.loadMessages(450);
    client = new Client({ fetch: workplace.fetchAs(workplace.ada) });
    await readyOf(client);
    await client.close();
    await damageBlocks(client.indexedDB, `${workplace.scope}/message/`);
    client = await client.reopen();
    const timeline = timelineOf(client, 450);
    await timeline.until((view) => view.items.length === 450);
    expect(timeline.items[0]?.message.body).toBe("message 0");
  });

  it("does not forget that a block was damaged when it ends before it could be fetched", async () => {
    await workplace.loadMessages(450);
    client = new Client({ fetch: workplace.fetchAs(workplace.ada) });
    await readyOf(client);
    await client.close();
    await damageBlocks(client.indexedDB, `${workplace.scope}/message/`);
    client = await client.reopen({ fetch: offline });
    await timelineOf(client, 450).until((view) => view.items.length < 450);
    await send("written with holes");
    client = await client.reopen({ fetch: workplace.fetchAs(workplace.ada) });
    const timeline = timelineOf(client, 451);
    await timeline.until((view) => view.items.length > 449);
    expect(timeline.items[0]?.message.body).toBe("message 0");
  });

  it("goes on showing what comes when its clock is put back by a day in between", async () => {
    await workplace.loadMessages(5);
    let offsetMs = 86_400_000;
    const fast = fastClock(20);
    const clock = { ...fast, now: () => Date.now() + offsetMs };
    client = new Client({ fetch: workplace.fetchAs(workplace.ada), clock });
    const timeline = timelineOf(client);
    await timeline.until((view) => view.items.length === 5);
    await send("from tomorrow");
    await timeline.until((view) => view.items.length === 6 && view.items[5]?.pending === null);
    offsetMs = -86_400_000;
    await send("from yesterday");
    await timeline.until((view) => view.items.length === 7 && view.items[6]?.pending === null);
    await workplace.mutate(workplace.ben, "message.send", workplace.scope, {
      id: createId(),
      conversationId: workplace.channelId,
      body: "from today",
    });
    await timeline.until((view) => view.items.length === 8);
    const bodies = timeline.items.slice(5).map((item) => item.message.body);
    expect(bodies).toEqual(["from tomorrow", "from yesterday", "from today"]);
    const now = Date.now();
    for (const { message } of timeline.items.slice(5))
      expect(Math.abs(Date.parse(message.sentAt) - now)).toBeLessThan(60_000);
  });

  it("clears the cache under another key and keeps the writes it cannot read", async () => {
    await workplace.loadMessages(10);
    client = new Client({ fetch: workplace.fetchAs(workplace.ada) });
    await readyOf(client);
    client = await client.reopen({ fetch: offline });
    await send("sealed with the first key");
    client = await client.reopen({
      fetch: workplace.fetchAs(workplace.ada),
      key: new Uint8Array(32).fill(9).buffer,
      keyId: "2",
    });
    await timelineOf(client).until((view) => view.items.length === 10);
    const session = client.query("session", {});
    await session.until((view) => view.info.problem?.kind === "secretsUnavailable");
    client = await client.reopen({ key: KEY, keyId: "1" });
    await client.query("session", {}).until((view) => view.info.isReady && view.info.outbox.waiting === 0);
    expect((await workplace.bodies()).at(-1)).toBe("sealed with the first key");
  });

  it("forgets everything when locked and goes on when opened again", async () => {
    await workplace.loadMessages(10);
    client = new Client({ fetch: workplace.fetchAs(workplace.ada) });
    const timeline = timelineOf(client);
    await timeline.until((view) => view.items.length === 10);
    client.lock();
    await vi.waitFor(() => expect(client.fatal.map((problem) => problem.kind)).toEqual(["locked"]));
    client.open();
    await send("after the lock");
    await timeline.until((view) => view.items.length === 11);
  });

  it("waits for another engine that holds the profile, says why, and takes over", async () => {
    await workplace.loadMessages(10);
    const locks = new FakeLocks();
    const indexedDB = new IDBFactory();
    const first = new Client({ fetch: workplace.fetchAs(workplace.ada), locks, indexedDB });
    await readyOf(first);
    client = new Client({ fetch: workplace.fetchAs(workplace.ada), locks, indexedDB });
    const session = client.query("session", {});
    await session.until((view) => view.info.problem?.kind === "locked");
    await first.close();
    await session.until((view) => view.info.isReady && view.info.problem === null);
    await timelineOf(client).until((view) => view.items.length === 10);
    expect(client.fatal).toEqual([]);
  });
});

async function damageBlocks(indexedDB: IDBFactory, prefix: string): Promise<void> {
  const database = await new Promise<IDBDatabase>((resolve) => {
    const request = indexedDB.open("parvis-account");
    request.addEventListener("success", () => resolve(request.result));
  });
  const transaction = database.transaction(["blocks"], "readwrite");
  const store = transaction.objectStore("blocks");
  const request = store.openCursor();
  let damaged = 0;
  await new Promise<void>((resolve) => {
    request.addEventListener("success", () => {
      const cursor = request.result;
      if (cursor === null) return;
      const record = cursor.value;
      if (String(record.stream).startsWith(prefix) && damaged++ % 2 === 0) {
        cursor.update({ ...record, data: record.data.slice(0, 40) });
      }
      cursor.continue();
    });
    transaction.addEventListener("complete", () => resolve());
  });
  database.close();
  expect(damaged).toBeGreaterThan(2);
}
