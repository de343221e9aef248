import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { childPath, libraryDriveId, TOP } from "#contract/drives.ts";
import { lockStatusSchema } from "#contract/desktop/lock.ts";
import { scopeSchema } from "#contract/scope.ts";
import { account, openDriveBench, type DriveBench } from "../testing/drive-bench.ts";
import { MemoryDrive } from "../testing/memory-drive.ts";
import { DriveError } from "./drive-error.ts";

const ADDRESS = "https://files.example.org/dav/";
const PASSWORD = "correct horse battery";

async function withServer(
  password?: string,
  options = {},
): Promise<{ bench: DriveBench; drive: MemoryDrive }> {
  const bench = await openDriveBench(options);
  const drive = new MemoryDrive();
  bench.servers.set(ADDRESS, { drive, ...(password === undefined ? {} : { password }) });
  return { bench, drive };
}

const added = { name: "Commun", kind: "webdav" as const, address: ADDRESS };

test("a drive is added once it was reached, and found again after a restart", async () => {
  const { bench } = await withServer();
  const drive = await bench.service.add(added);
  expect(drive).toMatchObject({ state: "connected", origin: "person", canWrite: true, address: ADDRESS });
  expect(drive.quota?.availableBytes).toBeGreaterThan(0);
  const { service } = await bench.again();
  service.start();
  await expect
    .poll(() => service.list())
    .toMatchObject([{ id: drive.id, name: "Commun", state: "connected" }]);
});

test("what cannot be reached or opened is not added, and nothing of it is kept", async () => {
  const { bench } = await withServer(PASSWORD);
  const { service } = bench;
  await expect(service.add({ ...added, address: "https://gone.example.org" })).rejects.toMatchObject({
    fault: "unreachable",
  });
  await expect(service.add(added)).rejects.toMatchObject({ fault: "needsPassword" });
  await expect(service.add({ ...added, username: "ada", password: "wrong one" })).rejects.toMatchObject({
    fault: "wrongPassword",
  });
  expect(service.list()).toEqual([]);
  expect(await bench.secrets.names()).toEqual([]);
});

test("one that never answers ends in time, and says so", async () => {
  const { bench, drive } = await withServer(undefined, { limits: { reachMs: 20 } });
  drive.capabilities = () => new Promise(() => undefined);
  await expect(bench.service.add(added)).rejects.toMatchObject({ fault: "unreachable" });
});

test("a password is in the secret store alone, and opens the drive after a restart", async () => {
  const { bench } = await withServer(PASSWORD);
  const { id } = await bench.service.add({ ...added, username: "ada", password: PASSWORD });
  expect(await bench.secrets.names()).toEqual([`drive-password/${id}`]);
  for (const name of await readdir(bench.dataDir))
    expect(await readFile(join(bench.dataDir, name), "utf8")).not.toContain(PASSWORD);
  const next = await bench.again();
  next.service.start();
  await expect.poll(() => next.service.get(id).state).toBe("connected");
  expect(next.accesses).toEqual([{ username: "ada", password: PASSWORD }]);
  await next.service.remove(id);
  expect(await bench.secrets.names()).toEqual([]);
  expect(await readFile(join(bench.dataDir, "drives.json"), "utf8")).not.toContain(id);
});

test("addresses with credentials, in clear text, relative ones and those known already are refused, repeating nothing", async () => {
  const { bench } = await withServer();
  const { service } = bench;
  await service.add(added);
  const refused = [
    ["webdav", "https://ada:secret@files.example.org/dav/"],
    ["webdav", "http://files.example.org/dav/"],
    ["webdav", "https://files.example.org/?token=secret"],
    ["webdav", "ftp://files.example.org/"],
    ["mount", "smb://ada:secret@files.example.org/share"],
    ["folder", "secret/relative"],
    ["folder", "\0"],
  ] as const;
  for (const [kind, address] of refused) {
    const failed = service.add({ name: "x", kind, address });
    await expect(failed).rejects.toMatchObject({ kind: "wrongAddress" });
    await expect(failed).rejects.not.toThrow(/secret/);
  }
  for (const address of [
    "HTTPS://FILES.example.org/dav",
    "files.example.org/dav/",
    "davs://files.example.org/dav",
  ])
    await expect(service.add({ ...added, address })).rejects.toMatchObject({ fault: "exists" });
  expect(service.list()).toHaveLength(1);
});

