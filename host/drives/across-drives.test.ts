import { expect, test } from "vitest";
import { drivePathSchema, type DriveId } from "#contract/drives.ts";
import { openDriveBench, type DriveBench } from "../testing/drive-bench.ts";
import { MemoryDrive } from "../testing/memory-drive.ts";
import { DriveError } from "./drive-error.ts";

const OPERATION = "0198c1de-0000-7000-8000-00000000000a";

interface Two {
  bench: DriveBench;
  from: MemoryDrive;
  target: MemoryDrive;
  place: (how: "copy" | "move", path: string, to: string, more?: { overwrite?: boolean }) => Promise<unknown>;
  ids: [DriveId, DriveId];
}

async function open(options: ConstructorParameters<typeof MemoryDrive>[0] = {}): Promise<Two> {
  const bench = await openDriveBench();
  const from = new MemoryDrive();
  const target = new MemoryDrive(options);
  bench.servers.set("https://a.example.org/", { drive: from });
  bench.servers.set("https://b.example.org/", { drive: target });
  const a = await bench.service.add({ name: "A", kind: "webdav", address: "a.example.org" });
  const b = await bench.service.add({ name: "B", kind: "webdav", address: "b.example.org" });
  const place: Two["place"] = (how, path, to, more) =>
    bench.files[how]({
      driveId: a.id,
      path: drivePathSchema.parse(path),
      toDriveId: b.id,
      to: drivePathSchema.parse(to),
      operation: OPERATION,
      ...more,
    });
  return { bench, from, target, place, ids: [a.id, b.id] };
}

async function textOf(drive: MemoryDrive, path: string): Promise<string> {
  const signal = AbortSignal.timeout(5000);
  return new Response((await drive.read(drivePathSchema.parse(path), {}, { signal })).stream).text();
}

test("a file goes from one drive to another with its time; moved, it is no longer where it was", async () => {
  const { bench, from, target, place } = await open();
  from.seed("a.txt", "x".repeat(100_000));
  target.seedFolder("there");
  await place("copy", "a.txt", "there/b.txt");
  expect(await textOf(target, "there/b.txt")).toBe("x".repeat(100_000));
  expect(from.paths).toEqual(["a.txt"]);
  await place("move", "a.txt", "a.txt");
  expect(from.paths).toEqual([]);
  expect(target.paths).toEqual(["a.txt", "there/", "there/b.txt"]);
  const progress = bench.told.filter((event) => event.type === "driveProgress");
  expect(progress.at(-1)).toMatchObject({ operation: OPERATION, doneBytes: 100_000, totalBytes: 100_000 });
});

test("a folder goes with all that it holds, empty folders too", async () => {
  const { from, target, place } = await open();
  for (const path of ["a/1.txt", "a/b/2.txt", "a/b/c/3.txt"]) from.seed(path, path);
  from.seedFolder("a/empty");
  await place("move", "a", "z");
  expect(from.paths).toEqual([]);
  expect(target.paths).toEqual(["z/", "z/1.txt", "z/b/", "z/b/2.txt", "z/b/c/", "z/b/c/3.txt", "z/empty/"]);
  expect(await textOf(target, "z/b/c/3.txt")).toBe("a/b/c/3.txt");
});

test("what is there is taken the place of only when asked for", async () => {
  const { from, target, place } = await open();
  from.seed("a.txt", "new");
  from.seed("f/x.txt", "new");
  target.seed("a.txt", "old");
  target.seed("f/y.txt", "old");
  for (const path of ["a.txt", "f"])
    await expect(place("move", path, path)).rejects.toMatchObject({ fault: "exists" });
  expect(target.paths).toEqual(["a.txt", "f/", "f/y.txt"]);
  for (const path of ["a.txt", "f"]) await place("move", path, path, { overwrite: true });
  expect(target.paths).toEqual(["a.txt", "f/", "f/x.txt"]);
  expect(await textOf(target, "a.txt")).toBe("new");
});

