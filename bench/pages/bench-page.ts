export interface RunAnswer {
  /** From the order to start until everything is done, by the page's clock. */
  elapsedMs: number;
  rows: number;
}

declare global {
  interface Window {
    /** Set by each bench page: does its whole job once. */
    run?: () => Promise<RunAnswer>;
    /** Ours alone: resolves once the newest messages of the conversation can be read. */
    readable?: (conversationId: string) => Promise<void>;
  }
}

/** A job done by a dedicated worker, which answers with the number of rows. */
export function runInWorker(start: () => Worker): () => Promise<RunAnswer> {
  return () =>
    new Promise((resolve, reject) => {
      const startedAt = performance.now();
      const worker = start();
      worker.addEventListener("message", (event: MessageEvent<number>) => {
        resolve({ elapsedMs: performance.now() - startedAt, rows: event.data });
      });
      worker.addEventListener("error", (event) => reject(new Error(event.message)));
    });
}