test("clear text is allowed to this machine, and elsewhere where the organisation says so", async () => {
  const bench = await openDriveBench({ policies: { AllowUnencryptedDrives: true } });
  bench.servers.set("http://files.example.org/", { drive: new MemoryDrive() });
  bench.servers.set("http://127.0.0.1:8080/", { drive: new MemoryDrive() });
  await bench.service.add({ ...added, address: "http://files.example.org" });
  await bench.service.add({ ...added, address: "http://127.0.0.1:8080" });
  expect(bench.service.list()).toHaveLength(2);
});

test("an unreachable drive is tried again by itself, and at once when the network is back", async () => {
  const { bench, drive } = await withServer();
  const { id } = await bench.service.add(added);
  bench.servers.delete(ADDRESS);
  const next = await bench.again();
  next.service.start();
  await expect
    .poll(() => next.service.get(id))
    .toMatchObject({
      state: "unreachable",
      problem: { fault: "unreachable" },
    });
  await vi.waitFor(() => expect(next.accesses.length).toBeGreaterThan(2));
  bench.servers.set(ADDRESS, { drive });
  await expect.poll(() => next.service.get(id).state).toBe("connected");
  const slow = await bench.again();
  bench.servers.delete(ADDRESS);
  slow.service.start();
  await expect.poll(() => slow.service.get(id).state).toBe("unreachable");
  bench.servers.set(ADDRESS, { drive });
  slow.events.emit({ type: "networkChanged", isOnline: true, isMetered: false, isNewWay: true });
  await expect.poll(() => slow.service.get(id).state).toBe("connected");
});

test("a drive that goes away under a call is said to be unreachable, and the next call finds it again", async () => {
  const { bench, drive } = await withServer(undefined, { limits: { firstRetryMs: 60_000 } });
  const { id } = await bench.service.add(added);
  const { files, service } = bench;
  drive.failure = new DriveError("unreachable", { title: "Gone" });
  await expect(files.stat(id, TOP, AbortSignal.timeout(5000))).rejects.toMatchObject({
    fault: "unreachable",
  });
  expect(service.get(id)).toMatchObject({ state: "unreachable" });
  drive.failure = undefined;
  expect(await files.stat(id, TOP, AbortSignal.timeout(5000))).toMatchObject({ kind: "folder" });
  expect(service.get(id)).toMatchObject({ state: "connected", problem: null });
});

test("a password that ended is asked for; a wrong one is not kept, the right one is", async () => {
  const { bench } = await withServer("old password");
  const { id } = await bench.service.add({ ...added, username: "ada", password: "old password" });
  const drive = new MemoryDrive();
  bench.servers.set(ADDRESS, { drive, password: PASSWORD });
  const { service, accesses } = await bench.again();
  service.start();
  await expect.poll(() => service.get(id).state).toBe("needsPassword");
  const tries = accesses.length;
  await expect(service.connect(id, undefined, "no")).rejects.toMatchObject({ fault: "wrongPassword" });
  expect(await bench.secrets.get(`drive-password/${id}`)).toBe("old password");
  expect(await service.connect(id, undefined, PASSWORD)).toMatchObject({
    state: "connected",
    username: "ada",
  });
  expect(await bench.secrets.get(`drive-password/${id}`)).toBe(PASSWORD);
  // Nobody but a person gives passwords: it was not tried by itself.
  expect(accesses.length).toBe(tries + 2);
});

test("disconnected stays disconnected over a restart, until it is connected", async () => {
  const { bench, drive } = await withServer();
  const { id } = await bench.service.add(added);
  expect(await bench.service.disconnect(id)).toMatchObject({ state: "disconnected", problem: null });
  expect(drive.isClosed).toBe(true);
  const { service, files } = await bench.again();
  service.start();
  service.retryAll();
  expect(service.get(id).state).toBe("disconnected");
  await expect(files.stat(id, TOP, AbortSignal.timeout(5000))).rejects.toMatchObject({
    fault: "unreachable",
  });
  expect(await service.connect(id)).toMatchObject({ state: "connected" });
});

