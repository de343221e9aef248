import { describe, expect, it } from "vitest";
import { AppError } from "#contract/problem.ts";
import { readLines } from "./lines.ts";

const encoder = new TextEncoder();

function streamOf(pieces: readonly Uint8Array[], end?: unknown): ReadableStream<Uint8Array> {
  const waiting = [...pieces];
  return new ReadableStream({
    pull(controller) {
      const piece = waiting.shift();
      if (piece !== undefined) controller.enqueue(piece);
      else if (end === undefined) controller.close();
      else controller.error(end);
    },
  });
}

async function linesOf(body: ReadableStream<Uint8Array>, signal = new AbortController().signal) {
  const lines: string[] = [];
  for await (const some of readLines({ body, signal })) lines.push(...some);
  return lines;
}

describe("lines of a stream", () => {
  it("are the same wherever the network cuts, in the middle of a letter too", async () => {
    const text = 'é\n{"a":"😀"}\n\nלום\r\nlast';
    const bytes = encoder.encode(text);
    for (let cut = 0; cut <= bytes.length; cut++) {
      const lines = await linesOf(streamOf([bytes.slice(0, cut), bytes.slice(cut)]));
      expect(lines, `cut at ${cut}`).toEqual(["é", '{"a":"😀"}', "", "לום\r", "last"]);
    }
    const single = Array.from(bytes, (byte) => Uint8Array.of(byte));
    expect(await linesOf(streamOf(single))).toEqual(["é", '{"a":"😀"}', "", "לום\r", "last"]);
  });

  it("begin without the byte order mark", async () => {
    expect(await linesOf(streamOf([encoder.encode("\uFEFFfirst\nsecond\n")]))).toEqual(["first", "second"]);
  });

  it("may be a megabyte long and come in a thousand pieces", async () => {
    const piece = encoder.encode("x".repeat(1024));
    const pieces = [...Array.from({ length: 1024 }, () => piece), encoder.encode("\nend\n")];
    const lines = await linesOf(streamOf(pieces));
    expect(lines.map((line) => line.length)).toEqual([1_048_576, 3]);
  });

  it("end with a failure when the stream breaks, or with the reason of the one who stopped", async () => {
    const broken = streamOf([encoder.encode("one\ntw")], new TypeError("reset"));
    await expect(linesOf(broken)).rejects.toMatchObject({ kind: "offline" });
    const stop = new AbortController();
    const endless = new ReadableStream<Uint8Array>();
    const reading = linesOf(endless, stop.signal);
    stop.abort(new AppError("timeout"));
    await expect(reading).rejects.toMatchObject({ kind: "timeout" });
  });
});
