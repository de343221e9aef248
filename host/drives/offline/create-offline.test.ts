import { readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { drivePathSchema } from "#contract/drives.ts";
import { settingsSchema } from "#contract/settings.ts";
import { noPolicies } from "../../policy/policies.ts";
import { silentLog } from "../../log/log.ts";
import { openDriveBench, type DriveBench } from "../../testing/drive-bench.ts";
import { MemoryDrive } from "../../testing/memory-drive.ts";
import { DriveError } from "../drive-error.ts";
import { createOffline } from "./create-offline.ts";
import type { OfflineService } from "./offline-service.ts";
import { filesOn } from "./testing/machine.ts";

const ADDRESS = "https://files.example.org/dav/";

async function begin(bench: DriveBench): Promise<OfflineService> {
  const { dataDir, service, events, lock, accounts } = bench;
  const offline = await createOffline({
    dataDir,
    service,
    events,
    lock,
    policies: noPolicies,
    accounts: { list: () => accounts },
    condemned: { list: () => Promise.resolve([]) },
    gateway: { handle: () => Promise.resolve(new Response(null, { status: 503 })) },
    settings: { get: () => Promise.resolve(settingsSchema.parse({ language: "fr" })) },
    info: { locale: "en-GB" },
    log: silentLog,
    onNotice: () => undefined,
    now: Date.now,
    times: { settleMs: 20, lookMs: 50, retryMs: 20, lastRetryMs: 100 },
  });
  onTestFinished(() => offline.stop());
  await offline.start();
  return offline;
}

async function pinned() {
  const bench = await openDriveBench();
  const drive = new MemoryDrive();
  drive.seed("x/a.txt", "1");
  bench.servers.set(ADDRESS, { drive });
  const { id } = await bench.service.add({ name: "Commun", kind: "webdav", address: ADDRESS });
  const offline = await begin(bench);
  await offline.pin(id, drivePathSchema.parse("x"));
  await vi.waitFor(() => expect(offline.status().pins).toMatchObject([{ state: "synced", files: 1 }]), 5000);
  const place = join(bench.dataDir, "offline", "Commun", "x");
  return { bench, drive, id, offline, place };
}

test("pins go through the drives of the profile, which learn from them how they stand", async () => {
  const { bench, drive, id, offline, place } = await pinned();
  drive.failure = new DriveError("unreachable", { title: "Nobody answers" });
  await vi.waitFor(() => expect(offline.status().pins).toMatchObject([{ state: "unreachable" }]), 5000);
  await vi.waitFor(() => expect(bench.service.get(id).state).toBe("unreachable"), 5000);
  expect(await readFile(join(place, "a.txt"), "utf8")).toBe("1");
  await writeFile(join(place, "a.txt"), "meanwhile");
  drive.failure = undefined;
  await vi.waitFor(async () => expect(await filesOn(drive)).toMatchObject({ "x/a.txt": "meanwhile" }), 5000);
});

test("conflicts are named in the language of the person", async () => {
  const { drive, offline, place } = await pinned();
  await offline.setPaused(true);
  await writeFile(join(place, "a.txt"), "mine");
  drive.seed("x/a.txt", "theirs");
  await offline.setPaused(false);
  await vi.waitFor(() => expect(offline.journal.conflicts()).toHaveLength(1), 5000);
  expect(offline.journal.conflicts()[0]?.copyPath).toMatch(/^x\/a \(conflit, .+, \d{4}-\d\d-\d\d\)\.txt$/);
});

test("a drive that is removed takes its pins along, and what it did not have is put aside", async () => {
  const { bench, drive, id, offline, place } = await pinned();
  await offline.setPaused(true);
  await writeFile(join(place, "unsent.txt"), "mine");
  await bench.service.remove(id);
  expect(offline.status().pins).toEqual([]);
  await expect(stat(place)).rejects.toMatchObject({ code: "ENOENT" });
  const aside = join(bench.dataDir, "offline", ".parvis", "aside", "Commun", "x", "unsent.txt");
  expect(await readFile(aside, "utf8")).toBe("mine");
  expect(drive.paths).toEqual(["x/", "x/a.txt"]);
});

test("what was pinned goes on after a new start", async () => {
  const { bench, drive, offline, place } = await pinned();
  await offline.stop();
  drive.seed("x/b.txt", "2");
  const again = await bench.again();
  const next = await begin(again);
  await vi.waitFor(async () => expect(await readFile(join(place, "b.txt"), "utf8")).toBe("2"), 5000);
  expect(next.status().pins).toMatchObject([{ path: "x" }]);
});