test("the organisation's drives are there, cannot be removed, and go with the policy; entries that are none are said", async () => {
  const policies = {
    Drives: [
      `Commun=${ADDRESS}`,
      JSON.stringify({ name: "Mien", address: "https://files.example.org/%USERNAME%/", username: "ada" }),
      "nothing at all",
      "Faux=https://ada:secret@files.example.org/",
      `Encore=${ADDRESS}`,
    ],
  };
  const { bench } = await withServer(undefined, { policies });
  expect(bench.service.list()).toMatchObject([
    { name: "Commun", origin: "policy", kind: "webdav", address: ADDRESS },
    { name: "Mien", origin: "policy", username: "ada" },
  ]);
  expect(bench.service.list()[1]?.address).not.toContain("USERNAME");
  expect(bench.notices).toHaveLength(2);
  expect(bench.notices.join(" ")).not.toContain("secret");
  const [drive] = bench.service.list();
  if (drive === undefined) throw new Error("no drive");
  await expect(bench.service.remove(drive.id)).rejects.toMatchObject({ kind: "forbidden" });
  expect((await bench.again()).service.list()[0]?.id).toBe(drive.id);
});

test("a library is no drive of the list, but usable by its id, also after a restart, and gone with its account", async () => {
  const here = account("one");
  const { bench } = await withServer(undefined, { accounts: [here] });
  const scope = scopeSchema.parse("space:0198c1de-0000-7000-8000-000000000001");
  bench.servers.set("https://one.example.org/", { drive: new MemoryDrive() });
  const { id } = await bench.service.library(here.id, scope);
  expect(id).toBe(libraryDriveId(here.id, scope));
  expect(bench.service.list()).toEqual([]);
  const next = await bench.again();
  expect(await next.files.stat(id, TOP, AbortSignal.timeout(5000))).toMatchObject({ kind: "folder" });
  await expect(bench.service.library(account("two").id, scope)).rejects.toMatchObject({ kind: "notFound" });
  here.state = "signedOut";
  next.service.start();
  next.events.emit({ type: "accountsChanged", accounts: [here] });
  expect(() => next.service.get(id)).toThrow(expect.objectContaining({ fault: "notFound" }));
});

test("what a workplace assigns holds while it is away, and for as long as somebody is signed in there", async () => {
  const here = account("one");
  const { bench } = await withServer(undefined, { accounts: [here] });
  await bench.service.assign(here.id, [added]);
  const { service, events } = await bench.again();
  expect(service.list()).toMatchObject([{ name: "Commun", origin: "workplace", accountId: "one" }]);
  service.start();
  here.state = "signedOut";
  events.emit({ type: "accountsChanged", accounts: [here] });
  expect(service.list()).toEqual([]);
});

test("a damaged list is put aside; one drive that does not fit does not cost the others", async () => {
  const { bench } = await withServer();
  const { id } = await bench.service.add(added);
  const path = join(bench.dataDir, "drives.json");
  const content = JSON.parse(await readFile(path, "utf8"));
  await writeFile(
    path,
    JSON.stringify({ ...content, drives: [...content.drives, { id: "no" }], choices: 3 }),
  );
  const next = await bench.again();
  expect(next.service.list()).toMatchObject([{ id, name: "Commun" }]);
  expect(next.notices).toHaveLength(1);
  await writeFile(path, "{");
  const empty = await bench.again();
  expect(empty.service.list()).toEqual([]);
  expect((await readdir(bench.dataDir)).filter((name) => name.includes("drives.json.damaged"))).toHaveLength(
    2,
  );
});

test("pages hear once of many changes, nothing while Parvis is locked, and all of it afterwards", async () => {
  const { bench } = await withServer();
  const { service, told, lock, events } = bench;
  service.start();
  const { id } = await service.add(added);
  await service.rename(id, "Autre");
  expect(told.at(-1)).toMatchObject({ type: "drivesChanged", drives: [{ name: "Autre" }] });
  lock.isLocked = true;
  const before = told.length;
  await service.rename(id, "Secret");
  await bench.files.makeFolder(id, childPath(TOP, "a"), AbortSignal.timeout(5000));
  expect(told.length).toBe(before);
  lock.isLocked = false;
  const status = lockStatusSchema.parse({
    isLocked: false,
    method: "none",
    reason: null,
    retryAfter: 0,
  });
  events.emit({ type: "lockChanged", status });
  await expect.poll(() => told.at(-1)).toMatchObject({ drives: [{ name: "Secret" }] });
});
