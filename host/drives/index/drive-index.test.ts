import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { childPath, drivePathSchema, TOP, type DriveEntry, type DriveId } from "#contract/drives.ts";
import { silentLog } from "../../log/log.ts";
import { noPolicies } from "../../policy/policies.ts";
import { openDriveBench, type DriveBench } from "../../testing/drive-bench.ts";
import { MemoryDrive } from "../../testing/memory-drive.ts";
import { DriveError } from "../drive-error.ts";
import { CRAWL_PACE, type CrawlPace } from "./crawl.ts";
import { DriveIndex } from "./drive-index.ts";

const ADDRESS = "https://files.example.org/dav/";
const SIGNAL = AbortSignal.timeout(60_000);
/** Other programs run beside the test. */
const PATIENT = { timeout: 20_000, interval: 20 };
/** Threads are started and the drive is looked through. */
vi.setConfig({ testTimeout: 60_000 });
const KEY = Buffer.alloc(32, 3);

interface Opened {
  bench: DriveBench;
  drive: MemoryDrive;
  id: DriveId;
  index: DriveIndex;
  find: (text: string) => Promise<string[]>;
  isComplete: () => boolean;
}

interface Wanted {
  drive?: MemoryDrive;
  pace?: Partial<CrawlPace>;
  exclusions?: string[];
  now?: () => number;
  /** The profile of an earlier one, as after a restart. */
  after?: Opened;
}

async function open({
  drive = new MemoryDrive(),
  pace,
  exclusions = [],
  now = Date.now,
  after,
}: Wanted): Promise<Opened> {
  const bench = after === undefined ? await openDriveBench() : await after.bench.again();
  bench.servers.set(ADDRESS, { drive });
  bench.service.start();
  const added = { name: "Commun", kind: "webdav" as const, address: ADDRESS };
  const { id } = after === undefined ? await bench.service.add(added) : bench.service.get(after.id);
  const index = await DriveIndex.open({
    ...bench,
    policies: { ...noPolicies, get: (name) => policy(name, exclusions) },
    key: async () => KEY,
    log: silentLog,
    onNotice: () => undefined,
    now,
    random: () => 0,
    pace: { ...CRAWL_PACE, restMs: 0, ...pace },
  });
  bench.service.addFacts(index);
  bench.files.watch(index);
  index.start();
  onTestFinished(() => index.stop());
  return {
    bench,
    drive,
    id,
    index,
    find: async (text) => (await index.search({ text, limit: 100 })).map(({ path }) => path).toSorted(),
    isComplete: () => index.indexOf(id)?.completedAt !== null && index.indexOf(id)?.isRunning === false,
  };
}

// oxlint-disable-next-line typescript/no-explicit-any -- a test gives what its policy holds
function policy(name: string, exclusions: string[]): any {
  return name === "DriveIndexExclusions" ? exclusions : undefined;
}

function seeded(): MemoryDrive {
  const drive = new MemoryDrive({ now: () => Date.now() - 60_000 });
  for (const path of ["Budget 2026/Été/Prévision.ods", "Budget 2026/note.txt", "lisez-moi.md"])
    drive.seed(path, "x");
  return drive;
}

test("what is on a drive is found by name, also while the drive is away and after a restart", async () => {
  const opened = await open({ drive: seeded() });
  await expect.poll(opened.isComplete, PATIENT).toBe(true);
  expect(opened.index.indexOf(opened.id)?.entries).toBe(5);
  expect(await opened.find("prevision")).toEqual(["Budget 2026/Été/Prévision.ods"]);
  expect(await opened.find("note 2026")).toEqual(["Budget 2026/note.txt"]);
  expect((await opened.index.search({ text: "note", limit: 1 }))[0]).toMatchObject({
    kind: "file",
    sizeBytes: 1,
  });
  await opened.index.stop();
  const gone = new MemoryDrive();
  gone.failure = new DriveError("unreachable", { title: "Gone" });
  const later = await open({ drive: gone, after: opened });
  expect(await later.find("prevision")).toEqual(["Budget 2026/Été/Prévision.ods"]);
  expect(later.index.indexOf(opened.id)).toMatchObject({ entries: 5 });
});

