import { Blob } from "node:buffer";
import { afterEach, beforeEach, expect, it } from "vitest";
import { blobIdSchema, createId, messageIdSchema, type BlobId } from "#contract/ids.ts";
import { AppError, type ProblemKind } from "#contract/problem.ts";
import { personScope } from "#contract/scope.ts";
import { Client } from "./client.ts";
import { Workplace, type TestFetch } from "./workplace.ts";

let workplace: Workplace;
let client: Client;

beforeEach(async () => {
  workplace = await Workplace.create();
});

afterEach(async () => {
  await client.closeCleanly();
  await workplace.close();
});

const bytes = new Uint8Array(2 * 1024 * 1024).map((_byte, index) => index % 251);

const isPart = (path: string, init?: RequestInit) => path.startsWith("/v1/blobs/") && init?.method === "PUT";

function answer(kind: ProblemKind): Response {
  const { problem } = new AppError(kind, { title: "Parvis is locked" });
  return Response.json(problem, { status: problem.status ?? 500 });
}

/** A host that closes its gateway in the middle of a file: pages hear of it before the worker is told to lock. */
function lockable(): { fetch: TestFetch; lock: () => void; unlock: () => void; locked: Promise<void> } {
  const through = workplace.fetchAs(workplace.ada);
  let isLocked = false;
  let parts = 0;
  let end = new AbortController();
  const { promise: locked, resolve: tell } = Promise.withResolvers<void>();
  const lock = () => {
    isLocked = true;
    end.abort();
    tell();
  };
  return {
    async fetch(path, init) {
      if (isPart(path, init) && ++parts === 3) lock();
      if (isLocked) return answer("locked");
      const given = init?.signal;
      const signal = given instanceof AbortSignal ? AbortSignal.any([given, end.signal]) : end.signal;
      return await through(path, { ...init, signal });
    },
    lock,
    unlock() {
      isLocked = false;
      end = new AbortController();
    },
    locked,
  };
}

async function ready(): Promise<void> {
  await client.query("session", {}).until((view) => view.info.isReady && view.info.capabilities !== null);
}

async function attach(): Promise<BlobId> {
  const file = new Blob([bytes]);
  const { scope } = workplace;
  const added = await client.call("upload.add", { scope, file, name: "plan.pdf", mediaType: "text/plain" });
  return blobIdSchema.parse(Object(added).blobId);
}

async function send(body: string, blobId?: BlobId): Promise<string> {
  const id = messageIdSchema.parse(createId());
  const attachments =
    blobId === undefined ? [] : [{ blobId, name: "plan.pdf", mediaType: "application/pdf" }];
  const args = { id, conversationId: workplace.channelId, body, attachments };
  await client.call("mutate", { name: "message.send", scope: workplace.scope, args });
  return id;
}

async function arrived(blobId: BlobId): Promise<Buffer> {
  const response = await workplace.fetchAs(workplace.ben)(`/v1/blobs/${blobId}`);
  expect(response.status).toBe(200);
  return Buffer.from(await response.arrayBuffer());
}

it("locked in the middle of a file, nothing is refused: the file and its message wait, and go on once unlocked", async () => {
  const line = lockable();
  client = new Client({ fetch: line.fetch });
  await ready();
  const blobId = await attach();
  await send("avec son plan", blobId);
  await line.locked;
  await send("écrit pendant que l’hôte se verrouille");
  const uploads = client.query("uploads", {});
  const outbox = client.query("outbox", {});
  await uploads.until((view) => view.items[0]?.problem?.kind === "locked");
  expect(uploads.items[0]?.state).toBe("waiting");
  expect(outbox.items.map(({ status }) => status)).toEqual(["waiting", "waiting"]);
  const session = client.query("session", {});
  await session.until((view) => view.info.connection === "offline");
  // The worker is told to lock, and opened again with the key: as the page does.
  client = await client.reopen();
  const again = client.query("outbox", {});
  await again.until((view) => view.items.length === 2);
  line.unlock();
  await again.until((view) => view.items.length === 0);
  expect(Buffer.compare(await arrived(blobId), Buffer.from(bytes))).toBe(0);
});

it("a file stays on its way whatever stands between: it is not to blame for a certificate", async () => {
  const through = workplace.fetchAs(workplace.ada);
  const kinds: ProblemKind[] = [
    "certificateExpired",
    "proxySignInRequired",
    "cancelled",
    "secretsUnavailable",
  ];
  client = new Client({
    async fetch(path, init) {
      const kind = isPart(path, init) ? kinds.shift() : undefined;
      return kind === undefined ? await through(path, init) : answer(kind);
    },
  });
  await ready();
  const uploads = client.query("uploads", {});
  const blobId = await attach();
  await uploads.until((view) => view.items[0]?.state === "done");
  expect(kinds).toEqual([]);
  expect(Buffer.compare(await arrived(blobId), Buffer.from(bytes))).toBe(0);
});

it("the first window that locks does not cut off what the others still hand over", async () => {
  client = new Client({ fetch: workplace.fetchAs(workplace.ada) });
  await ready();
  const other = new Client({ fetch: workplace.fetchAs(workplace.ada), host: client.host });
  await other.query("session", {}).until((view) => view.info.isReady);
  client.lock();
  // This window hears of it a moment later, and saves what was begun in it before it says so itself.
  await Promise.resolve();
  const args = { conversationId: workplace.channelId, body: "une phrase commencée" };
  const saved = other.call("mutate", { name: "draft.set", scope: personScope(workplace.ada), args });
  other.lock();
  await saved;
  client.open();
  const draft = client.query("draft", { conversationId: workplace.channelId });
  await draft.until((view) => view.info.body !== "");
  expect(draft.info.body).toBe("une phrase commencée");
});
