import { createHash, randomBytes } from "node:crypto";
import { blobStateSchema, type BlobState } from "#contract/blobs.ts";
import { createId } from "#contract/ids.ts";
import type { Client } from "../client.ts";
import { expectEqual, expectFit, expectProblem, expectStatus, expectThat } from "../expect.ts";
import { checks } from "../runner.ts";
import type { Place } from "../world.ts";

type Bytes = Uint8Array<ArrayBuffer>;

function put(
  client: Client,
  place: Place,
  id: string,
  body: Bytes,
  headers: Record<string, string> = {},
): Promise<Response> {
  const query = new URLSearchParams({ scope: place.scope, name: "conformance.bin" });
  return client.call(`/v1/blobs/${id}?${query.toString()}`, {
    method: "PUT",
    headers: { "content-type": "application/octet-stream", ...headers },
    body,
  });
}

function putPart(
  client: Client,
  place: Place,
  id: string,
  whole: Bytes,
  first: number,
  end: number,
): Promise<Response> {
  const range = { "content-range": `bytes ${first}-${end - 1}/${whole.length}` };
  return put(client, place, id, whole.subarray(first, end), range);
}

async function stateOf(response: Response, status: number, todo: string): Promise<BlobState> {
  await expectStatus(response, [status], todo);
  return expectFit(blobStateSchema, await response.json(), "blobStateSchema");
}

async function expectBytes(response: Response, expected: Bytes, todo: string): Promise<void> {
  const got = new Uint8Array(await response.arrayBuffer());
  expectEqual([got.length, sha256(got)], [expected.length, sha256(expected)], todo);
}

function sha256(bytes: Bytes, encoding: "hex" | "base64" = "hex"): string {
  return createHash("sha256").update(bytes).digest(encoding);
}