test("hidden and system folders, and what the organisation leaves out, are not known", async () => {
  const drive = seeded();
  for (const path of [
    ".git/budget",
    "$RECYCLE.BIN/budget.txt",
    "~$budget.docx",
    "Archives/budget.txt",
    "budget.bak",
  ])
    drive.seed(path);
  const { isComplete, find } = await open({ drive, exclusions: ["archives", "*.bak"] });
  await expect.poll(isComplete, PATIENT).toBe(true);
  expect(await find("budget")).toEqual(["Budget 2026"]);
  expect(drive.asked.filter((call) => call.startsWith("list")).join()).not.toMatch(/git|RECYCLE|Archives/);
});

test("a crawl that was ended goes on where it was: no folder is listed twice", async () => {
  const drive = new MemoryDrive({ now: () => Date.now() - 60_000 });
  for (let at = 0; at < 60; at += 1) drive.seed(`folder ${at}/sub/file ${at}.txt`);
  const first = await open({ drive, pace: { restMs: 2 } });
  await expect
    .poll(() => drive.asked.filter((one) => one.startsWith("list")).length, PATIENT)
    .toBeGreaterThan(40);
  await first.index.stop();
  const listed = drive.asked.filter((one) => one.startsWith("list")).length;
  expect(listed).toBeLessThan(121);
  const second = await open({ drive, after: first });
  await expect.poll(second.isComplete, PATIENT).toBe(true);
  expect((await second.find("file")).length).toBe(60);
  // What was not written yet when it was ended is listed once more.
  expect(drive.asked.filter((one) => one.startsWith("list")).length).toBeLessThan(121 + 20);
});

test("folders that look unchanged are left out of the next look; what came, changed or went is found", async () => {
  let now = Date.now();
  const drive = seeded();
  const opened = await open({ drive, now: () => now, pace: { passMs: 1000 } });
  await expect.poll(opened.isComplete, PATIENT).toBe(true);
  const first = opened.index.indexOf(opened.id)?.completedAt;
  await opened.index.stop();
  drive.asked.length = 0;
  drive.seed("Budget 2026/Été/Nouveau.ods");
  drive.drop("lisez-moi.md");
  now += 100_000;
  const later = await open({ drive, now: () => now, pace: { passMs: 60_000 }, after: opened });
  await expect.poll(() => later.index.indexOf(opened.id)?.completedAt, PATIENT).not.toBe(first);
  expect(await later.find("nouveau")).toEqual(["Budget 2026/Été/Nouveau.ods"]);
  expect(await later.find("lisez")).toEqual([]);
  expect(drive.asked.filter((one) => one.startsWith("list"))).toEqual(["list ", "list Budget 2026/Été"]);
});

test("what this host itself writes, moves and removes is known at once", async () => {
  const { bench, drive, id, isComplete, find } = await open({ drive: seeded() });
  await expect.poll(isComplete, PATIENT).toBe(true);
  const listed = drive.asked.filter((one) => one.startsWith("list")).length;
  await bench.files.makeFolder(id, childPath(TOP, "Chantier"), SIGNAL);
  await expect.poll(() => find("chantier"), PATIENT).toEqual(["Chantier"]);
  await bench.files.remove(id, childPath(TOP, "lisez-moi.md"), {}, SIGNAL);
  await expect.poll(() => find("lisez"), PATIENT).toEqual([]);
  const to = drivePathSchema.parse("Chantier/Finances");
  await bench.files.move({ driveId: id, path: childPath(TOP, "Budget 2026"), toDriveId: id, to });
  await expect.poll(() => find("prevision"), PATIENT).toEqual(["Chantier/Finances/Été/Prévision.ods"]);
  expect(await find("budget")).toEqual([]);
  expect(drive.asked.filter((one) => one.startsWith("list")).length).toBe(listed + 2);
});

