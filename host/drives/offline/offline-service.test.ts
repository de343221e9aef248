import { rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { TOP } from "#contract/drives.ts";
import { DriveError } from "../drive-error.ts";
import { DRIVE_ID, filesOn } from "./testing/machine.ts";
import { ACCOUNT, at, service, synced, content } from "./testing/service.ts";

test("a pinned folder is a folder of this machine that nobody else reads, and both sides follow each other", async () => {
  const { drive, offline, place, dataDir, bridge, told } = await service();
  drive.seed("Projet/a.txt", "1");
  expect(await bridge.call("offline.pin", { driveId: DRIVE_ID, path: "Projet" })).toMatchObject({
    ok: true,
    value: { kind: "folder" },
  });
  await synced(offline, at("Projet"));
  expect(await content(place("Projet/a.txt"))).toBe("1");
  for (const folder of [
    join(dataDir, "offline"),
    place(""),
    place("Projet"),
    join(dataDir, "offline", ".parvis", "parts"),
  ])
    expect((await stat(folder)).mode & 0o077).toBe(0);
  expect((await stat(join(dataDir, "offline.db"))).mode & 0o077).toBe(0);
  await writeFile(place("Projet/b.txt"), "from here");
  await vi.waitFor(
    async () => expect(await filesOn(drive)).toMatchObject({ "Projet/b.txt": "from here" }),
    5000,
  );
  await vi.waitFor(() =>
    expect(told).toContainEqual({ type: "driveFolderChanged", driveId: DRIVE_ID, path: "Projet" }),
  );
  drive.seed("Projet/c.txt", "from there");
  await vi.waitFor(async () => expect(await content(place("Projet/c.txt"))).toBe("from there"), 5000);
  expect(await bridge.call("offline.status", { driveId: DRIVE_ID, path: "" })).toMatchObject({
    value: { isWithin: false, marks: [{ path: "Projet", mark: "here", isPin: true }] },
  });
});

test("what lies in a pinned folder is answered by it, and a folder takes in the pins that lie in it", async () => {
  const { drive, offline } = await service();
  drive.seed("x/y/a.txt", "1");
  await offline.pin(DRIVE_ID, at("x/y"));
  await synced(offline, at("x/y"));
  expect(await offline.pin(DRIVE_ID, at("x/y/a.txt"))).toMatchObject({ path: "x/y" });
  drive.asked.length = 0;
  await offline.pin(DRIVE_ID, at("x"));
  await synced(offline, at("x"));
  expect(offline.status().pins.map(({ path }) => path)).toEqual(["x"]);
  expect(drive.asked.filter((one) => one.startsWith("read"))).toEqual([]);
});

test("what does not fit in the budget is refused, before anything is brought", async () => {
  const { drive, bridge, dataDir } = await service({ values: { OfflineBudgetMb: 1 } });
  drive.seed("big.bin", "x".repeat(1_000_001));
  expect(await bridge.call("offline.pin", { driveId: DRIVE_ID, path: "" })).toMatchObject({
    error: { fault: "full", kind: "storageFull" },
  });
  await expect(stat(join(dataDir, "offline", "Partage_ équipe"))).rejects.toMatchObject({ code: "ENOENT" });
});

test("a pin that grows over the budget stops there, says so, and keeps what is here up to date", async () => {
  const { drive, offline, place } = await service({ values: { OfflineBudgetMb: 1 } });
  drive.seed("a.txt", "1");
  await offline.pin(DRIVE_ID, TOP);
  await synced(offline);
  drive.seed("big.bin", "x".repeat(1_000_000));
  await vi.waitFor(
    () => expect(offline.status().pins[0]).toMatchObject({ state: "full", problem: { fault: "full" } }),
    5000,
  );
  drive.seed("a.txt", "2");
  await vi.waitFor(async () => expect(await content(place("a.txt"))).toBe("2"), 5000);
});

test("nothing is pinned where the organisation does not allow it, or above the ceiling; what was pinned goes", async () => {
  const { drive, offline, place, values, bridge, changePolicies } = await service();
  drive.seed("a.txt", "1");
  await offline.pin(DRIVE_ID, TOP);
  await synced(offline);
  values.OfflineFiles = false;
  changePolicies();
  await vi.waitFor(() => expect(offline.status()).toMatchObject({ isAllowed: false, pins: [] }), 5000);
  await expect(stat(place("a.txt"))).rejects.toMatchObject({ code: "ENOENT" });
  expect(await bridge.call("offline.pin", { driveId: DRIVE_ID, path: "" })).toMatchObject({
    error: { fault: "forbidden" },
  });
  const above = await service({
    drives: {
      open: () => drive,
      about: () => ({ name: "L", accountId: ACCOUNT }),
      isAboveCeiling: () => Promise.resolve(true),
      isWiped: () => Promise.resolve(false),
    },
  });
  expect(await above.bridge.call("offline.pin", { driveId: DRIVE_ID, path: "" })).toMatchObject({
    error: { fault: "forbidden" },
  });
});

test("taking off asks about what the drive does not have, and puts it aside", async () => {
  const { drive, offline, place, dataDir, bridge } = await service();
  drive.seed("x/a.txt", "1");
  drive.seed("x/b.txt", "1");
  await offline.pin(DRIVE_ID, at("x"));
  await synced(offline, at("x"));
  drive.failure = new DriveError("unreachable", { title: "gone" });
  await writeFile(place("x/b.txt"), "mine");
  const unpin = (changes: string) => bridge.call("offline.unpin", { driveId: DRIVE_ID, path: "x", changes });
  expect(await unpin("ask")).toMatchObject({
    value: { isUnpinned: false, unsyncedFiles: 1, examples: ["x/b.txt"] },
  });
  expect(await content(place("x/b.txt"))).toBe("mine");
  expect(await unpin("keep")).toMatchObject({ value: { isUnpinned: true } });
  expect(offline.status().pins).toEqual([]);
  await expect(stat(place(""))).rejects.toMatchObject({ code: "ENOENT" });
  expect(await content(join(dataDir, "offline", ".parvis", "aside", "Partage_ équipe", "x", "b.txt"))).toBe(
    "mine",
  );
  drive.failure = undefined;
  expect(await filesOn(drive)).toMatchObject({ "x/a.txt": "1", "x/b.txt": "1" });
});

test("a drive that cannot be reached leaves the files, and is said; when it is back, they go on", async () => {
  const { drive, offline, place, told, events } = await service();
  drive.seed("a.txt", "1");
  await offline.pin(DRIVE_ID, TOP);
  await synced(offline);
  drive.failure = new DriveError("needsPassword", { title: "no" });
  await vi.waitFor(() => expect(offline.status().pins[0]).toMatchObject({ state: "needsPassword" }), 5000);
  expect(await content(place("a.txt"))).toBe("1");
  drive.failure = undefined;
  events.emit({ type: "networkChanged", isOnline: true, isMetered: false, isNewWay: true });
  await synced(offline);
  expect(told.filter(({ type }) => type === "offlineChanged").length).toBeGreaterThan(0);
});

test("paused, nothing moves, also after a new start; resumed, it goes on", async () => {
  const { drive, offline, place, bridge, open } = await service();
  drive.seed("a.txt", "1");
  await offline.pin(DRIVE_ID, TOP);
  await synced(offline);
  expect(await bridge.call("offline.pause", {})).toMatchObject({ value: { isPaused: true } });
  drive.seed("b.txt", "2");
  await offline.stop();
  const again = await open();
  expect(again.status()).toMatchObject({ isPaused: true, pins: [{ state: "paused" }] });
  drive.asked.length = 0;
  again.syncNow();
  expect(drive.asked).toEqual([]);
  await again.setPaused(false);
  await vi.waitFor(async () => expect(await content(place("b.txt"))).toBe("2"), 5000);
});

test("pages hear of it four times a second at most, however much happens", async () => {
  const { drive, offline, told } = await service();
  for (let count = 0; count < 300; count += 1) drive.seed(`${count}.txt`, String(count));
  const begunAt = performance.now();
  await offline.pin(DRIVE_ID, TOP);
  await synced(offline);
  const seconds = (performance.now() - begunAt) / 1000;
  const events = told.filter(({ type }) => type === "offlineChanged");
  expect(events.length).toBeLessThanOrEqual(seconds * 4 + 2);
});

test("what is pinned is shown by its folder, never as a file that might run", async () => {
  const { drive, offline, bridge, place, shown, dataDir } = await service();
  drive.seed("x/a.desktop", "1");
  await offline.pin(DRIVE_ID, at("x"));
  await synced(offline, at("x"));
  await bridge.call("offline.reveal", { driveId: DRIVE_ID, path: "x/a.desktop" });
  await bridge.call("offline.revealFolder", { folder: "trash" });
  expect(shown).toEqual([place("x"), join(dataDir, "offline", ".parvis", "trash")]);
  expect(await bridge.call("offline.reveal", { driveId: DRIVE_ID, path: "y" })).toMatchObject({
    error: { fault: "notFound" },
  });
});

test("a single file can be pinned, follows both sides, and is not deleted from the drive without a question", async () => {
  const { drive, offline, place } = await service();
  drive.seed("x/a.txt", "1");
  drive.seed("x/b.txt", "not pinned");
  await offline.pin(DRIVE_ID, at("x/a.txt"));
  await synced(offline, at("x/a.txt"));
  await writeFile(place("x/a.txt"), "from here");
  await vi.waitFor(async () => expect(await filesOn(drive)).toMatchObject({ "x/a.txt": "from here" }), 5000);
  drive.seed("x/a.txt", "from there");
  await vi.waitFor(async () => expect(await content(place("x/a.txt"))).toBe("from there"), 5000);
  await expect(stat(place("x/b.txt"))).rejects.toMatchObject({ code: "ENOENT" });
  await rm(place("x/a.txt"));
  await vi.waitFor(
    () =>
      expect(offline.status().pins[0]?.askedDeletions).toMatchObject([
        { where: "drive", files: 1, ofFiles: 1 },
      ]),
    5000,
  );
  expect(await filesOn(drive)).toMatchObject({ "x/a.txt": "from there" });
});

test("a drive that tells its changes is asked, and not listed again while nothing happens", async () => {
  const { drive, offline, place } = await service({ driveOptions: { canTellChanges: true } });
  drive.seed("a.txt", "1");
  await offline.pin(DRIVE_ID, TOP);
  await synced(offline);
  const asked = (what: string): number => drive.asked.filter((one) => one.startsWith(what)).length;
  const [listed, told] = [asked("list"), asked("changes")];
  await vi.waitFor(() => expect(asked("changes")).toBeGreaterThan(told + 3), 5000);
  expect(asked("list")).toBeLessThanOrEqual(listed + 1);
  drive.seed("b.txt", "2");
  await vi.waitFor(async () => expect(await content(place("b.txt"))).toBe("2"), 5000);
});
