import { createParser } from "eventsource-parser";
import type { z } from "zod";
import { serverEvents, type ServerEventName } from "#contract/events.ts";
import type { Client } from "./client.ts";
import { expectFit, expectStatus, expectThat, Failure, show } from "./expect.ts";

type DataOf<N extends ServerEventName> = z.infer<(typeof serverEvents)[N]>;

export interface ReceivedEvent {
  event: ServerEventName;
  data: object;
  id: string | undefined;
}

const WAIT_MS = 8000;

/** A connection to `GET /v1/events`, kept open while checks act. */
export class EventStream {
  readonly received: ReceivedEvent[] = [];
  comments = 0;
  hasEnded = false;
  #failure: unknown;
  readonly #stop = new AbortController();
  readonly #waiting = new Set<() => void>();

  static async open(client: Client, headers: Record<string, string> = {}): Promise<EventStream> {
    const stream = new EventStream();
    const response = await client.call("/v1/events", {
      headers: { accept: "text/event-stream", ...headers },
      signal: stream.#stop.signal,
    });
    await expectStatus(response, [200], "A signed-in account can listen to its events.");
    const mediaType = response.headers.get("content-type") ?? "";
    expectThat(mediaType.startsWith("text/event-stream"), {
      expected: "Content-Type text/event-stream",
      got: mediaType,
      todo: "Serve events as server-sent events.",
    });
    void stream.#read(response);
    return stream;
  }

  close(): void {
    this.#stop.abort();
  }

  /** The first event of this name that fits, whether it has come or is to come. */
  async wait<N extends ServerEventName>(
    name: N,
    what: string,
    fits: (data: DataOf<N>) => boolean = () => true,
  ): Promise<{ data: DataOf<N>; id: string | undefined }> {
    const find = (): { data: DataOf<N>; id: string | undefined } | undefined =>
      this.all(name).find(({ data }) => fits(data));
    await this.until(() => find() !== undefined || this.hasEnded, WAIT_MS);
    const found = find();
    if (found !== undefined) return found;
    if (this.#failure instanceof Failure) throw this.#failure;
    throw new Failure({
      expected: `the event ${name} (${what}) within ${WAIT_MS / 1000} seconds`,
      got: `${this.hasEnded ? "the end of the connection after" : "only"} ${show(this.received.map(({ event }) => event))}`,
      todo: `Send ${name} on the connections of everyone concerned, as soon as it has happened.`,
    });
  }

  /** Those of this name received so far. */
  all<N extends ServerEventName>(name: N): { data: DataOf<N>; id: string | undefined }[] {
    return this.received.flatMap(({ event, data, id }) =>
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- `data` was parsed by the schema of this very event
      event === name ? [{ data: data as DataOf<N>, id }] : [],
    );
  }

  /** Resolves when the condition holds or the time is over. */
  async until(condition: () => boolean, timeoutMs: number): Promise<boolean> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const look = (): void => {
      if (condition()) resolve();
    };
    this.#waiting.add(look);
    const timer = setTimeout(resolve, timeoutMs);
    look();
    await promise;
    clearTimeout(timer);
    this.#waiting.delete(look);
    return condition();
  }

  async #read(response: Response): Promise<void> {
    const parser = createParser({
      onEvent: ({ event, data, id }) => this.#take(event, data, id),
      onComment: () => {
        this.comments += 1;
      },
    });
    const decoder = new TextDecoder();
    try {
      for await (const chunk of response.body ?? []) {
        parser.feed(decoder.decode(chunk, { stream: true }));
        this.#look();
      }
    } catch (error) {
      this.#failure = error;
    } finally {
      this.hasEnded = true;
      this.#look();
    }
  }

  #take(event: string | undefined, data: string, id: string | undefined): void {
    // Names of later versions are passed over.
    if (event === undefined || !isEventName(event)) return;
    this.received.push({
      event,
      data: expectFit(serverEvents[event], JSON.parse(data), `serverEvents.${event}`),
      id,
    });
  }

  #look(): void {
    for (const look of this.#waiting) look();
  }
}

function isEventName(name: string): name is ServerEventName {
  return Object.hasOwn(serverEvents, name);
}
