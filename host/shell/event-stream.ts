import { hostEventSchema, type HostEvent } from "#contract/bridge.ts";
import type { HostEvents } from "../events.ts";

export interface EventStreamsOptions {
  events: HostEvents;
  /** What a page has to know that may have missed something. */
  snapshot: () => Promise<HostEvent[]>;
  heartbeatMs?: number;
  /** Told how many pages are connected, whenever that changes. */
  onPagesChanged?: (count: number) => void;
}

/**
 * A browser opens six connections to one origin, over all its tabs: live streams that took them all would leave none for
 * anything else. Beyond this many the oldest is sent away to ask again later, when it is told how things stand.
 */
const MAX_LIVE = 3;
const RETRY_MS = 1000;
const SENT_AWAY_RETRY_MS = 20_000;

/** `GET /host/events`: what the host tells its pages, as server-sent events. */
export class EventStreams {
  readonly #options: EventStreamsOptions;
  /** Oldest first. */
  readonly #live: LiveStream[] = [];

  constructor(options: EventStreamsOptions) {
    this.#options = options;
  }

  async open(): Promise<Response> {
    const { events, snapshot, heartbeatMs = 15_000 } = this.#options;
    const known = await snapshot();
    const live = new LiveStream(events, heartbeatMs, () => this.#forget(live));
    for (const event of known) live.tell(event);
    this.#live.push(live);
    while (this.#live.length > MAX_LIVE) this.#live.shift()?.sendAway();
    this.#options.onPagesChanged?.(this.#live.length);
    return new Response(live.body, {
      headers: {
        "content-type": "text/event-stream",
        "cache-control": "no-store",
        "x-content-type-options": "nosniff",
      },
    });
  }

  #forget(live: LiveStream): void {
    const index = this.#live.indexOf(live);
    if (index < 0) return;
    this.#live.splice(index, 1);
    this.#options.onPagesChanged?.(this.#live.length);
  }
}

class LiveStream {
  readonly body: ReadableStream<Uint8Array>;
  readonly #encoder = new TextEncoder();
  readonly #stop: () => void;
  #controller: ReadableStreamDefaultController<Uint8Array> | undefined;

  constructor(events: HostEvents, heartbeatMs: number, onGone: () => void) {
    const stopEvents = events.subscribe((event) => this.tell(event));
    const beat = setInterval(() => this.#write(":\n\n"), heartbeatMs);
    this.#stop = () => {
      stopEvents();
      clearInterval(beat);
      this.#controller = undefined;
      onGone();
    };
    this.body = new ReadableStream({
      start: (controller) => {
        this.#controller = controller;
        this.#write(`retry: ${RETRY_MS}\n\n`);
      },
      cancel: () => this.#stop(),
    });
  }

  /** No more of it than the contract has. */
  tell(event: HostEvent): void {
    this.#write(`data: ${JSON.stringify(hostEventSchema.parse(event))}\n\n`);
  }

  sendAway(): void {
    const controller = this.#controller;
    this.#write(`retry: ${SENT_AWAY_RETRY_MS}\n\n`);
    this.#stop();
    controller?.close();
  }

  #write(text: string): void {
    this.#controller?.enqueue(this.#encoder.encode(text));
  }
}
