import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  childPath,
  drivePathSchema,
  TOP,
  type DriveEntry,
  type DriveFault,
  type DrivePath,
} from "#contract/drives.ts";
import type { Drive, DriveCapabilities, NewContent } from "../drives/drive.ts";

/** A drive to be tried, made for one test. */
export interface TriedDrive {
  drive: Drive;
  /** Writes a file without the drive: somebody else, on another machine. */
  putBehind: (path: DrivePath, text: string) => Promise<void>;
  close: () => Promise<void>;
}

export interface DriveRulesOptions {
  make: () => Promise<TriedDrive>;
  claims: DriveCapabilities;
  /** Names that this one cannot hold, of those that the suite tries. */
  refusedNames?: readonly string[];
  /** Names that this one takes and does not list. */
  hiddenNames?: readonly string[];
  /** It has no strong versions: writes on a condition are only looked at just before. */
  hasWeakVersions?: boolean;
  /** Entries of the large folder. */
  many?: number;
}

const never = new AbortController().signal;
const call = { signal: never };
const at = (path: string): DrivePath => drivePathSchema.parse(path);
const bytesOf = (text: string) => new TextEncoder().encode(text);

const NAMES = [
  "Élan vital à Noël.odt",
  "E\u0301lan de\u0301compose\u0301.txt",
  "🏗️ Chantier 👩‍🔧.md",
  "100 % sûr & certain + #2 ; (copie).txt",
  "%2e%2e",
  "%2F",
  "a'b`c$d.txt",
  "finit par un point.",
  " commence par une espace",
  "CON",
  "..caché",
  "x".repeat(255),
];