test("given up at any moment, nothing half-done is left and nothing is gone", async () => {
  for (const steps of [0, 1, 2, 3, 5, 8, 12, 15, 18]) {
    const { bench, from, target, place } = await open();
    from.seed("f/a.txt", "x".repeat(50_000));
    from.seed("f/b/c.txt", "x".repeat(50_000));
    target.seed("f/old.txt", "old");
    let left = steps;
    for (const drive of [from, target]) {
      const { asked } = drive;
      asked.push = (...items: string[]): number => {
        if ((left -= 1) < 0) bench.files.operations.cancel(OPERATION);
        return items.length;
      };
    }
    const outcome = await place("copy", "f", "f", { overwrite: true }).then(
      () => "done",
      (error: unknown) => (error instanceof DriveError ? error.fault : error),
    );
    expect(["cancelled", "done"]).toContain(outcome);
    expect(target.paths).toEqual(
      outcome === "done" ? ["f/", "f/a.txt", "f/b/", "f/b/c.txt"] : ["f/", "f/old.txt"],
    );
    expect(from.paths).toEqual(["f/", "f/a.txt", "f/b/", "f/b/c.txt"]);
  }
});

test("a target without room leaves nothing of a folder, and the source where it is", async () => {
  const { from, target, place } = await open({ roomBytes: 60_000 });
  from.seed("f/a.txt", "x".repeat(50_000));
  from.seed("f/b.txt", "x".repeat(50_000));
  await expect(place("move", "f", "f")).rejects.toMatchObject({ fault: "full" });
  expect(target.paths).toEqual([]);
  expect(from.paths).toEqual(["f/", "f/a.txt", "f/b.txt"]);
});

test("what changed while it was moved is not removed", async () => {
  const { from, target, place } = await open();
  from.seed("f/a.txt", "one");
  const write = target.write.bind(target);
  target.write = async (path, content, call) => {
    const entry = await write(path, content, call);
    from.seed("f/later.txt", "added meanwhile");
    return entry;
  };
  await expect(place("move", "f", "f")).rejects.toMatchObject({ fault: "changed" });
  expect(from.paths).toEqual(["f/", "f/a.txt", "f/later.txt"]);
  expect(target.paths).toEqual(["f/", "f/a.txt"]);
});

test("a drive that kept fewer bytes than it was sent is not believed, and the source stays", async () => {
  const { from, target, place } = await open();
  from.seed("a.txt", "0123456789");
  const write = target.write.bind(target);
  target.write = async (path, content, call) => ({ ...(await write(path, content, call)), sizeBytes: 4 });
  await expect(place("move", "a.txt", "a.txt")).rejects.toMatchObject({ fault: "damaged" });
  expect(from.paths).toEqual(["a.txt"]);
  expect(target.paths).toEqual([]);
});

test("two drives of one place: nothing is moved into itself", async () => {
  const { bench, from, ids } = await open();
  from.seed("sub/deep/x.txt", "x");
  bench.servers.set("https://a.example.org/sub/", { drive: new MemoryDrive() });
  const inner = await bench.service.add({ name: "C", kind: "webdav", address: "https://a.example.org/sub/" });
  const moved = bench.files.move({
    driveId: ids[0],
    path: drivePathSchema.parse("sub"),
    toDriveId: inner.id,
    to: drivePathSchema.parse("deep/again"),
  });
  await expect(moved).rejects.toMatchObject({ fault: "outside" });
  expect(from.paths).toEqual(["sub/", "sub/deep/", "sub/deep/x.txt"]);
});

test("the top of a drive is neither moved nor removed", async () => {
  const { bench, place, ids } = await open();
  await expect(place("move", "", "x")).rejects.toMatchObject({ fault: "forbidden" });
  const gone = bench.files.remove(ids[0], drivePathSchema.parse(""), {}, AbortSignal.timeout(5000));
  await expect(gone).rejects.toMatchObject({ fault: "forbidden" });
});