export const blobChecks = checks("blobs", "contract/blobs.ts", {
  "a file comes back as it went, its hash as ETag": async (world) => {
    const { client } = await world.first();
    const place = await world.group();
    const id = createId();
    const bytes = randomBytes(200_000);
    const digest = { "repr-digest": `sha-256=:${sha256(bytes, "base64")}:` };
    const state = await stateOf(await put(client, place, id, bytes, digest), 200, "Take a whole file.");
    expectEqual(
      [state.isComplete, state.sha256],
      [true, sha256(bytes)],
      "Say that it is complete, and its hash.",
    );
    const got = await client.call(`/v1/blobs/${id}`);
    await expectStatus(got, [200], "Give the file to readers of its scope.");
    expectEqual(got.headers.get("etag"), `"${sha256(bytes)}"`, "The ETag is the quoted hash.");
    await expectBytes(got, bytes, "Give back the very bytes.");
  },
  "parts join on; one sent again is accepted; a gap is told the offset": async (world) => {
    const { client } = await world.first();
    const place = await world.group();
    const id = createId();
    const bytes = randomBytes(30_000);
    const first = await stateOf(await putPart(client, place, id, bytes, 0, 10_000), 202, "Take a part.");
    expectEqual([first.receivedBytes, first.isComplete], [10_000, false], "Count what has come.");
    await stateOf(
      await putPart(client, place, id, bytes, 0, 10_000),
      202,
      "Accept a part that was sent before.",
    );
    const gap = await stateOf(await putPart(client, place, id, bytes, 20_000, 30_000), 409, "Refuse a gap.");
    expectEqual(gap.receivedBytes, 10_000, "Tell the offset expected.");
    const head = await client.call(`/v1/blobs/${id}`, { method: "HEAD" });
    const progress = [head.headers.get("upload-offset"), head.headers.get("upload-complete")];
    expectEqual(progress, ["10000", "?0"], "HEAD tells its owner where the upload stands.");
    await stateOf(await putPart(client, place, id, bytes, 10_000, 20_000), 202, "Take the next part.");
    const last = await stateOf(
      await putPart(client, place, id, bytes, 20_000, 30_000),
      200,
      "Complete the file.",
    );
    expectEqual(last.sha256, sha256(bytes), "Hash the whole file.");
    await expectBytes(await client.call(`/v1/blobs/${id}`), bytes, "Join the parts.");
  },
  "an upload cut off in the middle is resumed": async (world) => {
    const { client } = await world.first();
    const place = await world.group();
    const id = createId();
    const bytes = randomBytes(1_000_000);
    await stateOf(await putPart(client, place, id, bytes, 0, 400_000), 202, "Take a part.");
    await cutUpload(client, place, id, bytes);
    const head = await client.call(`/v1/blobs/${id}`, { method: "HEAD" });
    const offset = Number(head.headers.get("upload-offset"));
    expectThat(offset >= 400_000 && offset < 1_000_000, {
      expected: "an offset from 400000 on",
      got: String(head.headers.get("upload-offset")),
      todo: "Keep what was received and acknowledged before the cut.",
    });
    const done = await putPart(client, place, id, bytes, offset, bytes.length);
    await stateOf(done, 200, "Take the rest, even if the old connection was not noticed as dead.");
    await expectBytes(
      await client.call(`/v1/blobs/${id}`),
      bytes,
      "Join what came before the cut and after it.",
    );
  },
  "one range is given, one outside is refused": async (world) => {
    const { client } = await world.first();
    const place = await world.group();
    const id = createId();
    const bytes = randomBytes(1000);
    await put(client, place, id, bytes);
    const get = (range: string): Promise<Response> => client.call(`/v1/blobs/${id}`, { headers: { range } });
    const ranges: [string, number, number][] = [
      ["bytes=100-199", 100, 200],
      ["bytes=990-", 990, 1000],
      ["bytes=-5", 995, 1000],
    ];
    for (const [range, first, end] of ranges) {
      const response = await get(range);
      await expectStatus(response, [206], "Answer a range with 206.");
      const stated = response.headers.get("content-range");
      expectEqual(stated, `bytes ${first}-${end - 1}/1000`, "Say where the range lies.");
      await expectBytes(response, bytes.subarray(first, end), "Give exactly the range.");
    }
    await expectStatus(await get("bytes=1000-"), [416], "Answer 416 to a range outside the file.");
  },
  "who holds the file already gets 304": async (world) => {
    const { client } = await world.first();
    const place = await world.group();
    const id = createId();
    const bytes = randomBytes(10);
    await put(client, place, id, bytes);
    const headers = { "if-none-match": `"${sha256(bytes)}"` };
    await expectStatus(await client.call(`/v1/blobs/${id}`, { headers }), [304], "Honour If-None-Match.");
  },
  "a file whose digest differs is refused and can be sent again": async (world) => {
    const { client } = await world.first();
    const place = await world.group();
    const id = createId();
    const bytes = randomBytes(1000);
    const wrong = { "repr-digest": `sha-256=:${sha256(randomBytes(5), "base64")}:` };
    await expectProblem(await put(client, place, id, bytes, wrong), ["badRequest"], "Verify Repr-Digest.");
    await stateOf(await put(client, place, id, bytes), 200, "After a wrong digest the upload starts over.");
  },
  "a file over the limit is refused before it is sent": async (world) => {
    const { client } = await world.first();
    const { limits } = await world.capabilities();
    const place = await world.group();
    const range = { "content-range": `bytes 0-9/${limits.blobBytes + 1}` };
    const response = await put(client, place, createId(), randomBytes(10), range);
    await expectProblem(response, ["tooLarge"], "Compare the total with limits.blobBytes.");
  },
  "a file that someone sent cannot run as a page": async (world) => {
    const { client } = await world.first();
    const place = await world.group();
    const id = createId();
    await put(client, place, id, new TextEncoder().encode("<script>1</script>"), {
      "content-type": "text/html",
    });
    const { headers } = await client.call(`/v1/blobs/${id}`);
    expectEqual(headers.get("x-content-type-options"), "nosniff", "Send X-Content-Type-Options: nosniff.");
    const isKept = (headers.get("content-disposition") ?? "").startsWith("attachment");
    const isSandboxed = (headers.get("content-security-policy") ?? "").includes("sandbox");
    expectThat(isKept || isSandboxed, {
      expected: "Content-Disposition: attachment, or Content-Security-Policy: sandbox",
      got: "neither",
      todo: "Files of others must not run as pages of your origin.",
    });
  },
});

/** Announces the rest of the file, sends some of it, and breaks the connection. */
async function cutUpload(client: Client, place: Place, id: string, bytes: Bytes): Promise<void> {
  const cut = new AbortController();
  const pieces = [bytes.subarray(400_000, 500_000), bytes.subarray(500_000, 600_000)];
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      const piece = pieces.shift();
      if (piece === undefined) cut.abort();
      else controller.enqueue(piece);
    },
  });
  const query = new URLSearchParams({ scope: place.scope, name: "conformance.bin" });
  const headers = { "content-range": `bytes 400000-${bytes.length - 1}/${bytes.length}` };
  const sending = client.call(`/v1/blobs/${id}?${query.toString()}`, {
    method: "PUT",
    headers,
    body,
    signal: cut.signal,
  });
  // Being cut off is the point.
  await sending.then(undefined, () => undefined);
}
