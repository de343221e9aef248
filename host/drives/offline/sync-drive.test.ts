import { appendFile, mkdir, readFile, rm, stat, symlink, utimes } from "node:fs/promises";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { drivePathSchema, type DrivePath } from "#contract/drives.ts";
import { MemoryDrive, type MemoryDriveOptions } from "../../testing/memory-drive.ts";
import { tempFolder } from "../../testing/temp-folder.ts";
import { DriveError } from "../drive-error.ts";
import { filesOn, Machine, type MachineOptions } from "./testing/machine.ts";

type Extra = Partial<MachineOptions> & { drive?: MemoryDrive; driveOptions?: MemoryDriveOptions };

async function pinned(files: Record<string, string>, extra: Extra = {}) {
  const drive = extra.drive ?? new MemoryDrive(extra.driveOptions);
  for (const [path, text] of Object.entries(files)) drive.seed(path, text);
  const machine = await Machine.start({ folder: await tempFolder(), ...extra, drive });
  onTestFinished(() => machine.close());
  await machine.converge();
  drive.asked.length = 0;
  return { drive, machine };
}

const parsed = (text: string): DrivePath => drivePathSchema.parse(text);
const transfers = (drive: MemoryDrive): string[] => drive.asked.filter((one) => /^(?:read|write) /.test(one));

test("what is pinned is brought as real files, and a second round transfers nothing", async () => {
  const { drive, machine } = await pinned({ "a.txt": "one", "Dossier é/b.txt": "two", "Dossier é/vide": "" });
  expect(await machine.files()).toEqual({
    "a.txt": "one",
    "Dossier é/": null,
    "Dossier é/b.txt": "two",
    "Dossier é/vide": "",
  });
  await machine.converge();
  expect(transfers(drive)).toEqual([]);
  expect((await stat(machine.place("a.txt"))).mode & 0o077).toBe(0);
});

test("changes, new files and deletions go both ways", async () => {
  const { drive, machine } = await pinned({
    "a.txt": "1",
    "b.txt": "1",
    "c.txt": "1",
    "d.txt": "1",
    "e.txt": "1",
  });
  await machine.write("a.txt", "2");
  drive.seed("b.txt", "2");
  await machine.remove("c.txt");
  drive.drop("d.txt");
  await machine.write("Neu/f.txt", "new here");
  drive.seed("New/g.txt", "new there");
  await machine.converge();
  const expected = {
    "a.txt": "2",
    "b.txt": "2",
    "e.txt": "1",
    "Neu/": null,
    "Neu/f.txt": "new here",
    "New/": null,
    "New/g.txt": "new there",
  };
  expect(await machine.files()).toEqual(expected);
  expect(await filesOn(drive)).toEqual(expected);
});

test("what the drive deleted lies in the trash of the day", async () => {
  const { drive, machine } = await pinned({ "x/a.txt": "kept", "x/b.txt": "" });
  drive.drop("x/a.txt");
  await machine.converge();
  expect(await machine.files(machine.trash)).toMatchObject({ "2026-11-23-deleted/x/a.txt": "kept" });
});

test("a file changed on both sides is there twice, with a row to decide", async () => {
  const { drive, machine } = await pinned({ "Rapport.odt": "base" });
  await machine.write("Rapport.odt", "mine");
  drive.seed("Rapport.odt", "theirs");
  await machine.converge();
  const both = { "Rapport (conflit, Anna, 2026-11-23).odt": "mine", "Rapport.odt": "theirs" };
  expect(await machine.files()).toEqual(both);
  expect(await filesOn(drive)).toEqual(both);
  expect(machine.journal.conflicts()).toMatchObject([
    { path: "Rapport.odt", copyPath: "Rapport (conflit, Anna, 2026-11-23).odt", reason: "both" },
  ]);
  await machine.write("Rapport.odt", "mine again");
  drive.seed("Rapport.odt", "theirs again");
  await machine.converge();
  expect(Object.keys(await machine.files())).toContain("Rapport (conflit, Anna, 2026-11-23) (2).odt");
});

test("the same content on both sides is no conflict", async () => {
  const { drive, machine } = await pinned({ "a.txt": "1" });
  await machine.write("a.txt", "2");
  drive.seed("a.txt", "2");
  await machine.write("b.txt", "same");
  drive.seed("b.txt", "same");
  await machine.converge();
  expect(await machine.files()).toEqual({ "a.txt": "2", "b.txt": "same" });
  expect(machine.journal.conflicts()).toEqual([]);
});

