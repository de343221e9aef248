import { describe, expect, it } from "vitest";
import { SseParser, type SseFrame } from "./sse.ts";

function framesOf(text: string): SseFrame[] {
  const parser = new SseParser();
  return text.split("\n").flatMap((line) => parser.take(line) ?? []);
}

describe("server-sent events", () => {
  it("are an event's name, its data and its id", () => {
    expect(framesOf('event: change\nid: 7\ndata: {"a":1}\n\n')).toEqual([
      { event: "change", id: "7", data: '{"a":1}' },
    ]);
  });

  it("may end their lines with CR LF and leave out the space", () => {
    expect(framesOf("event:hello\r\ndata:{}\r\n\r\n")).toEqual([
      { event: "hello", id: undefined, data: "{}" },
    ]);
  });

  it("join several lines of data", () => {
    expect(framesOf("data: {\ndata:  1\ndata\n\n")[0]?.data).toBe("{\n 1\n");
  });

  it("leave out comments, unknown fields and frames without data", () => {
    expect(framesOf(": beat\n\nevent: ping\n\nretry: 5\ndata: x\n\n")).toEqual([
      { event: "message", id: undefined, data: "x" },
    ]);
  });

  it("do not hand on what the stream ended in the middle of", () => {
    expect(framesOf("data: whole\n\ndata: half")).toHaveLength(1);
  });

  it("carry a megabyte in one line", () => {
    const data = JSON.stringify("x".repeat(1_048_576));
    expect(framesOf(`data: ${data}\n\n`)[0]?.data).toBe(data);
  });
});
