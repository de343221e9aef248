import { Blob } from "node:buffer";
import { afterEach, beforeEach, expect, it } from "vitest";
import { blobIdSchema, createId, messageIdSchema } from "#contract/ids.ts";
import { toIsoTime } from "#contract/time.ts";
import { LARGE_UPLOAD_BYTES } from "#contract/worker.ts";
import { Client } from "./client.ts";
import { Workplace } from "./workplace.ts";

/** What the sync worker does about sleep, networks and absence. */

let workplace: Workplace;
let client: Client;
let calls: string[];

beforeEach(async () => {
  workplace = await Workplace.create();
  calls = [];
});

afterEach(async () => {
  await client.closeCleanly();
  await workplace.close();
});

async function open(): Promise<void> {
  const through = workplace.fetchAs(workplace.ada);
  client = new Client({
    fetch: (path, init) => {
      calls.push(`${init?.method ?? "GET"} ${path.split("?")[0] ?? ""}`);
      return through(path, init);
    },
  });
  await client.query("session", {}).until(({ info }) => info.isReady && info.capabilities !== null);
}

async function add(length: number, more: { isPatient?: boolean } = {}): Promise<string> {
  const file = new Blob([new Uint8Array(length)]);
  const wanted = { scope: workplace.scope, file, name: "plan.pdf", mediaType: "application/pdf", ...more };
  return blobIdSchema.parse(Object(await client.call("upload.add", wanted)).blobId);
}

function connections(): number {
  return calls.filter((call) => call === "GET /v1/events").length;
}

it("on a metered network a large file waits and a small one goes; anyway is anyway", async () => {
  await open();
  await client.call("network.changed", { isNewWay: false, isMetered: true });
  const large = await add(LARGE_UPLOAD_BYTES + 1);
  const small = await add(1000);
  const uploads = client.query("uploads", {});
  await uploads.until(({ items }) => items.some((one) => one.blobId === small && one.state === "done"));
  expect(uploads.items.find((one) => one.blobId === large)).toMatchObject({ state: "waiting", isHeld: true });
  expect(calls.filter((call) => call === `PUT /v1/blobs/${large}`)).toEqual([]);
  await client.call("upload.sendAnyway", { blobId: large });
  await uploads.until(({ items }) => items.some((one) => one.blobId === large && one.state === "done"));
  expect(uploads.items.find((one) => one.blobId === large)?.isHeld).toBeUndefined();
});

it("a large file that waited goes when the network is no longer metered", async () => {
  await open();
  await client.call("network.changed", { isNewWay: false, isMetered: true });
  const large = await add(LARGE_UPLOAD_BYTES + 1);
  await client.call("network.changed", { isNewWay: false, isMetered: false });
  await client
    .query("uploads", {})
    .until(({ items }) => items.some((one) => one.blobId === large && one.state === "done"));
  expect(calls).toContain(`PUT /v1/blobs/${large}`);
});

it("what is patient waits for a line that is known to be good, also after a restart", async () => {
  await open();
  const patient = await add(1000, { isPatient: true });
  await client.call("network.changed", { isNewWay: false, isMetered: false, isSlow: true });
  const other = await add(1000);
  const uploads = client.query("uploads", {});
  await uploads.until(({ items }) => items.some((one) => one.blobId === other && one.state === "done"));
  expect(uploads.items.find((one) => one.blobId === patient)).toMatchObject({ isHeld: true });
  await client.query("session", {}).until(({ info }) => info.isPoorLine);
  client = await client.reopen();
  await client
    .query("uploads", {})
    .until(({ items }) => items.some((one) => one.blobId === patient && one.isHeld === true));
  expect(calls.filter((call) => call === `PUT /v1/blobs/${patient}`)).toEqual([]);
  await client.call("network.changed", { isNewWay: false, isMetered: false, isSlow: false });
  await client
    .query("uploads", {})
    .until(({ items }) => items.some((one) => one.blobId === patient && one.state === "done"));
});

it("a new way to the network is connected anew at once, once for all pages that say so", async () => {
  await open();
  const before = connections();
  await client.call("network.changed", { isNewWay: true, isMetered: false });
  await client.call("network.changed", { isNewWay: true, isMetered: false });
  await expect.poll(connections, { timeout: 15_000 }).toBe(before + 1);
  await client.query("session", {}).until(({ info }) => info.connection === "online");
  expect(connections()).toBe(before + 1);
});

it("what came since then and waits is summed up by who, where and how pressing; what was read is not", async () => {
  await open();
  const since = toIsoTime(Date.now() - 1000);
  const away = client.query("away", { since });
  await away.until(({ info }) => info.count === 0);
  for (const body of ["un", "deux"]) {
    await workplace.mutate(workplace.ben, "message.send", workplace.scope, {
      id: messageIdSchema.parse(createId()),
      conversationId: workplace.channelId,
      body,
      mentions: [{ kind: "person", personId: workplace.ada }],
    });
  }
  await away.until(({ info }) => info.count === 2);
  expect(away.info).toMatchObject({
    personCount: 1,
    people: [{ id: workplace.ben }],
    spaces: [{ id: workplace.spaceId, count: 2 }],
  });
  // One channel is one thing to see.
  expect(away.items).toHaveLength(1);
  const later = client.query("away", { since: toIsoTime(Date.now() + 60_000) });
  await later.until(({ info }) => info.count === 0);
  expect(later.items).toEqual([]);
});