test("a file that was only touched is not sent", async () => {
  const { drive, machine } = await pinned({ "a.txt": "1" });
  await utimes(machine.place("a.txt"), 1, 1);
  await machine.converge();
  expect(transfers(drive)).toEqual([]);
});

test("renames and moves are followed on both sides without sending anything again", async () => {
  const { drive, machine } = await pinned({
    "x/a.txt": "1",
    "x/deep/b.txt": "2",
    "y/c.txt": "3",
    "d.txt": "4",
  });
  await machine.rename("x", "z");
  await machine.rename("d.txt", "z/deep/e.txt");
  await drive.move(parsed("y"), parsed("w"), {}, { signal: new AbortController().signal });
  await machine.converge();
  const expected = {
    "w/": null,
    "w/c.txt": "3",
    "z/": null,
    "z/a.txt": "1",
    "z/deep/": null,
    "z/deep/b.txt": "2",
    "z/deep/e.txt": "4",
  };
  expect(await machine.files()).toEqual(expected);
  expect(await filesOn(drive)).toEqual(expected);
  expect(transfers(drive).filter((one) => one.startsWith("write"))).toEqual([]);
});

test("what was renamed here and changed there arrives under its new name", async () => {
  const { drive, machine } = await pinned({ "a.txt": "1" });
  await machine.rename("a.txt", "b.txt");
  drive.seed("a.txt", "2");
  await machine.converge();
  expect(await filesOn(drive)).toEqual(await machine.files());
  expect(Object.values(await machine.files())).toContain("2");
});

test("a change outlives a deletion, on either side, and so does its folder", async () => {
  const { drive, machine } = await pinned({ "x/a.txt": "1", "y/b.txt": "1" });
  await machine.write("x/a.txt", "2");
  drive.drop("x");
  await machine.remove("y");
  drive.seed("y/b.txt", "2");
  await machine.converge();
  const expected = { "x/": null, "x/a.txt": "2", "y/": null, "y/b.txt": "2" };
  expect(await machine.files()).toEqual(expected);
  expect(await filesOn(drive)).toEqual(expected);
});

test("many deletions wait until somebody has agreed", async () => {
  const files = Object.fromEntries(Array.from({ length: 20 }, (_, at) => [`x/${at}.txt`, String(at)]));
  const { drive, machine } = await pinned(files);
  drive.drop("x");
  const outcome = await machine.converge();
  expect([...outcome.asked.values()]).toMatchObject([[{ where: "here", files: 20, ofFiles: 20 }]]);
  expect(Object.keys(await machine.files())).toHaveLength(21);
  const [pin] = machine.journal.pins();
  if (pin === undefined) throw new Error("no pin");
  machine.journal.putPin({ ...pin, approvedHere: 20 });
  expect((await machine.converge()).asked.size).toBe(0);
  expect(await machine.files()).toEqual({});
  expect(machine.journal.pins()[0]?.approvedHere).toBe(0);
});

test("a pinned folder that is gone from this machine takes nothing from the drive without a question", async () => {
  const { drive, machine } = await pinned({ "x/a.txt": "1" }, { pins: ["x"] });
  await machine.remove("x");
  const outcome = await machine.converge();
  expect([...outcome.asked.values()]).toMatchObject([[{ where: "drive", files: 1 }]]);
  expect(await filesOn(drive)).toHaveProperty(["x/a.txt"], "1");
});

test("a pinned folder that is gone from the drive stays here", async () => {
  const { drive, machine } = await pinned({ "x/a.txt": "1" }, { pins: ["x"] });
  drive.drop("x");
  const outcome = await machine.converge();
  expect([...outcome.unknown.values()].map(({ fault }) => fault)).toEqual(["notFound"]);
  expect(await machine.files()).toEqual({ "x/": null, "x/a.txt": "1" });
});

test("nothing is taken for deleted in a folder that cannot be listed to its end", async () => {
  const { drive, machine } = await pinned({ "x/a.txt": "1", "x/b.txt": "1", "y/c.txt": "1" });
  const list = drive.list.bind(drive);
  drive.list = async function* (path, call) {
    for await (const entry of list(path, call)) {
      if (path === "x" && entry.name === "b.txt") throw new DriveError("forbidden", { title: "no" });
      yield entry;
    }
  };
  drive.seed("y/c.txt", "2");
  const outcome = await machine.pass();
  expect([...outcome.unknown.keys()]).toEqual(["x"]);
  expect(await machine.files()).toMatchObject({ "x/a.txt": "1", "x/b.txt": "1", "y/c.txt": "2" });
});

