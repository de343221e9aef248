import { execFile } from "node:child_process";
import { createWriteStream, mkdirSync, writeFileSync } from "node:fs";
import { chmod, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import process from "node:process";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { promisify } from "node:util";
import { z } from "zod";
import { drivePathSchema, driveSchema, driveUrl, type DriveId } from "#contract/drives.ts";
import { startApache, type WebdavPeer } from "#tests/peers/webdav.ts";
import { startParvis, temporaryFolder } from "#tests/support/processes.ts";
import type { BenchOptions, BenchProgram, BenchResult, Verdict } from "../harness/program.ts";
import { inTurn, valuesOf } from "../harness/rounds.ts";
import { ratios, spread, type Spread } from "../harness/statistics.ts";

/** Goal 12: listing, upload and download through the door of drives, against curl on the same WebDAV server. */
export const driveTransfer: BenchProgram = { name: "drive-transfer", run };

const ENTRIES = 10_000;
/** What a first screen shows, in bytes of the door's answer. */
const FIRST_ENTRIES = 100;
const MEGABYTE = 1_000_000;
const LARGE_MB = 1000;
const QUICK_MB = 100;
const PROPFIND =
  '<?xml version="1.0"?><propfind xmlns="DAV:"><prop><resourcetype/><getcontentlength/><getlastmodified/><getetag/></prop></propfind>';

/** A line of 1 Gbit/s, held to by curl itself on both sides. */
const GIGABIT = ["--limit-rate", "125M"];

const runCurl = promisify(execFile);
const addedSchema = z.object({ ok: z.literal(true), value: driveSchema });

/** A host in the browser shell with a drive on the server, and the server itself. */
interface Bench {
  server: WebdavPeer;
  /** Of the page's origin, without a path. */
  origin: string;
  cookie: string;
  driveId: DriveId;
  /** Where the large file lies that is uploaded. */
  source: string;
  bytes: number;
}

async function run({ isQuick, print }: BenchOptions): Promise<BenchResult> {
  const server = await startApache();
  if (server === undefined)
    return { verdicts: [], figures: [], skipped: ["drives: Apache is not to be had"] };
  const folder = temporaryFolder("drive-transfer");
  const parvis = await startParvis(["--port", "0", "--data", join(folder.path, "profile")]);
  try {
    const bytes = (isQuick ? QUICK_MB : LARGE_MB) * MEGABYTE;
    const source = join(folder.path, "large.bin");
    await writeLarge(source, bytes);
    await fill(server.folder, source);
    const cookie = await enter(parvis.url);
    const { origin } = new URL(parvis.url);
    const driveId = await addDrive(origin, cookie, server);
    const bench = { server, origin, cookie, driveId, source, bytes };
    const transfer = { bench, rounds: isQuick ? 2 : 5, print };
    const overLine = { bench, rounds: isQuick ? 2 : 3, print, limit: GIGABIT };
    return summary(bench, {
      listing: await measureListing(bench, transfer.rounds + 2, print),
      download: await measureDownload(transfer),
      upload: await measureUpload(transfer),
      lineDownload: await measureDownload(overLine),
      lineUpload: await measureUpload(overLine),
    });
  } finally {
    await parvis.stop();
    await server.stop();
    folder.remove();
  }
}

interface Transfer {
  bench: Bench;
  rounds: number;
  print: (line: string) => void;
  /** Further arguments of curl, on both sides. */
  limit?: readonly string[];
}

type Measured = Map<string, number[]>;

function summary(
  { bytes }: Bench,
  {
    listing,
    download,
    upload,
    lineDownload,
    lineUpload,
  }: Record<"listing" | "download" | "upload" | "lineDownload" | "lineUpload", Measured>,
): BenchResult {
  const size = `${bytes / MEGABYTE} MB`;
  // The first round of each is cold.
  const values = (measured: Measured, name: string): number[] => valuesOf(measured, name).slice(1);
  const rate = (measured: Measured, name: string): Spread =>
    spread(values(measured, name).map((ms) => bytes / MEGABYTE / (ms / 1000)));
  const faster = (measured: Measured): Spread =>
    spread(ratios(values(measured, "curl"), values(measured, "ours")));
  const note = "Apache mod_dav on loopback; both sides driven by curl; ours through the browser shell's door";
  const goal = { goal: 12, unit: "×", note } as const;
  const atLeast = (what: string, measured: Measured): Verdict => ({
    ...goal,
    what,
    value: faster(measured),
    limit: 0.8,
    isAtMost: false,
  });
  return {
    verdicts: [
      {
        ...goal,
        note: "Apache mod_dav on loopback; both sides read by fetch; ours through the browser shell's door",
        what: `${ENTRIES.toLocaleString("en")} entries listed, to the first screen, against the bare PROPFIND`,
        value: spread(ratios(values(listing, "first screen"), values(listing, "bare PROPFIND"))),
        limit: 1.5,
        isAtMost: true,
      },
      atLeast(`download of ${size} on a line of 1 Gbit/s, rate against curl`, lineDownload),
      atLeast(`upload of ${size} on a line of 1 Gbit/s, rate against curl`, lineUpload),
      atLeast(`download of ${size} without any line, rate against curl`, download),
      atLeast(`upload of ${size} without any line, rate against curl`, upload),
    ],
    figures: [
      { what: "first screen of the folder", unit: "ms", value: spread(values(listing, "first screen")) },
      { what: "whole folder through the door", unit: "ms", value: spread(values(listing, "whole folder")) },
      { what: "bare PROPFIND of it", unit: "ms", value: spread(values(listing, "bare PROPFIND")) },
      { what: "download, ours", unit: "MB/s", value: rate(download, "ours") },
      { what: "download, curl", unit: "MB/s", value: rate(download, "curl") },
      { what: "upload, ours", unit: "MB/s", value: rate(upload, "ours") },
      { what: "upload, curl", unit: "MB/s", value: rate(upload, "curl") },
    ],
    skipped: [],
  };
}

async function measureListing(
  bench: Bench,
  rounds: number,
  print: (line: string) => void,
): Promise<Measured> {
  const contenders = [
    { name: "first screen", rounds, measure: () => listThroughDoor(bench, FIRST_ENTRIES) },
    { name: "whole folder", rounds, measure: () => listThroughDoor(bench, ENTRIES) },
    { name: "bare PROPFIND", rounds, measure: () => propfind(bench) },
  ];
  return inTurn(contenders, print);
}

async function measureDownload({ bench, rounds, print, limit = [] }: Transfer): Promise<Measured> {
  const { bytes } = bench;
  const get = (own: string[]): Promise<number> =>
    curl(["-o", "/dev/null", ...limit, ...own], { downloaded: bytes });
  const contenders = [
    { name: "ours", rounds, measure: () => get([...door(bench), doorUrl(bench, "large.bin")]) },
    { name: "curl", rounds, measure: () => get([...account(bench), `${bench.server.url}large.bin`]) },
  ];
  return inTurn(contenders, print);
}

async function measureUpload({ bench, rounds, print, limit = [] }: Transfer): Promise<Measured> {
  const { bytes, server, source } = bench;
  const put = async (name: string, own: string[]): Promise<number> => {
    const elapsed = await curl(["-o", "/dev/null", "-T", source, "-H", "Expect:", ...limit, ...own], {
      uploaded: bytes,
    });
    const place = join(server.folder, name);
    if ((await stat(place)).size !== bytes) throw new Error(`${name} did not arrive whole`);
    await rm(place);
    return elapsed;
  };
  const ifNew = ["-H", "if-none-match: *"];
  const contenders = [
    { name: "ours", rounds, measure: () => put("ours", [...door(bench), ...ifNew, doorUrl(bench, "ours")]) },
    {
      name: "curl",
      rounds,
      measure: () => put("theirs", [...account(bench), ...ifNew, `${server.url}theirs`]),
    },
  ];
  return inTurn(contenders, print);
}

/** Until so many lines have come, in milliseconds. */
async function listThroughDoor({ origin, cookie, driveId }: Bench, wanted: number): Promise<number> {
  const began = performance.now();
  const response = await fetch(origin + driveUrl(driveId, "entries", drivePathSchema.parse("many")), {
    headers: { cookie },
  });
  if (!response.ok || response.body === null)
    throw new Error(`the folder was answered with ${response.status}`);
  let lines = 0;
  for await (const piece of response.body) {
    for (const byte of piece) if (byte === 10) lines += 1;
    if (lines >= wanted && wanted < ENTRIES) break;
  }
  const elapsed = performance.now() - began;
  if (lines < wanted) throw new Error(`only ${lines} entries came`);
  return elapsed;
}

async function propfind({ server }: Bench): Promise<number> {
  const began = performance.now();
  const basic = Buffer.from(`${server.username}:${server.password}`).toString("base64");
  const response = await fetch(`${server.url}many/`, {
    method: "PROPFIND",
    headers: { depth: "1", authorization: `Basic ${basic}`, "content-type": "application/xml" },
    body: PROPFIND,
  });
  const { byteLength } = await response.arrayBuffer();
  if (response.status !== 207 || byteLength < ENTRIES * 200) throw new Error("the folder did not come whole");
  return performance.now() - began;
}

/** @returns milliseconds */
async function curl(
  args: readonly string[],
  expected: { downloaded?: number; uploaded?: number },
): Promise<number> {
  const format = "%{http_code} %{time_total} %{size_download} %{size_upload}";
  const { stdout } = await runCurl("curl", ["-s", "-S", "-w", format, ...args]);
  const [status = 0, seconds = 0, downloaded, uploaded] = stdout.trim().split(" ").map(Number);
  const isWhole =
    (expected.downloaded ?? downloaded) === downloaded && (expected.uploaded ?? uploaded) === uploaded;
  if (status < 200 || status >= 300 || !isWhole) throw new Error(`curl got ${stdout}`);
  return seconds * 1000;
}

const door = ({ cookie, origin }: Bench): string[] => ["-H", `cookie: ${cookie}`, "-H", `origin: ${origin}`];
const account = ({ server }: Bench): string[] => ["-u", `${server.username}:${server.password}`];

function doorUrl({ origin, driveId }: Bench, name: string): string {
  return origin + driveUrl(driveId, "content", drivePathSchema.parse(name));
}

/** The one-time address gives the cookie of a page. */
async function enter(url: string): Promise<string> {
  const response = await fetch(url, { redirect: "manual" });
  return response.headers.get("set-cookie")?.split(";")[0] ?? "";
}

async function addDrive(origin: string, cookie: string, server: WebdavPeer): Promise<DriveId> {
  const { url, username, password } = server;
  const response = await fetch(`${origin}/host/drives.add`, {
    method: "POST",
    headers: { cookie, origin, "content-type": "application/json" },
    body: JSON.stringify({ name: "Bench", kind: "webdav", address: url, username, password }),
  });
  return addedSchema.parse(await response.json()).value.id;
}

async function fill(folder: string, source: string): Promise<void> {
  const many = join(folder, "many");
  mkdirSync(many);
  await chmod(many, 0o777);
  for (let count = 0; count < ENTRIES; count += 1)
    writeFileSync(join(many, `Compte rendu ${count}.odt`), "x".repeat(count % 100));
  await runCurl("cp", [source, join(folder, "large.bin")]);
  await chmod(join(folder, "large.bin"), 0o644);
}

async function writeLarge(path: string, bytes: number): Promise<void> {
  const piece = Buffer.alloc(MEGABYTE, "une ligne de plus, sans fin. ");
  await pipeline(
    Readable.from(
      (function* () {
        for (let written = 0; written < bytes; written += MEGABYTE) yield piece;
      })(),
    ),
    createWriteStream(path),
  );
  if (process.platform !== "win32") await chmod(path, 0o644);
}
