import type { HostEvents } from "../events.ts";

/** Told to the browser so that it comes back soon after the host was started again. */
const RETRY_MS = 1000;

/** `GET /host/events`: what the host tells its pages, as server-sent events. */
export function eventStream(events: HostEvents, heartbeatMs: number): Response {
  const encoder = new TextEncoder();
  const ends: (() => void)[] = [];
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      const send = (text: string): void => controller.enqueue(encoder.encode(text));
      send(`retry: ${RETRY_MS}\n\n`);
      const stop = events.subscribe((event) => send(`data: ${JSON.stringify(event)}\n\n`));
      const beat = setInterval(() => send(":\n\n"), heartbeatMs);
      ends.push(stop, () => clearInterval(beat));
    },
    cancel() {
      for (const end of ends) end();
    },
  });
  return new Response(stream, {
    headers: {
      "content-type": "text/event-stream",
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
    },
  });
}
