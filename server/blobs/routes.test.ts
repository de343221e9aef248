import { createHash, randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { request as httpRequest } from "node:http";
import { tmpdir } from "node:os";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { join } from "node:path";
import { serve, type ServerType } from "@hono/node-server";
import { Hono } from "hono";
import { afterEach, beforeEach, expect, test } from "vitest";
import { blobStateSchema, type BlobState } from "#contract/blobs.ts";
import {
  blobIdSchema,
  conversationIdSchema,
  createId,
  personIdSchema,
  type PersonId,
} from "#contract/ids.ts";
import { AppError } from "#contract/problem.ts";
import { conversationScope, DIRECTORY } from "#contract/scope.ts";
import type { CallerEnv } from "../authenticate.ts";
import { openSqliteStore } from "../store/sqlite-store.ts";
import type { Store } from "../store/store.ts";
import { silentLogger } from "../logger.ts";
import { ABANDONED_MS, Leftovers } from "./leftovers.ts";
import { blobRoutes } from "./routes.ts";

const anne = personIdSchema.parse(createId());
const bruno = personIdSchema.parse(createId());
const chloe = personIdSchema.parse(createId());
const scope = conversationScope(conversationIdSchema.parse(createId()));

let folder: string;
let store: Store;
let server: ServerType;
let url: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "parvis-blobs-"));
  store = openSqliteStore({ folder });
  await store.transaction((tx) => tx.addReaders(scope, [anne, bruno]));
  const app = new Hono<CallerEnv>();
  app.onError((error) => {
    if (!(error instanceof AppError)) throw error;
    return Response.json(error.problem, { status: error.problem.status ?? 500 });
  });
  // The real authentication has tests of its own; here the caller says who they are.
  app.use(async (c, next) => {
    c.set("personId", personIdSchema.parse(c.req.header("x-person")));
    await next();
  });
  const limits = { blobBytes: 60_000_000, blobPartBytes: 8_000_000, messageBytes: 1, mutationsPerRequest: 1 };
  app.route("/", blobRoutes({ store, config: { limits } }));
  server = serve({ fetch: app.fetch, port: 0, hostname: "127.0.0.1" });
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  url = `http://127.0.0.1:${address.port}`;
});

afterEach(async () => {
  if ("closeAllConnections" in server) server.closeAllConnections();
  server.close();
  await store.close();
  rmSync(folder, { recursive: true });
});

interface Put {
  id: string;
  bytes: Uint8Array<ArrayBuffer>;
  headers?: Record<string, string>;
  person?: PersonId;
  to?: string;
  name?: string;
}

function put({
  id,
  bytes,
  headers = {},
  person = anne,
  to = scope,
  name = "plan.pdf",
}: Put): Promise<Response> {
  const query = new URLSearchParams({ scope: to, name });
  return fetch(`${url}/v1/blobs/${id}?${query.toString()}`, {
    method: "PUT",
    headers: { "content-type": "application/pdf", "x-person": person, ...headers },
    body: bytes,
  });
}

function get(
  id: string,
  headers: Record<string, string> = {},
  person = bruno,
  method = "GET",
): Promise<Response> {
  return fetch(`${url}/v1/blobs/${id}`, { method, headers: { "x-person": person, ...headers } });
}

function part(bytes: Uint8Array<ArrayBuffer>, first: number, last: number): Pick<Put, "bytes" | "headers"> {
  const headers = { "content-range": `bytes ${first}-${last}/${bytes.length}` };
  return { bytes: bytes.subarray(first, last + 1), headers };
}

async function stateOf(response: Response): Promise<BlobState> {
  return blobStateSchema.parse(await response.json());
}

const sha256 = (bytes: Uint8Array, encoding: "hex" | "base64"): string =>
  createHash("sha256").update(bytes).digest(encoding);

test("a whole file comes back as it went, as a sandboxed attachment", async () => {
  const id = createId();
  const bytes = randomBytes(100_000);
  const sent = await put({ id, bytes, name: "Délibération.pdf" });
  expect(sent.status).toBe(200);
  expect(await stateOf(sent)).toMatchObject({
    isComplete: true,
    sizeBytes: 100_000,
    sha256: sha256(bytes, "hex"),
  });
  const got = await get(id);
  expect(Buffer.from(await got.arrayBuffer()).equals(bytes)).toBe(true);
  expect(Object.fromEntries(got.headers)).toMatchObject({
    "content-type": "application/pdf",
    "content-length": "100000",
    "content-security-policy": expect.stringContaining("sandbox"),
    "x-content-type-options": "nosniff",
    "content-disposition": expect.stringContaining("UTF-8''D%C3%A9lib%C3%A9ration.pdf"),
    etag: `"${sha256(bytes, "hex")}"`,
  });
});

