import { beforeEach, describe, expect, test } from "vitest";
import { createId, spaceIdSchema } from "#contract/ids.ts";
import { AppError, type Problem } from "#contract/problem.ts";
import { spaceScope } from "#contract/scope.ts";
import type { WorkerMessage } from "#contract/worker.ts";
import { WorkerClient } from "#renderer/kit/worker-client.ts";
import { attachFiles, detachFile } from "./attach-files.ts";
import { resetComposers, useComposerStore } from "./composer-store.ts";

const scope = spaceScope(spaceIdSchema.parse(createId()));
const key = "field";

/** A worker that keeps files, or refuses them all, and notes what it was asked. */
function createWorker(refusal?: Problem) {
  const listeners: ((message: WorkerMessage) => void)[] = [];
  const asked: string[] = [];
  const client = new WorkerClient({
    post: (message) => {
      if (message.type !== "call") return;
      const name = message.args["name"];
      asked.push(typeof name === "string" ? `${message.name} ${name}` : message.name);
      const value = { blobId: message.args["blobId"] ?? createId() };
      const result =
        refusal === undefined ? { ok: true as const, value } : { ok: false as const, error: refusal };
      for (const listener of listeners) listener({ type: "result", id: message.id, result });
    },
    listen: (listener) => listeners.push(listener),
    close: () => undefined,
  });
  client.open({ accountId: "a", gatewayPath: "/gateway/a", key: new ArrayBuffer(32), keyId: "k" });
  return { asked, attaching: { client, key, scope, limitBytes: 1000 } };
}

const files = () => useComposerStore.getState().byPlace[key]?.files ?? [];
const isSettled = () => files().every(({ state }) => state !== "preparing");

beforeEach(() => resetComposers());

describe("files beside a text", () => {
  test("are kept at once and become attachments with what is known of them", async () => {
    const { attaching } = createWorker();
    attachFiles(attaching, [new File(["bonjour"], "note.txt", { type: "text/plain" })]);
    expect(files()[0]?.state).toBe("preparing");
    await expect.poll(isSettled).toBe(true);
    expect(files()[0]?.attachment).toEqual({
      blobId: files()[0]?.blobId,
      name: "note.txt",
      mediaType: "text/plain",
      sizeBytes: 7,
    });
  });

  test("over the server's limit are refused unread, and nothing is asked of the worker", () => {
    const { attaching, asked } = createWorker();
    attachFiles(attaching, [new File(["x".repeat(1001)], "film.mov")]);
    expect(files()[0]).toMatchObject({ state: "refused", problem: { kind: "tooLarge" } });
    const [file] = files();
    if (file !== undefined) detachFile(attaching, file);
    expect(asked).toEqual([]);
    expect(files()).toEqual([]);
  });

  test("say why they cannot go: full, empty or a folder", async () => {
    const { attaching } = createWorker(new AppError("storageFull").problem);
    attachFiles(attaching, [new File(["x"], "a.txt"), new File([], "dossier")]);
    await expect.poll(isSettled).toBe(true);
    expect(files().map(({ problem }) => problem?.kind)).toEqual(["storageFull", "badRequest"]);
  });

  test("are named plainly: a name that reads backwards is written as it is", async () => {
    const { attaching } = createWorker();
    attachFiles(attaching, [new File(["x"], "photo\u202egpj.exe"), new File(["x"], "👩‍🚒.txt")]);
    expect(files().map(({ name }) => name)).toEqual(["photogpj.exe", "👩‍🚒.txt"]);
    await expect.poll(isSettled).toBe(true);
  });

  test("taken away are given up on their way", async () => {
    const { attaching, asked } = createWorker();
    attachFiles(attaching, [new File(["x"], "a.txt")]);
    await expect.poll(isSettled).toBe(true);
    const [file] = files();
    if (file !== undefined) detachFile(attaching, file);
    expect(asked).toEqual(["upload.add a.txt", "upload.cancel"]);
  });

  test("are at most as many as a message may carry", async () => {
    const { attaching } = createWorker();
    attachFiles(
      attaching,
      Array.from({ length: 60 }, (_, index) => new File(["x"], `${index}.txt`)),
    );
    expect(files()).toHaveLength(50);
    await expect.poll(isSettled).toBe(true);
  });
});