test("where the drive tells what changed, only that is asked for", async () => {
  const drive = new MemoryDrive({ canTellChanges: true, now: () => Date.now() - 60_000 });
  drive.seed("a/b.txt");
  const { isComplete, find } = await open({ drive, pace: { changesMs: 20 } });
  await expect.poll(isComplete, PATIENT).toBe(true);
  await expect
    .poll(() => drive.asked.filter((one) => one.startsWith("changes")).length, PATIENT)
    .toBeGreaterThan(1);
  const listed = drive.asked.filter((one) => one.startsWith("list")).length;
  drive.seed("a/c.txt");
  drive.drop("a/b.txt");
  await expect.poll(() => find("txt"), PATIENT).toEqual(["a/c.txt"]);
  expect(drive.asked.filter((one) => one.startsWith("list")).length).toBe(listed);
});

test("a drive that is switched off is forgotten from the disk, and looked through anew when it is switched on", async () => {
  const { bench, index, id, isComplete, find } = await open({ drive: seeded() });
  await expect.poll(isComplete, PATIENT).toBe(true);
  const folder = join(bench.dataDir, "drive-index");
  expect(await readdir(folder)).toEqual([id]);
  expect((await bench.service.setIndexed(id, false)).index).toBeNull();
  expect(await readdir(folder)).toEqual([]);
  expect(await find("budget")).toEqual([]);
  await bench.service.setIndexed(id, true);
  await expect.poll(() => find("budget"), PATIENT).toEqual(["Budget 2026"]);
  await bench.service.remove(id);
  expect(await readdir(folder)).toEqual([]);
  expect(await find("budget")).toEqual([]);
  expect(index.indexOf(id)).toBeNull();
});

test("while Parvis is locked nothing is looked through, and nothing of it is in memory", async () => {
  const { bench, drive, id, isComplete, find } = await open({ drive: seeded() });
  await expect.poll(isComplete, PATIENT).toBe(true);
  bench.lock.isLocked = true;
  const status = { isLocked: true, reason: "asked" as const, method: "code" as const, retryAfter: 0 };
  bench.events.emit({ type: "lockChanged", status });
  drive.asked.length = 0;
  bench.service.tell();
  await bench.service.rename(id, "Encore");
  expect(drive.asked).toEqual([]);
  bench.lock.isLocked = false;
  bench.events.emit({ type: "lockChanged", status: { ...status, isLocked: false } });
  await expect.poll(() => find("budget"), PATIENT).toEqual(["Budget 2026"]);
});

test("a folder that may not be read, or that goes away meanwhile, does not keep the others from being known", async () => {
  const drive = seeded();
  drive.seed("fermé/x.txt");
  drive.seed("parti/y.txt");
  const list = drive.list.bind(drive);
  drive.list = async function* (path, call) {
    if (path === "fermé") throw new DriveError("forbidden", { title: "No" });
    if (path === "parti") throw new DriveError("notFound", { title: "Gone" });
    yield* list(path, call);
  };
  const { isComplete, find } = await open({ drive });
  await expect.poll(isComplete, PATIENT).toBe(true);
  expect(await find("prevision")).toEqual(["Budget 2026/Été/Prévision.ods"]);
  expect(await find("ferme")).toEqual(["fermé"]);
  expect(await find("parti")).toEqual([]);
});

test("what is put there while its folder is being looked at is found", async () => {
  const drive = seeded();
  const listed = Promise.withResolvers<undefined>();
  const goOn = Promise.withResolvers<undefined>();
  const list = drive.list.bind(drive);
  let isFirst = true;
  drive.list = async function* (path, signal) {
    const entries: DriveEntry[] = [];
    for await (const entry of list(path, signal)) entries.push(entry);
    if (isFirst) {
      isFirst = false;
      listed.resolve(undefined);
      await goOn.promise;
    }
    yield* entries;
  };
  const { index, id, find, isComplete } = await open({ drive });
  await listed.promise;
  const entry = {
    name: "tout neuf.txt",
    kind: "file",
    sizeBytes: 1,
    modifiedAt: null,
    version: null,
    fileId: null,
    mediaType: null,
    lock: null,
  } as const;
  index.put(id, { ...entry, path: childPath(TOP, entry.name) });
  await expect.poll(() => find("neuf"), PATIENT).toEqual(["tout neuf.txt"]);
  goOn.resolve(undefined);
  await expect.poll(isComplete, PATIENT).toBe(true);
  expect(await find("neuf")).toEqual(["tout neuf.txt"]);
});