test("parts join on, a part sent again is accepted, a gap is told where to go on", async () => {
  const id = createId();
  const bytes = randomBytes(30_000);
  expect((await put({ id, ...part(bytes, 0, 9_999) })).status).toBe(202);
  expect((await put({ id, ...part(bytes, 0, 9_999) })).status).toBe(202);
  const gap = await put({ id, ...part(bytes, 20_000, 29_999) });
  expect([gap.status, gap.headers.get("content-type")]).toEqual([409, "application/problem+json"]);
  expect(await gap.json()).toMatchObject({ kind: "conflict", receivedBytes: 10_000, isComplete: false });
  const overlapping = await put({ id, ...part(bytes, 5_000, 19_999) });
  expect(await stateOf(overlapping)).toMatchObject({ receivedBytes: 20_000 });
  const head = await get(id, {}, anne, "HEAD");
  expect([head.headers.get("upload-offset"), head.headers.get("upload-complete")]).toEqual(["20000", "?0"]);
  const last = part(bytes, 20_000, 29_999);
  const digest = { "repr-digest": `sha-256=:${sha256(bytes, "base64")}:` };
  expect((await put({ id, ...last, headers: { ...last.headers, ...digest } })).status).toBe(200);
  expect((await put({ id, ...last })).status).toBe(200);
  expect(Buffer.from(await (await get(id)).arrayBuffer()).equals(bytes)).toBe(true);
});

test("a wrong digest throws the upload away", async () => {
  const id = createId();
  const bytes = randomBytes(1000);
  const wrong = { "repr-digest": `sha-256=:${sha256(Buffer.from("other"), "base64")}:` };
  expect((await put({ id, bytes, headers: wrong })).status).toBe(400);
  expect((await get(id)).status).toBe(404);
  expect((await get(id, {}, anne, "HEAD")).headers.get("upload-offset")).toBe("0");
  expect((await put({ id, bytes })).status).toBe(200);
});

test("a connection cut in the middle is resumed from what had arrived", async () => {
  const id = createId();
  const bytes = randomBytes(4_000_000);
  await cutAfter(id, bytes, 3_000_000);
  const offset = await arrivedOffset(id);
  expect(offset).toBeGreaterThan(0);
  expect(offset).toBeLessThan(bytes.length);
  expect((await put({ id, ...part(bytes, offset, bytes.length - 1) })).status).toBe(200);
  expect(Buffer.from(await (await get(id)).arrayBuffer()).equals(bytes)).toBe(true);
});

test("a sender who comes back while the old connection still hangs takes over", async () => {
  const id = createId();
  const bytes = randomBytes(2_000_000);
  const hanging = await sendSome(id, bytes, 1_000_000);
  const again = await put({ id, bytes });
  expect(again.status).toBe(200);
  hanging.destroy();
  expect(Buffer.from(await (await get(id)).arrayBuffer()).equals(bytes)).toBe(true);
});

/** Announces the whole file, sends some of it, and leaves the connection open. */
async function sendSome(id: string, bytes: Uint8Array, count: number): Promise<{ destroy(): void }> {
  const sending = httpRequest(`${url}/v1/blobs/${id}?scope=${scope}&name=x`, {
    method: "PUT",
    headers: { "x-person": anne, "content-length": bytes.length },
  });
  sending.on("error", () => sending.destroy());
  await new Promise<void>((resolve) => {
    sending.write(bytes.subarray(0, count), () => resolve());
  });
  while ((await store.blobs.state(blobIdOf(id))) === undefined) await nextTick();
  return sending;
}

async function cutAfter(id: string, bytes: Uint8Array, count: number): Promise<void> {
  const sending = await sendSome(id, bytes, count);
  while (bytesOnDisk(id) < count / 2) await nextTick();
  sending.destroy();
}

function bytesOnDisk(id: string): number {
  const file = readdirSync(folder, { recursive: true, encoding: "utf8" }).find((path) => path.endsWith(id));
  return file === undefined ? 0 : statSync(join(folder, file)).size;
}

async function arrivedOffset(id: string): Promise<number> {
  for (;;) {
    const offset = Number((await get(id, {}, anne, "HEAD")).headers.get("upload-offset"));
    if (offset > 0) return offset;
    await nextTick();
  }
}

function blobIdOf(id: string): BlobState["id"] {
  return blobStateSchema.shape.id.parse(id);
}

function nextTick(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 5);
  });
}

