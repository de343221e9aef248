import { z } from "zod";
import { WorkerHost } from "./worker-host.ts";

/** The sync worker: as a SharedWorker one serves all windows of a profile, as a dedicated one a single window. */

// The content security policy forbids code made at run time, which zod would otherwise try.
z.config({ jitless: true });

const host = new WorkerHost({
  fetch: (path, init) => fetch(path, init),
  indexedDB,
  keyRange: IDBKeyRange,
  clock: {
    now: () => Date.now(),
    setTimeout: (run, delayMs) => self.setTimeout(run, delayMs),
    clearTimeout: (timer) => {
      self.clearTimeout(timer);
    },
  },
  random: () => Math.random(),
  locks: navigator.locks,
  estimateStorage: () => navigator.storage.estimate(),
  onBug: (error) => {
    // Reported the way any uncaught error is: the page that made the worker hears of it.
    reportError(error);
  },
});

interface Port {
  postMessage(message: unknown): void;
  addEventListener(type: "message", listener: (event: MessageEvent) => void): void;
  addEventListener(type: "close", listener: () => void): void;
  start?: () => void;
}

function serve(port: Port): void {
  const page = host.connect((message) => {
    port.postMessage(message);
  });
  port.addEventListener("message", (event) => {
    page.receive(event.data);
  });
  // The page is gone without a word: reloaded, closed or crashed. Its views would be computed for ever.
  port.addEventListener("close", () => {
    page.receive({ type: "close" });
  });
  port.start?.();
}

self.addEventListener("online", () => {
  host.networkChanged(true);
});
self.addEventListener("offline", () => {
  host.networkChanged(false);
});

/** What a dedicated worker's `self` has beyond the window's: it posts to its page without naming an origin. */
function isPort(value: unknown): value is Port {
  return typeof value === "object" && value !== null && "postMessage" in value;
}

if ("onconnect" in self) {
  self.addEventListener("connect", (event) => {
    const [port] = event instanceof MessageEvent ? event.ports : [];
    if (port !== undefined) serve(port);
  });
} else if (isPort(self)) {
  serve(self);
}
