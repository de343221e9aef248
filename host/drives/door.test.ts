import { expect, test } from "vitest";
import {
  childPath,
  driveEntrySchema,
  driveLineSchema,
  drivePathSchema,
  driveUrl,
  TOP,
  type DriveId,
} from "#contract/drives.ts";
import type { Gateway } from "../gateway/gateway.ts";
import { lockedGateway } from "../lock/locked-gateway.ts";
import { openDriveBench, type DriveBench } from "../testing/drive-bench.ts";
import { MemoryDrive } from "../testing/memory-drive.ts";
import { createDriveDoor } from "./door.ts";
import { DriveError } from "./drive-error.ts";

const ADDRESS = "https://files.example.org/dav/";

interface Opened {
  bench: DriveBench;
  drive: MemoryDrive;
  door: Gateway;
  id: DriveId;
  ask: (call: "entries" | "content", path: string, init?: RequestInit) => Promise<Response>;
}

async function open(options: ConstructorParameters<typeof MemoryDrive>[0] = {}): Promise<Opened> {
  const bench = await openDriveBench();
  const drive = new MemoryDrive(options);
  bench.servers.set(ADDRESS, { drive });
  const { id } = await bench.service.add({ name: "Commun", kind: "webdav", address: ADDRESS });
  const door = createDriveDoor(bench.files);
  const ask: Opened["ask"] = (call, path, init) =>
    door.handle(new Request(`http://x${driveUrl(id, call, drivePathSchema.parse(path))}`, init));
  return { bench, drive, door, id, ask };
}

async function linesOf(response: Response): Promise<unknown[]> {
  const text = await response.text();
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => driveLineSchema.parse(JSON.parse(line)));
}

test("a folder is listed one entry a line, whatever its names are", async () => {
  const { drive, ask } = await open();
  const names = ["a%20b.txt", "é ü.md", "e\u0301.md", "??#.txt", "日本.txt", "\n.txt", 'q"\\.txt'];
  for (const name of names) drive.seed(`Dossier/${name}`, "x");
  const response = await ask("entries", "Dossier");
  expect(response.headers.get("content-type")).toBe("application/x-ndjson");
  const lines = await linesOf(response);
  expect(lines).toHaveLength(names.length);
  expect(new Set(lines.map((line) => Reflect.get(Object(line), "name")))).toEqual(new Set(names));
});

test("what was listed is there before the whole folder is, and the end of a reader ends the listing", async () => {
  const { drive, ask } = await open();
  for (let at = 0; at < 100; at += 1) drive.seed(`${at}.txt`);
  const held = Promise.withResolvers<void>();
  const list = drive.list.bind(drive);
  let isEnded = false;
  drive.list = async function* (path, call) {
    try {
      let count = 0;
      for await (const entry of list(path, call)) {
        if ((count += 1) === 51) await Promise.race([held.promise, aborted(call.signal)]);
        yield entry;
      }
    } finally {
      isEnded = true;
    }
  };
  const reader = (await ask("entries", "")).body?.getReader();
  const piece = await reader?.read();
  expect(new TextDecoder().decode(piece?.value).split("\n").length).toBe(51);
  await reader?.cancel();
  await expect.poll(() => isEnded).toBe(true);
});

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener("abort", () => reject(new DriveError("cancelled", { title: "given up" })));
  });
}

test("a listing that fails at once is a problem with its fault; one that breaks off ends with it", async () => {
  const { drive, ask } = await open();
  drive.seed("a/1.txt");
  drive.seed("a/2.txt");
  const missing = await ask("entries", "b");
  expect(missing.status).toBe(404);
  expect(await missing.json()).toMatchObject({ kind: "notFound", fault: "notFound" });
  const list = drive.list.bind(drive);
  drive.list = async function* (path, call) {
    for await (const entry of list(path, call)) {
      yield entry;
      throw new DriveError("damaged", { title: "Broken XML" });
    }
  };
  const lines = await linesOf(await ask("entries", "a"));
  expect(lines).toMatchObject([{ name: "1.txt" }, { problem: { fault: "damaged" } }]);
});

test("content is data: never a page, nothing kept, and saved under its own name", async () => {
  const { drive, ask } = await open();
  drive.seed("Page d’accueil.html", "<script>alert(1)</script>");
  const response = await ask("content", "Page d’accueil.html");
  expect(response.status).toBe(200);
  expect(await response.text()).toBe("<script>alert(1)</script>");
  const { headers } = response;
  expect(headers.get("cache-control")).toBe("no-store");
  expect(headers.get("content-security-policy")).toContain("sandbox");
  expect(headers.get("x-content-type-options")).toBe("nosniff");
  expect(headers.get("content-disposition")).toBe(
    "attachment; filename*=UTF-8''Page%20d%E2%80%99accueil.html",
  );
  expect(headers.get("content-length")).toBe("25");
  const head = await ask("content", "Page d’accueil.html", { method: "HEAD" });
  expect([head.status, head.headers.get("content-length"), await head.text()]).toEqual([200, "25", ""]);
});