test("ranges, entity tags and If-Range", async () => {
  const id = createId();
  const bytes = randomBytes(1000);
  await put({ id, bytes });
  const etag = `"${sha256(bytes, "hex")}"`;
  const middle = await get(id, { range: "bytes=100-199" });
  expect([middle.status, middle.headers.get("content-range")]).toEqual([206, "bytes 100-199/1000"]);
  expect(Buffer.from(await middle.arrayBuffer()).equals(bytes.subarray(100, 200))).toBe(true);
  const outside = await get(id, { range: "bytes=1000-" });
  expect([outside.status, outside.headers.get("content-range")]).toEqual([416, "bytes */1000"]);
  expect(await outside.json()).toMatchObject({ kind: "badRequest", status: 416 });
  expect((await get(id, { "if-none-match": `"x", ${etag}` })).status).toBe(304);
  expect((await get(id, { range: "bytes=0-9", "if-range": etag })).status).toBe(206);
  expect((await get(id, { range: "bytes=0-9", "if-range": '"other"' })).status).toBe(200);
  const head = await get(id, {}, bruno, "HEAD");
  expect([head.status, head.headers.get("content-length"), head.headers.get("upload-complete")]).toEqual([
    200,
    "1000",
    "?1",
  ]);
});

test("only readers of the scope see a file, only its owner an unfinished one", async () => {
  const id = createId();
  const bytes = randomBytes(100);
  await put({ id, ...part(bytes, 0, 49) });
  expect((await get(id, {}, bruno, "HEAD")).status).toBe(404);
  expect((await put({ id, ...part(bytes, 50, 99), person: bruno })).status).toBe(403);
  await put({ id, ...part(bytes, 50, 99) });
  expect([(await get(id)).status, (await get(id, {}, chloe)).status]).toEqual([200, 404]);
  expect((await put({ id: createId(), bytes, person: chloe })).status).toBe(403);
  expect((await put({ id: createId(), bytes, to: DIRECTORY })).status).toBe(403);
  await store.transaction((tx) => tx.removeReaders(scope, [bruno]));
  expect((await get(id)).status).toBe(404);
});

test("sizes that are too large, missing, or not what was announced are refused", async () => {
  const bytes = randomBytes(10);
  const big = { "content-range": "bytes 0-9/60000001" };
  expect((await put({ id: createId(), bytes, headers: big })).status).toBe(413);
  const bigPart = { "content-range": "bytes 0-8000000/50000000" };
  expect((await put({ id: createId(), bytes, headers: bigPart })).status).toBe(413);
  for (const range of ["bytes 0-4/10", "bytes 0-9/x"]) {
    expect((await put({ id: createId(), bytes, headers: { "content-range": range } })).status).toBe(400);
  }
  const id = createId();
  await put({ id, bytes });
  expect((await put({ id, bytes: randomBytes(11) })).status).toBe(409);
});

test("an empty file is a file", async () => {
  const id = createId();
  expect(await stateOf(await put({ id, bytes: new Uint8Array(0) }))).toMatchObject({
    isComplete: true,
    sizeBytes: 0,
  });
  const got = await get(id);
  expect([got.status, (await got.arrayBuffer()).byteLength]).toEqual([200, 0]);
});

setFlagsFromString("--expose-gc");
const collectGarbage: unknown = runInNewContext("gc");

/** Bytes that someone still holds on to, garbage apart. */
function heldBytes(): number {
  if (typeof collectGarbage === "function") collectGarbage();
  return process.memoryUsage().arrayBuffers;
}

test("a file of 50 MB passes both ways without being held in memory", async () => {
  const id = createId();
  const chunk = randomBytes(1_000_000);
  const hash = createHash("sha256");
  async function* fifty(): AsyncIterable<Uint8Array> {
    for (let n = 0; n < 50; n += 1) {
      hash.update(chunk);
      yield chunk;
    }
  }
  const before = heldBytes();
  let peak = 0;
  const watch = setInterval(() => (peak = Math.max(peak, heldBytes())), 200);
  const sending = httpRequest(`${url}/v1/blobs/${id}?scope=${scope}&name=x`, {
    method: "PUT",
    headers: { "x-person": anne, "content-length": 50_000_000 },
  });
  const answered = once(sending, "response");
  for await (const piece of fifty()) if (!sending.write(piece)) await once(sending, "drain");
  sending.end();
  await answered;
  const got = await get(id);
  const back = createHash("sha256");
  for await (const piece of got.body ?? []) back.update(piece);
  clearInterval(watch);
  expect(back.digest("hex")).toBe(hash.digest("hex"));
  expect(peak - before).toBeLessThan(20_000_000);
}, 120_000);

