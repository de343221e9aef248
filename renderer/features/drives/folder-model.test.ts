import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { driveIdSchema, drivePathSchema, type DriveEntry } from "#contract/drives.ts";
import { createId } from "#contract/ids.ts";
import { FolderModel } from "./folder-model.ts";

const driveId = driveIdSchema.parse(createId());
const path = drivePathSchema.parse("Plans/Été");
const entry = (name: string): DriveEntry => ({
  path: drivePathSchema.parse(`Plans/Été/${name}`),
  name,
  kind: "file",
  sizeBytes: 3,
  modifiedAt: null,
  version: null,
  fileId: null,
  mediaType: null,
  lock: null,
});
const bytesOf = (text: string) => new TextEncoder().encode(text);
const line = (value: unknown) => bytesOf(`${JSON.stringify(value)}\n`);

let asked: string[];
let answer: { status: number; pieces: Uint8Array<ArrayBuffer>[] };

beforeEach(() => {
  asked = [];
  vi.stubGlobal("fetch", async (url: string) => {
    asked.push(url);
    return new Response(streamOf(answer.pieces), { status: answer.status });
  });
});

afterEach(() => {
  vi.unstubAllGlobals();
});

function streamOf(pieces: readonly Uint8Array<ArrayBuffer>[]): ReadableStream<Uint8Array<ArrayBuffer>> {
  return new ReadableStream({
    start(controller) {
      for (const piece of pieces) controller.enqueue(piece);
      controller.close();
    },
  });
}

async function settled(model: FolderModel): Promise<void> {
  await vi.waitFor(() => expect(model.snapshot().isLoading).toBe(false));
}

test("entries cut anywhere, also within a letter, come whole", async () => {
  const bytes = line(entry("élan.odt"));
  const middle = bytes.findLastIndex((byte) => byte === 0xa9);
  answer = { status: 200, pieces: [bytes.slice(0, middle), bytes.slice(middle), line(entry("b.txt"))] };
  const model = new FolderModel(driveId, path);
  const leave = model.subscribe(() => undefined);
  await settled(model);
  expect(model.snapshot().entries.map(({ name }) => name)).toEqual(["élan.odt", "b.txt"]);
  expect(asked).toEqual([`/drives/${driveId}/entries?path=${encodeURIComponent(path)}`]);
  leave();
});

test("a list that breaks off says why by its fault, and keeps what was shown", async () => {
  answer = { status: 200, pieces: [line(entry("a.txt"))] };
  const model = new FolderModel(driveId, path);
  const leave = model.subscribe(() => undefined);
  await settled(model);
  const problem = { type: "about:blank", kind: "offline", title: "gone", fault: "unreachable" };
  answer = { status: 200, pieces: [line(entry("other.txt")), line({ problem })] };
  model.reload();
  await settled(model);
  expect(model.snapshot().problem).toMatchObject({ fault: "unreachable" });
  expect(model.snapshot().entries.map(({ name }) => name)).toEqual(["a.txt"]);
  leave();
});

test("what is no entry is refused, and so is an answer that is no problem", async () => {
  answer = { status: 200, pieces: [line({ ...entry("x"), path: "../x" })] };
  const model = new FolderModel(driveId, path);
  const leave = model.subscribe(() => undefined);
  await settled(model);
  expect(model.snapshot().problem).toMatchObject({ kind: "unavailable" });
  answer = { status: 500, pieces: [bytesOf("<html>")] };
  model.reload();
  await settled(model);
  expect(model.snapshot().problem).toMatchObject({ kind: "unavailable", title: "The drive answered 500" });
  leave();
});
