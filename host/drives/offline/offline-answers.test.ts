import { mkdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { TOP } from "#contract/drives.ts";
import { DRIVE_ID, filesOn } from "./testing/machine.ts";
import { OTHER, ACCOUNT, service, synced, content } from "./testing/service.ts";

test.each([
  ["mine", { "a.txt": "mine" }],
  ["theirs", { "a.txt": "theirs" }],
  ["both", { "a (conflit, Anna,": "mine", "a.txt": "theirs" }],
] as const)("a conflict that is decided for %s", async (choice, expected) => {
  const { drive, offline, place, bridge, told } = await service();
  drive.seed("a.txt", "1");
  await offline.pin(DRIVE_ID, TOP);
  await synced(offline);
  await offline.setPaused(true);
  await writeFile(place("a.txt"), "mine");
  drive.seed("a.txt", "theirs");
  await offline.setPaused(false);
  await vi.waitFor(() => expect(offline.journal.conflicts()).toHaveLength(1), 5000);
  await synced(offline);
  const isTold = (): boolean =>
    told.some((event) => event.type === "offlineConflictsChanged" && event.conflicts.length === 1);
  await vi.waitFor(() => expect(isTold()).toBe(true), 5000);
  const [conflict] = offline.journal.conflicts();
  expect(await bridge.call("offline.resolve", { id: conflict?.id, choice })).toMatchObject({ ok: true });
  await vi.waitFor(async () => {
    const files = Object.entries(await filesOn(drive)).map(([name, text]) => [name.slice(0, 17), text]);
    expect(Object.fromEntries(files)).toEqual(expected);
  }, 5000);
  expect(await bridge.call("offline.conflicts", {})).toMatchObject({ value: [] });
});

test("many deletions are asked about; given back, the files are there again on both sides", async () => {
  const { drive, offline, place, bridge } = await service();
  for (let count = 0; count < 10; count += 1) drive.seed(`x/${count}.txt`, String(count));
  await offline.pin(DRIVE_ID, TOP);
  await synced(offline);
  drive.drop("x");
  await vi.waitFor(
    () => expect(offline.status().pins[0]?.askedDeletions).toMatchObject([{ where: "here", files: 10 }]),
    5000,
  );
  const answer = (choice: string) =>
    bridge.call("offline.confirmDeletions", { driveId: DRIVE_ID, path: "", where: "here", choice });
  expect(await answer("restore")).toMatchObject({ ok: true });
  await vi.waitFor(async () => expect(Object.keys(await filesOn(drive))).toHaveLength(11), 5000);
  await synced(offline);
  await rm(place("x"), { recursive: true });
  await vi.waitFor(
    () => expect(offline.status().pins[0]?.askedDeletions).toMatchObject([{ where: "drive", files: 10 }]),
    5000,
  );
  await bridge.call("offline.confirmDeletions", {
    driveId: DRIVE_ID,
    path: "",
    where: "drive",
    choice: "delete",
  });
  await vi.waitFor(async () => expect(await filesOn(drive)).toEqual({}), 5000);
});

test("a wipe leaves nothing of the account's drives, and nothing of anybody's when it is the whole profile", async () => {
  const { drive, own, offline, dataDir, place, events } = await service();
  drive.seed("secret.txt", "of the account");
  own.seed("mine.txt", "of the person");
  await offline.pin(DRIVE_ID, TOP);
  await offline.pin(OTHER, TOP);
  await vi.waitFor(
    () => expect(offline.status().pins.map(({ state }) => state)).toEqual(["synced", "synced"]),
    5000,
  );
  await writeFile(place("unsent.txt"), "of the account");
  events.emit({ type: "accountWiped", accountId: ACCOUNT, reason: "ordered" });
  await vi.waitFor(() => expect(offline.status().pins.map(({ driveId }) => driveId)).toEqual([OTHER]), 5000);
  await expect(stat(place(""))).rejects.toMatchObject({ code: "ENOENT" });
  expect((await readFile(join(dataDir, "offline.db"), "latin1")).includes("secret.txt")).toBe(false);
  expect(await filesOn(drive)).toHaveProperty(["secret.txt"]);
  await offline.wipe("all");
  await expect(stat(join(dataDir, "offline"))).rejects.toMatchObject({ code: "ENOENT" });
  expect(await filesOn(own)).toEqual({ "mine.txt": "of the person" });
});

test("another folder in place of the pinned files is not taken for one in which everything was deleted", async () => {
  const { drive, offline, dataDir } = await service();
  drive.seed("a.txt", "1");
  await offline.pin(DRIVE_ID, TOP);
  await synced(offline);
  await offline.setPaused(true);
  await rename(join(dataDir, "offline"), join(dataDir, "elsewhere"));
  await mkdir(join(dataDir, "offline"));
  await offline.setPaused(false);
  await vi.waitFor(() => expect(offline.status().pins[0]).toMatchObject({ state: "folderMissing" }), 5000);
  expect(await filesOn(drive)).toEqual({ "a.txt": "1" });
  await rm(join(dataDir, "offline"), { recursive: true });
  await rename(join(dataDir, "elsewhere"), join(dataDir, "offline"));
  offline.syncNow();
  await synced(offline);
});

test("a damaged journal is put aside, and what lies here is found to be the same again", async () => {
  const { drive, offline, dataDir, place, open } = await service();
  drive.seed("a.txt", "1");
  await offline.pin(DRIVE_ID, TOP);
  await synced(offline);
  await offline.stop();
  await writeFile(join(dataDir, "offline.db"), "nothing of the kind".repeat(500));
  const again = await open();
  expect(again.status().pins).toEqual([]);
  await again.pin(DRIVE_ID, TOP);
  await synced(again);
  expect(again.journal.conflicts()).toEqual([]);
  expect(await content(place("a.txt"))).toBe("1");
});

test("an account that was wiped by a run that ended too early is wiped by the next one", async () => {
  const { drive, offline, place, wiped, open } = await service();
  drive.seed("a.txt", "1");
  await offline.pin(DRIVE_ID, TOP);
  await synced(offline);
  await offline.stop();
  wiped.isWiped = true;
  const again = await open();
  expect(again.status().pins).toEqual([]);
  await expect(stat(place(""))).rejects.toMatchObject({ code: "ENOENT" });
});