test("on a drive that is only read, changes are kept beside and new files left where they are", async () => {
  const { drive, machine } = await pinned(
    { "a.txt": "1", "b.txt": "1" },
    { driveOptions: { canWrite: false } },
  );
  await machine.write("a.txt", "mine");
  await machine.write("new.txt", "mine too");
  await machine.remove("b.txt");
  const outcome = await machine.converge();
  expect(await machine.files()).toEqual({
    "a (conflit, Anna, 2026-11-23).txt": "mine",
    "a.txt": "1",
    "b.txt": "1",
    "new.txt": "mine too",
  });
  expect(machine.journal.conflicts()).toMatchObject([{ reason: "readOnly", path: "a.txt" }]);
  expect(outcome.leftOut.map(({ path, reason }) => [path, reason])).toContainEqual(["new.txt", "readOnly"]);
  expect(await filesOn(drive)).toEqual({ "a.txt": "1", "b.txt": "1" });
});

test("a drive that is gone changes nothing, and what was begun goes on later", async () => {
  const { drive, machine } = await pinned({ "a.txt": "1" });
  drive.failure = new DriveError("unreachable", { title: "gone" });
  await machine.write("b.txt", "2");
  await expect(machine.pass()).rejects.toMatchObject({ fault: "unreachable" });
  expect(await machine.files()).toEqual({ "a.txt": "1", "b.txt": "2" });
  drive.failure = undefined;
  await machine.converge();
  expect(await filesOn(drive)).toEqual({ "a.txt": "1", "b.txt": "2" });
});

test("what is being written is not read, and what is written while it is read is not sent", async () => {
  let clock = 0;
  const { drive, machine } = await pinned({}, { settleMs: 2000, elapsed: () => clock });
  await machine.write("a.txt", "half");
  expect((await machine.pass()).isBusy).toBe(true);
  clock += 1000;
  await appendFile(machine.place("a.txt"), " and more");
  expect((await machine.pass()).isBusy).toBe(true);
  clock += 2000;
  const write = drive.write.bind(drive);
  drive.write = async (path, content, call) => {
    await appendFile(machine.place("a.txt"), "!");
    return write(path, content, call);
  };
  await machine.pass();
  expect(await filesOn(drive)).toEqual({});
  drive.write = write;
  await machine.pass();
  clock += 2000;
  await machine.pass();
  expect(await filesOn(drive)).toEqual({ "a.txt": "half and more!" });
});

test("a full drive leaves the rest going, and says so", async () => {
  const { drive, machine } = await pinned({ "a.txt": "1" }, { driveOptions: { roomBytes: 10 } });
  await machine.write("big.txt", "x".repeat(100));
  drive.seed("c.txt", "3");
  const outcome = await machine.pass();
  expect([...outcome.full]).toEqual(["drive"]);
  expect(outcome.failures.get(parsed("big.txt"))?.fault).toBe("full");
  expect(await machine.files()).toMatchObject({ "c.txt": "3" });
});

test("without room on this machine, what does not fit is not brought, and what is here stays", async () => {
  let room = 5;
  const reserve = (bytes: number): Promise<void> => {
    room -= bytes;
    return room < 0 ? Promise.reject(new DriveError("full", { title: "no room" })) : Promise.resolve();
  };
  const { machine } = await pinned({ "a.txt": "1", "b.txt": "x".repeat(100) }, { reserve });
  expect(await machine.files()).toEqual({ "a.txt": "1" });
  expect(await machine.files(machine.parts)).toEqual({});
});

test("a file in place of a folder, and the other way round, follows whoever changed it", async () => {
  const { drive, machine } = await pinned({
    a: "file",
    "b/c.txt": "in folder",
    d: "file",
    "e/f.txt": "in folder",
  });
  await machine.remove("a");
  await machine.write("a/x.txt", "now a folder");
  drive.drop("d");
  drive.seed("d/y.txt", "now a folder");
  drive.drop("b");
  drive.seed("b", "now a file");
  await machine.converge();
  expect(await machine.files()).toEqual(await filesOn(drive));
  expect(await machine.files()).toMatchObject({
    "a/x.txt": "now a folder",
    "d/y.txt": "now a folder",
    b: "now a file",
    "e/f.txt": "in folder",
  });
  expect(Object.values(await machine.files())).toContain("in folder");
});

