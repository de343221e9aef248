import { expect, test } from "vitest";
import type { DriveChange } from "../drive.ts";
import {
  faultyDav,
  fileResponse,
  MULTISTATUS,
  multistatus,
  statusResponse,
  type FaultyDav,
} from "../../testing/faulty-dav.ts";
import { basicAuthorization } from "./authorization.ts";
import { WebdavDrive } from "./webdav-drive.ts";

const call = { signal: new AbortController().signal };

/** A server with sync-collection whose answers are these, by the token that is asked with. */
async function syncServer(
  answers: Record<string, { status?: number; responses?: string[]; next?: string }>,
): Promise<{ drive: WebdavDrive; server: FaultyDav }> {
  const server = await faultyDav();
  server.faults.set("PROPFIND", (incoming, response) => {
    incoming.resume();
    response
      .writeHead(207, MULTISTATUS)
      .end(
        multistatus([
          "<D:response><D:href>/dav/</D:href><D:propstat><D:prop><D:resourcetype><D:collection/></D:resourcetype><D:supported-report-set><D:supported-report><D:report><D:sync-collection/></D:report></D:supported-report></D:supported-report-set></D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat></D:response>",
        ]),
      );
  });
  server.faults.set("REPORT", async (incoming, response) => {
    let body = "";
    for await (const piece of incoming) body += String(piece);
    const {
      status = 207,
      responses = [],
      next,
    } = answers[/<sync-token>(.*)<\/sync-token>/.exec(body)?.[1] ?? ""] ?? {};
    response.writeHead(status, MULTISTATUS);
    response.end(multistatus(responses, next === undefined ? "" : `<D:sync-token>${next}</D:sync-token>`));
  });
  const drive = new WebdavDrive({
    address: server.address,
    fetch: (url, init) => fetch(url, init),
    authorization: basicAuthorization(null, null),
  });
  return { drive, server };
}

function said(change: DriveChange): string {
  if (change.kind === "put") return `put ${change.entry.path}`;
  return change.kind === "removed" ? `removed ${change.path}` : `cursor ${change.cursor}`;
}

async function changesOf(drive: WebdavDrive, cursor: string | null): Promise<string[]> {
  const all: string[] = [];
  for await (const change of drive.changes(cursor, call)) all.push(said(change));
  return all;
}

test("tells what changed, in as many parts as the server makes of it", async () => {
  const { drive } = await syncServer({
    "": {
      responses: [fileResponse("a", { text: "x" }), statusResponse("/dav/", "507 Insufficient Storage")],
      next: "1",
    },
    "1": {
      responses: [statusResponse("/dav/b", "404 Not Found"), statusResponse("/other/b", "404 Not Found")],
      next: "2&amp;",
    },
    "2&amp;": { responses: [], next: "3" },
  });
  expect(await drive.capabilities(call)).toMatchObject({ canTellChanges: true });
  expect(await changesOf(drive, null)).toEqual(["put a", "removed b", "cursor 2&"]);
  expect(await changesOf(drive, "2&")).toEqual(["cursor 3"]);
});

test.each([403, 409, 410, 412])(
  "a token that is too old (%i) is said to be so: all is listed anew",
  async (status) => {
    const { drive } = await syncServer({ old: { status } });
    await expect(changesOf(drive, "old")).rejects.toMatchObject({ fault: "notFound" });
  },
);

test("a server that is always cut short at the same place, or gives no token, is damaged", async () => {
  const { drive } = await syncServer({
    "": { responses: [statusResponse("/dav/", "507 Insufficient Storage")], next: "1" },
    "1": { responses: [statusResponse("/dav/", "507 Insufficient Storage")], next: "1" },
    "2": { responses: [] },
  });
  await expect(changesOf(drive, null)).rejects.toMatchObject({ fault: "damaged" });
  await expect(changesOf(drive, "2")).rejects.toMatchObject({ fault: "damaged" });
});

test("where changes are not told, asking for them is refused", async () => {
  const server = await faultyDav();
  const drive = new WebdavDrive({
    address: server.address,
    fetch: (url, init) => fetch(url, init),
    authorization: basicAuthorization(null, null),
  });
  await expect(changesOf(drive, null)).rejects.toMatchObject({ fault: "unsupported" });
});
