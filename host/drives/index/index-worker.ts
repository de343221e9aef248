import { parentPort, Worker, workerData } from "node:worker_threads";
import { indexCalls, requestSchema, type IndexRequest } from "./index-calls.ts";
import { IndexThread } from "./index-thread.ts";
import { runMerge, type MergeJob, type Merged } from "./merge-thread.ts";

/** Entry of the threads: one that holds the names of all drives, and now and then one that merges segments. */
function serve(port: NonNullable<typeof parentPort>): void {
  const thread = new IndexThread(mergeElsewhere);
  port.on("message", (message: unknown) => {
    const request = requestSchema.parse(message);
    void answered(port, thread, request);
  });
}

async function answered(
  port: NonNullable<typeof parentPort>,
  thread: IndexThread,
  request: IndexRequest,
): Promise<void> {
  try {
    port.postMessage({ id: request.id, value: await answer(thread, request) });
  } catch (error) {
    port.postMessage({
      id: request.id,
      error: error instanceof Error ? (error.stack ?? error.message) : String(error),
    });
  }
}

function answer(thread: IndexThread, { call, args }: IndexRequest): unknown {
  if (call === "open") return thread.open(indexCalls.open.args.parse(args));
  // Sent by this program's own crawl, thousands at a time: their shape is its own.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  if (call === "apply") return thread.apply(args as Parameters<IndexThread["apply"]>[0]);
  if (call === "due") return thread.due(indexCalls.due.args.parse(args));
  if (call === "search") return thread.search(indexCalls.search.args.parse(args));
  if (call === "settled") return thread.settled(indexCalls.settled.args.parse(args));
  return thread.close(indexCalls.close.args.parse(args));
}

/** Undefined: it came to nothing; the segments stay as they are. */
function mergeElsewhere(job: MergeJob): Promise<Merged | undefined> {
  return new Promise((resolve) => {
    const worker = new Worker(new URL(import.meta.url), { workerData: job });
    worker.once("message", (merged: Merged | undefined) => resolve(merged));
    worker.once("error", () => resolve(undefined));
    worker.once("exit", () => resolve(undefined));
  });
}

function isMergeJob(data: unknown): data is MergeJob {
  return typeof data === "object" && data !== null && "kind" in data && data.kind === "merge";
}

if (parentPort !== null) {
  if (isMergeJob(workerData)) {
    const merged = runMerge(workerData);
    const buffers = merged === undefined ? [] : buffersOf(merged.segment);
    parentPort.postMessage(merged, buffers);
  } else serve(parentPort);
}

function buffersOf(segment: Merged["segment"]): ArrayBuffer[] {
  return Object.values(segment).flatMap(({ buffer }: Uint8Array) =>
    buffer instanceof ArrayBuffer ? [buffer] : [],
  );
}
