import type { WorkerMessage } from "#contract/worker.ts";
import type { WorkerPort } from "./worker-client.ts";

/** Starts (or joins) the sync worker of a profile: one for all windows where SharedWorker exists. */
export function openWorkerPort(accountId: string, onDidCrash: (detail: string) => void): WorkerPort {
  const name = `parvis-sync-${accountId}`;
  if (typeof SharedWorker === "function") {
    const worker = new SharedWorker(new URL("../sync/worker-entry.ts", import.meta.url), {
      type: "module",
      name,
    });
    worker.addEventListener("error", (event) => onDidCrash(describe(event)));
    worker.port.start();
    return wrap(worker.port, () => worker.port.close());
  }
  const worker = new Worker(new URL("../sync/worker-entry.ts", import.meta.url), { type: "module", name });
  worker.addEventListener("error", (event) => onDidCrash(describe(event)));
  return wrap(worker, () => worker.terminate());
}

function describe(event: Event): string {
  return event instanceof ErrorEvent ? event.message : "The sync worker could not be started.";
}

function wrap(target: MessagePort | Worker, close: () => void): WorkerPort {
  return {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a port, not a window
    post: (message) => target.postMessage(message),
    listen: (listener) => {
      const onMessage = (event: MessageEvent<WorkerMessage>) => listener(event.data);
      // The two targets declare the same event under different maps.
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the two targets declare one event under different maps
      (target as EventTarget).addEventListener("message", onMessage as EventListener);
    },
    close,
  };
}
