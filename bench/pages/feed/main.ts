import { WorkerClient } from "#renderer/kit/worker-client.ts";
import { openWorkerPort } from "#renderer/kit/worker-port.ts";
import type { PostView } from "#contract/views/feed.ts";
import { z } from "zod";
import type { FeedBench } from "../bench-page.ts";

/** The first screen of the home feed from our worker, and the same rows from a plain database of one row each. */
const KEY_BYTES = 32;
const FIRST_COUNT = 12;

function crash(detail: string): never {
  throw new Error(detail);
}

let client: WorkerClient | undefined;

function openClient(): WorkerClient {
  if (client !== undefined) return client;
  client = new WorkerClient(openWorkerPort("bench", crash));
  client.onDidFail((problem) => crash(problem.detail ?? problem.title));
  const key = new Uint8Array(KEY_BYTES).fill(7).buffer;
  client.open({ accountId: "bench", gatewayPath: "/gateway/bench", key, keyId: "bench" });
  return client;
}

/** The worker is open and has said what it has. */
async function ready(): Promise<void> {
  const session = openClient().query("session", {});
  await new Promise<void>((resolve) => {
    session.subscribe(() => {
      if (session.getSnapshot().info?.isReady === true) resolve();
    });
  });
}

/** From asking to the posts being in the page, and the rows that they were made from. */
async function firstScreen(): Promise<{ elapsedMs: number; keys: string[] }> {
  const feed = openClient().query("feed", { show: "all", count: FIRST_COUNT });
  const startedAt = performance.now();
  return await new Promise((resolve) => {
    const release = feed.subscribe(() => {
      const { items } = feed.getSnapshot();
      if (items.length < FIRST_COUNT) return;
      resolve({ elapsedMs: performance.now() - startedAt, keys: keysOf(items) });
      queueMicrotask(() => release());
    });
  });
}

function keysOf(posts: readonly PostView[]): string[] {
  const keys = new Set<string>();
  for (const { view, place } of posts) {
    keys.add(`message~${view.message.id}`);
    keys.add(`space~${place.spaceId}`);
    for (const person of [view.author, ...view.mentioned, ...view.repliers]) keys.add(`person~${person.id}`);
    for (const reaction of view.reactions)
      for (const person of reaction.people) keys.add(`reactionOf~${view.message.id}~${person.id}`);
  }
  return [...keys];
}

let rows: Worker | undefined;

const answerSchema = z.object({ rows: z.int() });

function ask(message: object): Promise<number> {
  rows ??= new Worker(new URL("../rows/rows-worker.ts", import.meta.url), { type: "module" });
  const worker = rows;
  return new Promise((resolve, reject) => {
    worker.addEventListener(
      "message",
      (event: MessageEvent<unknown>) => resolve(answerSchema.parse(event.data).rows),
      { once: true },
    );
    worker.addEventListener("error", (event) => reject(new Error(event.message)), { once: true });
    worker.postMessage(message, []);
  });
}

async function bareRead(keys: string[]): Promise<{ elapsedMs: number; rows: number }> {
  const startedAt = performance.now();
  const count = await ask({ type: "read", keys });
  return { elapsedMs: performance.now() - startedAt, rows: count };
}

const feedBench: FeedBench = {
  ready,
  firstScreen,
  fillRows: () => ask({ type: "fill" }),
  openRows: () => ask({ type: "read", keys: [] }),
  bareRead,
};
window.feedBench = feedBench;