test("parts are given where the drive can, the whole where it cannot, and none behind the end", async () => {
  const { drive, ask } = await open();
  drive.seed("a.txt", "0123456789");
  const part = async (range: string) => {
    const response = await ask("content", "a.txt", { headers: { range } });
    return [response.status, response.headers.get("content-range"), await response.text()];
  };
  expect(await part("bytes=2-4")).toEqual([206, "bytes 2-4/10", "234"]);
  expect(await part("bytes=8-")).toEqual([206, "bytes 8-9/10", "89"]);
  expect(await part("bytes=-3")).toEqual([206, "bytes 7-9/10", "789"]);
  expect(await part("bytes=5-500")).toEqual([206, "bytes 5-9/10", "56789"]);
  expect((await part("bytes=10-"))[0]).toBe(416);
  expect((await part("bytes=-0"))[0]).toBe(416);
  for (const whole of ["bytes=4-2", "bytes=0-1,3-4", "lines=1-2", "bytes=-", ""])
    expect(await part(whole)).toEqual([200, null, "0123456789"]);
  const bad = await open({ canReadParts: false });
  bad.drive.seed("a.txt", "0123456789");
  const response = await bad.ask("content", "a.txt", { headers: { range: "bytes=2-4" } });
  expect([response.status, await response.text()]).toEqual([200, "0123456789"]);
});

test("a version that is no longer the one is not read, and not overwritten", async () => {
  const { drive, ask } = await open();
  drive.seed("a.txt", "one");
  const version = (await ask("content", "a.txt")).headers.get("etag") ?? "";
  expect((await ask("content", "a.txt", { headers: { "if-match": version } })).status).toBe(200);
  drive.seed("a.txt", "two");
  for (const init of [{}, { method: "PUT", body: "mine" }]) {
    const refused = await ask("content", "a.txt", { ...init, headers: { "if-match": version } });
    expect(refused.status).toBe(409);
    expect(await refused.json()).toMatchObject({ fault: "changed" });
  }
  expect(await (await ask("content", "a.txt")).text()).toBe("two");
});

test("a file is written whole: new, over a known version, or over anything; without a condition it is refused", async () => {
  const { bench, drive, ask, id } = await open();
  const put = (path: string, body: string, headers: Record<string, string>) =>
    ask("content", path, { method: "PUT", body, headers });
  const made = await put("a.txt", "one", { "if-none-match": "*", "parvis-size": "3" });
  expect(made.status).toBe(200);
  const version = driveEntrySchema.parse(await made.json()).version ?? "";
  expect(await (await put("a.txt", "two", { "if-none-match": "*" })).json()).toMatchObject({
    fault: "exists",
  });
  expect((await put("a.txt", "two", { "if-match": version })).status).toBe(200);
  expect((await put("a.txt", "three", { "if-match": "*" })).status).toBe(200);
  expect((await put("a.txt", "four", {})).status).toBe(400);
  expect(await (await put("a.txt", "four", { "if-match": "*", "parvis-size": "9" })).json()).toMatchObject({
    fault: "damaged",
  });
  expect(await (await ask("content", "a.txt")).text()).toBe("three");
  expect((await ask("content", "b.txt", { method: "PUT", headers: { "if-none-match": "*" } })).status).toBe(
    200,
  );
  expect(drive.paths).toEqual(["a.txt", "b.txt"]);
  expect(bench.told.filter(({ type }) => type === "driveFolderChanged")).toContainEqual({
    type: "driveFolderChanged",
    driveId: id,
    path: TOP,
  });
});

test("an upload that breaks off in the middle leaves what was there", async () => {
  const { drive, ask } = await open();
  drive.seed("a.txt", "before");
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      controller.enqueue(new Uint8Array(1000));
      controller.error(new DriveError("cancelled", { title: "The page went" }));
    },
  });
  const init = { method: "PUT", body, duplex: "half", headers: { "if-match": "*" } } as RequestInit;
  expect((await ask("content", "a.txt", init)).status).toBe(499);
  expect(await (await ask("content", "a.txt")).text()).toBe("before");
});

test("paths that lead elsewhere, other calls and unknown drives are refused", async () => {
  const { door, id } = await open();
  const status = async (path: string, method = "GET") =>
    (await door.handle(new Request(`http://x${path}`, { method }))).status;
  for (const path of ["..", "a/../b", "/etc/passwd", "a//b", "a\0b", "."])
    expect([path, await status(`/drives/${id}/content?path=${encodeURIComponent(path)}`)]).toEqual([
      path,
      400,
    ]);
  expect(await status(`/drives/${id}/other?path=a`)).toBe(404);
  expect(await status(`/drives/${id}/content/more?path=a`)).toBe(404);
  expect(await status(`/drives/${id}/content?path=a`, "DELETE")).toBe(501);
  expect(await status(`/drives/no/entries?path=`)).toBe(404);
  expect(await status(`/drives/0198c1de-0000-7000-8000-000000000001/entries?path=`)).toBe(404);
});

test("while Parvis is locked nothing is read or written, and what is under way then ends", async () => {
  const { door, drive, id } = await open();
  drive.seed("a.txt", "x".repeat(20_000));
  const locking = new AbortController();
  const lock = { isLocked: false, untilLocked: locking.signal };
  const locked = lockedGateway(door, lock);
  const url = `http://x${driveUrl(id, "content", childPath(TOP, "a.txt"))}`;
  const reader = (await locked.handle(new Request(url))).body?.getReader();
  await reader?.read();
  lock.isLocked = true;
  locking.abort();
  const rest = async (): Promise<void> => {
    for (let next = await reader?.read(); next?.done === false; next = await reader?.read());
  };
  await expect(rest()).rejects.toMatchObject({ fault: "cancelled" });
  for (const method of ["GET", "PUT"])
    expect((await locked.handle(new Request(url, { method }))).status).toBe(423);
  expect(drive.paths).toEqual(["a.txt"]);
});
