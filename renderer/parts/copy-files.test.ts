import { expect, test } from "vitest";
import { blobIdSchema, createId, spaceIdSchema } from "#contract/ids.ts";
import { ok } from "#contract/result.ts";
import { spaceScope } from "#contract/scope.ts";
import type { WorkerMessage } from "#contract/worker.ts";
import { WorkerClient } from "#renderer/kit/worker-client.ts";
import { copyFiles } from "./copy-files.ts";

const to = spaceScope(spaceIdSchema.parse(createId()));
const newId = () => blobIdSchema.parse(createId());
const blobUrl = (blobId: string) => `/gateway/a/v1/blobs/${blobId}`;

function createWorker() {
  const listeners: ((message: WorkerMessage) => void)[] = [];
  const kept: { scope: unknown; name: unknown; file: unknown }[] = [];
  const client = new WorkerClient({
    post: (message) => {
      if (message.type !== "call") return;
      const { scope, name, file } = message.args;
      kept.push({ scope, name, file });
      for (const listener of listeners)
        listener({ type: "result", id: message.id, result: ok({ blobId: createId() }) });
    },
    listen: (listener) => listeners.push(listener),
    close: () => undefined,
  });
  client.open({ accountId: "a", gatewayPath: "/gateway/a", key: new ArrayBuffer(32), keyId: "k" });
  return { kept, client };
}

test("files forwarded to other readers are kept among them, under ids of their own", async () => {
  const { client, kept } = createWorker();
  const original = {
    blobId: newId(),
    thumbnailId: newId(),
    name: "plan.png",
    mediaType: "image/png",
    width: 10,
  };
  const copies = await copyFiles([original, { name: "ancien.doc" }], {
    client,
    blobUrl,
    to,
    fetch: async () => new Response("content"),
  });
  expect(kept.map(({ scope, name }) => [scope, name])).toEqual([
    [to, "plan.png"],
    [to, "plan.png.thumbnail"],
  ]);
  const [copy, named] = copies.ok ? copies.value : [];
  expect(copy).toMatchObject({ name: "plan.png", width: 10 });
  expect([copy?.blobId, copy?.thumbnailId]).not.toContain(original.blobId);
  expect(copy?.thumbnailId).not.toBe(original.thumbnailId);
  expect(named).toEqual({ name: "ancien.doc" });
});

test("a file that cannot be read is said, and nothing is sent without it", async () => {
  const { client } = createWorker();
  const files = [{ blobId: newId(), name: "plan.png" }];
  const gone = await copyFiles(files, {
    client,
    blobUrl,
    to,
    fetch: async () => new Response(null, { status: 404 }),
  });
  expect(gone).toMatchObject({ ok: false, error: { kind: "notFound" } });
  const cut = await copyFiles(files, {
    client,
    blobUrl,
    to,
    fetch: () => Promise.reject(new TypeError("cut")),
  });
  expect(cut).toMatchObject({ ok: false, error: { kind: "offline" } });
});