test("a file of 3 GB is refused before a byte of it is read, and told how much may come", async () => {
  const query = new URLSearchParams({ scope, name: "film" });
  const request = httpRequest(`${url}/v1/blobs/${createId()}?${query.toString()}`, {
    method: "PUT",
    headers: { "x-person": anne, "content-length": String(3 * 1024 ** 3) },
  });
  request.on("error", () => undefined);
  request.flushHeaders();
  const answer = await new Promise<{ status: number | undefined; body: string }>((resolve) => {
    request.on("response", (response) => {
      let body = "";
      response.on("data", (chunk: Buffer) => {
        body += chunk.toString();
      });
      response.on("end", () => resolve({ status: response.statusCode, body }));
    });
  });
  request.destroy();
  expect(answer.status).toBe(413);
  expect(answer.body).toContain("60000000");
  expect(await store.blobs.unfinishedBytes(anne)).toBe(0);
});

test("everyone puts a photograph into the directory, and nothing else; guests do not", async () => {
  const guest = personIdSchema.parse(createId());
  const data = { id: guest, displayName: "G", isGuest: true };
  await store.transaction((tx) =>
    tx.write([{ scope: DIRECTORY, collection: "person", id: guest, op: "put", data }]),
  );
  const bytes = new Uint8Array([1, 2, 3]);
  const photo = { bytes, to: DIRECTORY, headers: { "content-type": "image/webp" } };
  expect((await put({ ...photo, id: createId() })).status).toBe(200);
  expect((await put({ ...photo, id: createId(), person: guest })).status).toBe(403);
  expect((await put({ ...photo, id: createId(), headers: { "content-type": "text/html" } })).status).toBe(
    403,
  );
  const large = new Uint8Array(5 * 1024 * 1024 + 1);
  expect((await put({ ...photo, id: createId(), bytes: large })).status).toBe(403);
});

test("a guest sees the photographs of the people of their places, and no other file of the directory", async () => {
  const bytes = new Uint8Array([1, 2, 3]);
  const photo = { bytes, to: DIRECTORY, headers: { "content-type": "image/webp" } };
  const [seen, other] = [createId(), createId()];
  for (const id of [seen, other]) await put({ ...photo, id });
  const guest = personIdSchema.parse(createId());
  const people = [
    { id: guest, displayName: "G", isGuest: true },
    { id: anne, displayName: "Anne", photo: seen },
  ];
  await store.transaction(async (tx) => {
    await tx.write(people.map((data) => ({ scope, collection: "person", id: data.id, op: "put", data })));
    await tx.write([
      { scope: DIRECTORY, collection: "person", id: guest, op: "put", data: { ...people[0] } },
    ]);
    await tx.addReaders(scope, [guest]);
  });
  const status = async (id: string) =>
    (await fetch(`${url}/v1/blobs/${id}`, { headers: { "x-person": guest } })).status;
  expect([await status(seen), await status(other)]).toEqual([200, 404]);
});

test("what one person has begun to send and not finished has a limit", async () => {
  await store.blobs.begin({
    id: blobIdSchema.parse(createId()),
    scope,
    name: "f",
    mediaType: "text/plain",
    sizeBytes: 8 * 1024 ** 3,
    receivedBytes: 0,
    isComplete: false,
    ownerId: anne,
  });
  const bytes = new Uint8Array([1]);
  expect((await put({ id: createId(), bytes })).status).toBe(413);
  expect((await put({ id: createId(), bytes, person: bruno })).status).toBe(200);
});

test("uploads given up go after a day, and files whose message is gone after a crash", async () => {
  const [begun, whole, condemned] = [createId(), createId(), createId()];
  const half = { "content-range": "bytes 0-0/2" };
  await put({ id: begun, bytes: new Uint8Array([1]), headers: half });
  await put({ id: whole, bytes: new Uint8Array([1]) });
  await put({ id: condemned, bytes: new Uint8Array([1]) });
  let now = Date.now();
  const leftovers = new Leftovers({ blobs: store.blobs, clock: () => now, logger: silentLogger });
  const standing = async () => {
    const states = await Promise.all(
      [begun, whole, condemned].map((id) => store.blobs.state(blobIdSchema.parse(id))),
    );
    return states.map((state) => state !== undefined);
  };
  await leftovers.sweep();
  expect(await standing()).toEqual([true, true, true]);
  // As a server that stops right after it deleted the message.
  await store.transaction((tx) =>
    tx.condemnBlobs([
      { id: blobIdSchema.parse(condemned), ownerId: anne },
      { id: blobIdSchema.parse(whole), ownerId: bruno },
    ]),
  );
  await leftovers.sweep();
  expect(await standing()).toEqual([true, true, false]);
  now += ABANDONED_MS + 1000;
  await leftovers.sweep();
  expect(await standing()).toEqual([false, true, false]);
  await leftovers.close();
});
