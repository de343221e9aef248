import { conversationIdSchema } from "#contract/ids.ts";
import { WorkerClient } from "#renderer/kit/worker-client.ts";
import { openWorkerPort } from "#renderer/kit/worker-port.ts";
import type { RunAnswer } from "../bench-page.ts";

/** Our sync worker and cache as they ship, with no interface in front of them. */
const KEY_BYTES = 32;
const READABLE = 50;

function crash(detail: string): never {
  throw new Error(detail);
}

function openClient(): WorkerClient {
  const client = new WorkerClient(openWorkerPort("bench", crash));
  client.onDidFail((problem) => crash(problem.detail ?? problem.title));
  const key = new Uint8Array(KEY_BYTES).fill(7).buffer;
  client.open({ accountId: "bench", gatewayPath: "/gateway/bench", key, keyId: "bench" });
  return client;
}

async function firstSync(): Promise<RunAnswer> {
  const startedAt = performance.now();
  const session = openClient().query("session", {});
  return await new Promise((resolve) => {
    session.subscribe(() => {
      const info = session.getSnapshot().info;
      if (info === null || !info.isReady || info.sync.isRunning) return;
      resolve({ elapsedMs: performance.now() - startedAt, rows: info.sync.received });
    });
  });
}

async function readable(id: string): Promise<void> {
  const conversationId = conversationIdSchema.parse(id);
  const timeline = openClient().query("timeline", { conversationId, at: "end", count: READABLE });
  await new Promise<void>((resolve) => {
    timeline.subscribe(() => {
      if (timeline.getSnapshot().items.length >= READABLE) resolve();
    });
  });
}

window.run = firstSync;
window.readable = readable;