test("names that this machine cannot hold, and names that only differ in case, are left out and named", async () => {
  const drive = new MemoryDrive();
  drive.seed("Note.txt", "1");
  drive.seed("note.txt", "2");
  drive.seed(`e\u0301.txt`, "nfd");
  drive.seed(`${"x".repeat(200)}${"é".repeat(60)}.txt`, "too long");
  const { machine } = await pinned({}, { drive, isCaseSensitive: false });
  const { leftOut } = await machine.pass();
  expect(leftOut.map(({ path, reason }) => [path.slice(0, 8), reason])).toEqual([
    ["xxxxxxxx", "name"],
    ["note.txt", "sameName"],
  ]);
  expect(await machine.files()).toEqual({ "Note.txt": "1", [`e\u0301.txt`]: "nfd" });
});

test("links are neither followed nor taken along, wherever they lead", async () => {
  const { drive, machine } = await pinned({ "x/a.txt": "1" });
  const outside = await tempFolder();
  await symlink(outside, machine.place("x/out"));
  await symlink(machine.place("x"), machine.place("x/loop"));
  await rm(machine.place("x/a.txt"));
  await symlink(join(outside, "secret"), machine.place("x/a.txt"));
  const outcome = await machine.pass();
  expect(outcome.leftOut.map(({ path, reason }) => [path, reason])).toEqual([
    ["x/a.txt", "notAFile"],
    ["x/loop", "notAFile"],
    ["x/out", "notAFile"],
  ]);
  expect(await filesOn(drive)).toEqual({ "x/": null, "x/a.txt": "1" });
});

test("what lies beside a pin is named and left alone", async () => {
  const { drive, machine } = await pinned({ "x/deep/a.txt": "1", "x/b.txt": "" }, { pins: ["x/deep"] });
  await mkdir(machine.place("x/mine"));
  await machine.write("top.txt", "mine");
  const outcome = await machine.converge();
  expect(new Set(outcome.leftOut.map(({ path, reason }) => `${path} ${reason}`))).toEqual(
    new Set(["top.txt notPinned", "x/mine notPinned"]),
  );
  expect(await filesOn(drive)).toEqual({ "x/": null, "x/b.txt": "", "x/deep/": null, "x/deep/a.txt": "1" });
  expect(await readFile(machine.place("x/deep/a.txt"), "utf8")).toBe("1");
});

test("a large file that was renamed on a drive without numbers of files is known by its version and content", async () => {
  const large = "0123456789abcdef".repeat(40_000);
  const drive = new MemoryDrive();
  drive.seed("Film.mp4", large);
  drive.seed("Autre.mp4", large.toUpperCase());
  let bytes = 0;
  const list = drive.list.bind(drive);
  drive.list = async function* (folder, call) {
    for await (const entry of list(folder, call)) yield { ...entry, fileId: null };
  };
  const read = drive.read.bind(drive);
  drive.read = async (path, wanted, call) => {
    const content = await read(path, wanted, call);
    bytes += content.sizeBytes ?? 0;
    return { ...content, entry: { ...content.entry, fileId: null } };
  };
  const { machine } = await pinned({}, { drive });
  bytes = 0;
  await drive.move(
    parsed("Film.mp4"),
    parsed("Film de vacances.mp4"),
    {},
    { signal: new AbortController().signal },
  );
  await machine.converge();
  expect(bytes).toBe(3 * 128 * 1024);
  expect(await machine.files()).toEqual({ "Autre.mp4": large.toUpperCase(), "Film de vacances.mp4": large });
});

test("a drive that is suddenly empty takes nothing from this machine without a question", async () => {
  const { drive, machine } = await pinned({ "a.txt": "1", "b.txt": "2" });
  drive.drop("a.txt");
  drive.drop("b.txt");
  const outcome = await machine.converge();
  expect([...outcome.asked.values()]).toMatchObject([[{ where: "here", files: 2 }]]);
  expect(await machine.files()).toEqual({ "a.txt": "1", "b.txt": "2" });
});

test("where case does not count, a name that is only written differently is a rename", async () => {
  const { drive, machine } = await pinned({ "note.txt": "1", "other.txt": "2" }, { isCaseSensitive: false });
  await machine.rename("note.txt", "Note.txt");
  await drive.move(parsed("other.txt"), parsed("Other.TXT"), {}, { signal: new AbortController().signal });
  const outcome = await machine.converge();
  expect(outcome.leftOut).toEqual([]);
  expect(await filesOn(drive)).toEqual({ "Note.txt": "1", "Other.TXT": "2" });
  expect(await machine.files()).toEqual({ "Note.txt": "1", "Other.TXT": "2" });
});
