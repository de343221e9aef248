import type { z } from "zod";
import { serverEvents, type ServerEvent } from "#contract/events.ts";

/** A frame of server-sent events; those of remote calendars have no id, so that the workplace's own are resumed. */
function frameOf({ event, data }: ServerEvent): string {
  return `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}

type Scopes = z.infer<typeof serverEvents.hello>["scopes"];

export interface MergedEvents {
  stream: ReadableStream<Uint8Array>;
  /** Goes out between two frames of the workplace, after its greeting. */
  say: (event: ServerEvent) => void;
}

/** An empty line ends a frame, whichever way lines end (HTML, section 9.2.6). */
const FRAMES = /(?<=\r\n\r\n|\n\n|\r\r)/;
const FRAME_END = /(?:\r\n\r\n|\n\n|\r\r)$/;
/** No frame of a workplace comes near. */
const MOST_FRAME = 20_000_000;

/**
 * The live events of a workplace with others among them.
 * @param greet the scopes that its greeting names besides its own
 */
export function mergeEvents(
  body: ReadableStream<Uint8Array>,
  greet: () => Promise<Scopes>,
  onEnd: () => void,
): MergedEvents {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  const encoder = new TextEncoder();
  let rest = "";
  let hasGreeted = false;
  let waiting: string[] = [];
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  const send = (text: string) => controller?.enqueue(encoder.encode(text));

  async function pass(frame: string): Promise<void> {
    if (hasGreeted || !/^event: ?hello\r?$/m.test(frame)) {
      send(frame);
      return;
    }
    send(greeted(frame, await greet()));
    hasGreeted = true;
    for (const text of waiting.splice(0)) send(text);
  }

  const stream = new ReadableStream<Uint8Array>({
    start(given) {
      controller = given;
    },
    async pull() {
      const { done, value } = await reader.read().catch((error: unknown) => {
        onEnd();
        throw error;
      });
      if (done) {
        if (rest !== "") send(rest);
        onEnd();
        controller?.close();
        controller = undefined;
        return;
      }
      const frames = (rest + decoder.decode(value, { stream: true })).split(FRAMES);
      rest = FRAME_END.test(frames.at(-1) ?? "") ? "" : (frames.pop() ?? "");
      if (rest.length > MOST_FRAME) throw new TypeError("A frame of events does not end");
      // oxlint-disable-next-line no-await-in-loop -- in their order
      for (const frame of frames) await pass(frame);
    },
    async cancel(reason) {
      controller = undefined;
      onEnd();
      await reader.cancel(reason);
    },
  });
  return {
    stream,
    say(event) {
      const text = frameOf(event);
      if (hasGreeted) send(text);
      else waiting.push(text);
    },
  };
}

function greeted(frame: string, scopes: Scopes): string {
  return frame.replace(/^data: ?(.*)\r?$/m, (line, data: string) => {
    const hello = serverEvents.hello.safeParse(parsed(data));
    if (!hello.success) return line;
    return `data: ${JSON.stringify({ ...hello.data, scopes: [...hello.data.scopes, ...scopes] })}`;
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
