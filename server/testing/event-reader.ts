import { EventSourceParserStream, type EventSourceMessage } from "eventsource-parser/stream";

/** Reads an events stream frame by frame. For tests. */
export class EventReader {
  readonly #reader: ReadableStreamDefaultReader<EventSourceMessage>;

  constructor(response: Response) {
    if (!response.ok || response.body === null) throw new Error(`no events: ${response.status}`);
    this.#reader = response.body
      .pipeThrough(new TextDecoderStream())
      .pipeThrough(new EventSourceParserStream())
      .getReader();
  }

  async next(): Promise<{ event: string; data: Record<string, unknown>; id: string | undefined }> {
    const { value, done } = await this.#reader.read();
    if (done || value === undefined) return { event: "ended", data: {}, id: undefined };
    const data: Record<string, unknown> = JSON.parse(value.data);
    return { event: value.event ?? "", data, id: value.id };
  }

  /** Skips presence and what else is not asked for. */
  async nextOf(event: string, isIt: (data: Record<string, unknown>) => boolean = () => true) {
    for (;;) {
      const frame = await this.next();
      if (frame.event === event && isIt(frame.data)) return frame;
      if (frame.event === "ended") throw new Error(`the stream ended before ${event}`);
    }
  }

  async close(): Promise<void> {
    await this.#reader.cancel();
  }
}