/** What every drive does, whatever stands behind it. */
export function driveRules(name: string, options: DriveRulesOptions): void {
  describe(`the drive ${name}`, () => {
    let tried: TriedDrive;
    let drive: Drive;

    beforeEach(async () => {
      tried = await options.make();
      drive = tried.drive;
    });

    afterEach(async () => {
      await tried.close();
    });

    const put = (path: string, text: string, change: Partial<NewContent> = {}) =>
      drive.write(at(path), contentOf(text, change), call);
    const textAt = async (path: string) => textOf((await drive.read(at(path), {}, call)).stream);
    const namesIn = async (path: DrivePath) =>
      (await entriesIn(drive, path)).map((entry) => entry.name).sort();

    test("says what it can do", async () => {
      expect(await drive.capabilities(call)).toEqual(options.claims);
    });

    test("begins with an empty folder, which is there", async () => {
      expect(await drive.stat(TOP, call)).toMatchObject({ path: "", kind: "folder" });
      expect(await namesIn(TOP)).toEqual([]);
    });

    test("has what was written, and lists it as it is", async () => {
      const written = await put("note.txt", "bonjour");
      expect(written).toMatchObject({ path: "note.txt", name: "note.txt", kind: "file", sizeBytes: 7 });
      await drive.makeFolder(at("Plans"), call);
      const [file, folder] = [await drive.stat(at("note.txt"), call), await drive.stat(at("Plans"), call)];
      expect(folder).toMatchObject({ kind: "folder", sizeBytes: null });
      const listed = new Map((await entriesIn(drive, TOP)).map((entry) => [entry.name, entry]));
      expect([...listed.keys()].sort()).toEqual(["Plans", "note.txt"]);
      expect(listed.get("note.txt")).toMatchObject({ sizeBytes: 7, version: file.version, kind: "file" });
      expect(await textAt("note.txt")).toBe("bonjour");
    });

    test("an empty file is a file", async () => {
      await put("vide", "");
      expect(await drive.stat(at("vide"), call)).toMatchObject({ kind: "file", sizeBytes: 0 });
      expect(await textAt("vide")).toBe("");
    });

    test("a version stays while nothing changes, and is another after a write of other content", async () => {
      const { version } = await put("a", "1");
      expect(version).not.toBeNull();
      expect((await drive.stat(at("a"), call)).version).toBe(version);
      await tried.putBehind(at("a"), "22");
      expect((await drive.stat(at("a"), call)).version).not.toBe(version);
    });

    test("a part of a file is read from and to the byte, and beyond its end there is nothing", async () => {
      await put("a", "0123456789");
      const part = await drive.read(at("a"), { range: { first: 2, last: 4 } }, call);
      expect(part.first).toBe(2);
      expect(await textOf(part.stream)).toBe("234");
      const rest = await drive.read(at("a"), { range: { first: 7 } }, call);
      expect(await textOf(rest.stream)).toBe("789");
      const beyond = await drive.read(at("a"), { range: { first: 8, last: 100 } }, call);
      expect(await textOf(beyond.stream)).toBe("89");
    });

    test("reads on a condition, and says when the file is another", async () => {
      const { version } = await put("a", "1");
      const content = await drive.read(at("a"), { ifVersion: version ?? "" }, call);
      expect(await textOf(content.stream)).toBe("1");
      await tried.putBehind(at("a"), "22");
      await expectFault("changed", drive.read(at("a"), { ifVersion: version ?? "" }, call));
    });

    test("a new file takes nobody's place", async () => {
      await put("a", "first", { condition: "new" });
      await expectFault("exists", put("a", "second", { condition: "new" }));
      expect(await textAt("a")).toBe("first");
    });

    test("writes on a condition, and leaves what somebody else wrote meanwhile", async () => {
      const { version } = await put("a", "1");
      const next = await put("a", "2", { condition: { ifVersion: version ?? "" } });
      await tried.putBehind(at("a"), "theirs");
      await expectFault("changed", put("a", "mine", { condition: { ifVersion: next.version ?? "" } }));
      expect(await textAt("a")).toBe("theirs");
      await expectFault("changed", put("gone", "x", { condition: { ifVersion: next.version ?? "" } }));
      expect(await namesIn(TOP)).toEqual(["a"]);
    });

    test.each([
      ["fewer", "abc", 10],
      ["more", "abcdef", 2],
    ])("%s bytes than announced are refused, and nothing of them stays", async (_which, text, sizeBytes) => {
      await put("a", "before");
      await expectFault("damaged", put("a", text, { sizeBytes }));
      await expectFault("damaged", put("b", text, { sizeBytes, condition: "new" }));
      expect(await textAt("a")).toBe("before");
      expect(await namesIn(TOP)).toEqual(["a"]);
    });

    test("a file of unknown length is written whole", async () => {
      await put("a", "x".repeat(100_000), { sizeBytes: null });
      expect(await drive.stat(at("a"), call)).toMatchObject({ sizeBytes: 100_000 });
    });

    test("a body that breaks off leaves what was there", async () => {
      await put("a", "before");
      const broken = new ReadableStream<Uint8Array>({
        start(controller) {
          controller.enqueue(bytesOf("half"));
        },
        pull(controller) {
          controller.error(new Error("the sender is gone"));
        },
      });
      await expect(
        drive.write(at("a"), { stream: broken, sizeBytes: 8, condition: "any" }, call),
      ).rejects.toBeInstanceOf(Error);
      expect(await textAt("a")).toBe("before");
      expect(await namesIn(TOP)).toEqual(["a"]);
    });

    test("who reads while another writes has the old content or the new one", async () => {
      const [old, fresh] = ["a".repeat(200_000), "b".repeat(200_000)];
      await put("a", old);
      const reading = await drive.read(at("a"), {}, call);
      await put("a", fresh);
      const text = await textOf(reading.stream).catch(faultOf);
      expect([old, fresh, "changed", "damaged"]).toContain(text);
      expect(await textAt("a")).toBe(fresh);
    });

    test("folders lie in folders, and are only made where there is one", async () => {
      await drive.makeFolder(at("A"), call);
      await drive.makeFolder(at("A/B"), call);
      await put("A/B/c.txt", "c");
      expect(await namesIn(at("A"))).toEqual(["B"]);
      expect(await namesIn(at("A/B"))).toEqual(["c.txt"]);
      await expectFault("exists", drive.makeFolder(at("A"), call));
      await expectFault("notFound", drive.makeFolder(at("Z/Y"), call));
      await expectFault("notFound", put("Z/y.txt", "y", { condition: "any" }));
    });

    test("a file and a folder are not taken for each other", async () => {
      await put("file", "x");
      await drive.makeFolder(at("folder"), call);
      await expectFault("notAFile", drive.read(at("folder"), {}, call));
      await expectFault("notAFolder", entriesIn(drive, at("file")));
      const failure = await put("folder", "x", { condition: "any" }).catch(faultOf);
      expect(["notAFile", "exists"]).toContain(failure);
      expect(await namesIn(at("folder"))).toEqual([]);
    });

    test("what is not there is said to be so", async () => {
      await expectFault("notFound", drive.stat(at("none"), call));
      await expectFault("notFound", drive.read(at("none"), {}, call));
      await expectFault("notFound", entriesIn(drive, at("none")));
      await expectFault("notFound", drive.remove(at("none"), {}, call));
      await expectFault("notFound", drive.move(at("none"), at("x"), {}, call));
      await expectFault("notFound", drive.copy(at("none"), at("x"), {}, call));
      expect(await namesIn(TOP)).toEqual([]);
    });

    test("a file is moved and renamed, and takes no place that is taken unless asked to", async () => {
      await put("a", "a");
      await put("b", "b");
      await drive.makeFolder(at("F"), call);
      expect(await drive.move(at("a"), at("F/c"), {}, call)).toMatchObject({ path: "F/c", name: "c" });
      await expectFault("exists", drive.move(at("F/c"), at("b"), {}, call));
      expect(await textAt("b")).toBe("b");
      await drive.move(at("F/c"), at("b"), { overwrite: true }, call);
      expect(await textAt("b")).toBe("a");
      expect(await namesIn(at("F"))).toEqual([]);
    });

    test("a folder moves with all that it holds, and not into itself", async () => {
      await tree();
      await drive.move(at("T"), at("U"), {}, call);
      expect(await textAt("U/V/deep.txt")).toBe("deep");
      expect(await namesIn(TOP)).toEqual(["U"]);
      await expect(drive.move(at("U"), at("U/V/W"), {}, call)).rejects.toMatchObject({ name: "DriveError" });
      expect(await textAt("U/V/deep.txt")).toBe("deep");
    });

    test("a folder is copied with all that it holds; the copy is another", async () => {
      await tree();
      await drive.copy(at("T"), at("C"), {}, call);
      await put("C/V/deep.txt", "other");
      expect(await textAt("T/V/deep.txt")).toBe("deep");
      await expectFault("exists", drive.copy(at("T"), at("C"), {}, call));
      await drive.copy(at("T/top.txt"), at("C/copy.txt"), {}, call);
      expect(await textAt("C/copy.txt")).toBe("top");
    });

    test("a folder goes with all that it holds, a file only while it is the one that was seen", async () => {
      await tree();
      const { version } = await drive.stat(at("T/top.txt"), call);
      await tried.putBehind(at("T/top.txt"), "changed behind");
      await expectFault("changed", drive.remove(at("T/top.txt"), { ifVersion: version ?? "" }, call));
      expect(await textAt("T/top.txt")).toBe("changed behind");
      await drive.remove(at("T"), {}, call);
      expect(await namesIn(TOP)).toEqual([]);
    });

    const refused = options.refusedNames ?? [];

    test.each(NAMES.filter((each) => refused.includes(each)))(
      "a file named %j is refused as such",
      async (each) => {
        await expectFault("invalidName", put(each, "x", { condition: "new" }));
        expect(await namesIn(TOP)).toEqual([]);
      },
    );

    const kept = NAMES.filter((each) => !refused.includes(each) && !options.hiddenNames?.includes(each));

    test.each(kept)("a file named %j keeps its name", async (fileName) => {
      await put(fileName, "x", { condition: "new" });
      expect(await namesIn(TOP)).toEqual([fileName]);
      expect(await textAt(fileName)).toBe("x");
      await drive.move(at(fileName), at("ailleurs"), {}, call);
      await drive.copy(at("ailleurs"), at(fileName), {}, call);
      await drive.remove(at(fileName), {}, call);
      expect(await namesIn(TOP)).toEqual(["ailleurs"]);
    });

    test("a name that is too long for any system is refused", async () => {
      await expectFault("invalidName", put("y".repeat(300), "x", { condition: "new" }));
      expect(await namesIn(TOP)).toEqual([]);
    });

    test("only the case of a name can be changed", async () => {
      await put("rapport.txt", "x");
      await drive.move(at("rapport.txt"), at("Rapport.txt"), {}, call);
      expect(await namesIn(TOP)).toEqual(["Rapport.txt"]);
    });

    test("a folder of thousands comes as a stream, each entry once", async () => {
      const many = options.many ?? 1500;
      await drive.makeFolder(at("many"), call);
      const names = Array.from({ length: many }, (_, index) => `fichier ${index}.txt`);
      for (let begin = 0; begin < many; begin += 50)
        await Promise.all(
          names.slice(begin, begin + 50).map((each) => tried.putBehind(at(`many/${each}`), "x")),
        );
      expect(await namesIn(at("many"))).toEqual(names.sort());
    }, 60_000);

    test("every call that is given up ends as such, and changes nothing", async () => {
      await put("a", "a");
      const abort = new AbortController();
      abort.abort();
      const given = { signal: abort.signal };
      await expectFault("cancelled", drive.stat(at("a"), given));
      await expectFault("cancelled", drive.read(at("a"), {}, given));
      await expectFault("cancelled", drive.write(at("b"), contentOf("b"), given));
      await expectFault("cancelled", drive.makeFolder(at("F"), given));
      await expectFault("cancelled", drive.move(at("a"), at("c"), {}, given));
      await expectFault("cancelled", drive.copy(at("a"), at("c"), {}, given));
      await expectFault("cancelled", drive.remove(at("a"), {}, given));
      await expectFault("cancelled", collect(drive.list(TOP, given)));
      expect(await namesIn(TOP)).toEqual(["a"]);
    });

    test("a body that never comes is given up, and nothing of it stays", async () => {
      const abort = new AbortController();
      const silent = new ReadableStream<Uint8Array>({
        start(controller) {
          controller.enqueue(bytesOf("begun"));
        },
      });
      const writing = drive.write(
        at("a"),
        { stream: silent, sizeBytes: 1000, condition: "new" },
        { signal: abort.signal },
      );
      setTimeout(() => abort.abort(), 50);
      await expectFault("cancelled", writing);
      expect(await namesIn(TOP)).toEqual([]);
    });

    test("says how much room there is, or that it does not know", async () => {
      const { usedBytes, availableBytes } = await drive.quota(call);
      for (const bytes of [usedBytes, availableBytes]) expect(bytes === null || bytes >= 0).toBe(true);
    });

    test("a call after it was closed fails", async () => {
      await drive.close();
      await expect(drive.stat(TOP, call)).rejects.toMatchObject({ name: "DriveError" });
    });

    test.runIf(options.claims.canLock)("a lock keeps others out until it is given back", async () => {
      await put("a", "a");
      const lock = await drive.lock(at("a"), call);
      await expectFault("locked", put("a", "other", { condition: "any" }));
      await expectFault("locked", drive.remove(at("a"), {}, call));
      await put("a", "mine", { condition: "any", lock });
      expect(await textAt("a")).toBe("mine");
      await expectFault("locked", drive.lock(at("a"), call));
      await drive.refresh(lock, call);
      await drive.unlock(lock, call);
      await drive.unlock(lock, call);
      await put("a", "free", { condition: "any" });
    });

    test.runIf(!options.claims.canLock)("without locks, asking for one is refused", async () => {
      await put("a", "a");
      await expectFault("unsupported", drive.lock(at("a"), call));
      expect(await textAt("a")).toBe("a");
    });

    test.runIf(options.claims.canTellChanges)("tells what changed since it was last asked", async () => {
      await put("a", "a");
      await drive.makeFolder(at("F"), call);
      const first = await changesSince(null);
      expect(first.put.sort()).toEqual(["F", "a"]);
      await put("F/b", "b");
      await drive.remove(at("a"), {}, call);
      const next = await changesSince(first.cursor);
      expect(next.put).toContain("F/b");
      expect(next.removed).toEqual(["a"]);
      expect((await changesSince(next.cursor)).put).toEqual([]);
    });

    async function changesSince(cursor: string | null) {
      const found = { put: [] as string[], removed: [] as string[], cursor: "" };
      for (const change of await collect(drive.changes(cursor, call))) {
        if (change.kind === "put") found.put.push(change.entry.path);
        else if (change.kind === "removed") found.removed.push(change.path);
        else found.cursor = change.cursor;
      }
      return found;
    }

    async function tree(): Promise<void> {
      await drive.makeFolder(at("T"), call);
      await drive.makeFolder(childPath(at("T"), "V"), call);
      await put("T/top.txt", "top");
      await put("T/V/deep.txt", "deep");
    }
  });
}

function contentOf(text: string, change: Partial<NewContent> = {}): NewContent {
  const bytes = bytesOf(text);
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      if (bytes.length > 0) controller.enqueue(bytes);
      controller.close();
    },
  });
  return { stream, sizeBytes: bytes.length, condition: "any", ...change };
}

async function textOf(stream: ReadableStream<Uint8Array>): Promise<string> {
  return await new Response(stream).text();
}

async function entriesIn(drive: Drive, path: DrivePath): Promise<DriveEntry[]> {
  return await collect(drive.list(path, call));
}

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

async function expectFault(fault: DriveFault, promise: Promise<unknown>): Promise<void> {
  await expect(promise).rejects.toMatchObject({ name: "DriveError", fault });
}

/** What a call failed with, for where several are right. */
function faultOf(error: unknown): unknown {
  return typeof error === "object" && error !== null && "fault" in error ? error.fault : error;
}
