import type { WorkerAnswer, WorkerQuestion } from "./preview-worker.ts";

const PATIENCE_MS = 20_000;

/** Asks in a worker of its own: a file that is made to take forever is given up, and the window never waits for it. */
export function askWorker(question: WorkerQuestion, signal: AbortSignal): Promise<WorkerAnswer> {
  return new Promise((resolve) => {
    const worker = new Worker(new URL("./preview-worker.ts", import.meta.url), { type: "module" });
    const finish = (answer: WorkerAnswer) => {
      clearTimeout(timer);
      worker.terminate();
      resolve(answer);
    };
    const timer = setTimeout(() => finish({ kind: "refused", refusal: "slow" }), PATIENCE_MS);
    signal.addEventListener("abort", () => finish({ kind: "refused", refusal: "unreachable" }), {
      once: true,
    });
    worker.addEventListener("message", (event: MessageEvent<WorkerAnswer>) => finish(event.data));
    worker.addEventListener("error", () => finish({ kind: "refused", refusal: "damaged" }));
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker, not a window
    worker.postMessage(question);
  });
}
