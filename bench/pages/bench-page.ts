export interface RunAnswer {
  /** From the order to start until everything is done, by the page's clock. */
  elapsedMs: number;
  rows: number;
}

/** The page of the feed: ours and a bare indexed read of the same rows, both from a worker into the page. */
export interface FeedBench {
  ready: () => Promise<void>;
  firstScreen: () => Promise<{ elapsedMs: number; keys: string[] }>;
  /** Returns the number of rows. */
  fillRows: () => Promise<number>;
  openRows: () => Promise<number>;
  bareRead: (keys: string[]) => Promise<{ elapsedMs: number; rows: number }>;
}

declare global {
  interface Window {
    /** Set by each bench page: does its whole job once. */
    run?: () => Promise<RunAnswer>;
    /** Ours alone: resolves once the newest messages of the conversation can be read. */
    readable?: (conversationId: string) => Promise<void>;
    feedBench?: FeedBench;
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
