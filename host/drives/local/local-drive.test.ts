import { mkdir, mkdtemp, readdir, readFile, rename, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { drivePathSchema, TOP, type DrivePath } from "#contract/drives.ts";
import { driveRules } from "../../testing/drive-rules.ts";
import { DriveError } from "../drive-error.ts";
import { LocalDrive } from "./local-drive.ts";

const at = (path: string): DrivePath => drivePathSchema.parse(path);
const call = { signal: new AbortController().signal };

async function make() {
  const folder = await mkdtemp(join(tmpdir(), "parvis-local-"));
  const root = join(folder, "racine");
  await mkdir(root);
  const drive = new LocalDrive(root);
  const putBehind = async (path: DrivePath, text: string) => {
    // As programs save: a new file in place of the old one.
    const file = join(root, path);
    await writeFile(`${file}~`, text);
    await rename(`${file}~`, file);
  };
  const close = async () => {
    await drive.close();
    await rm(folder, { recursive: true, force: true });
  };
  return { drive, root, folder, putBehind, close };
}

driveRules("of a local folder", {
  make,
  claims: {
    canWrite: true,
    canLock: false,
    canReadParts: true,
    canTellChanges: false,
    isCaseSensitive: process.platform === "linux",
  },
});

async function open() {
  const made = await make();
  onTestFinished(made.close);
  return made;
}

async function namesIn(drive: LocalDrive): Promise<string[]> {
  const names: string[] = [];
  for await (const { name } of drive.list(TOP, call)) names.push(name);
  return names.sort();
}

const body = (text: string) => ({
  stream: new Blob([text]).stream(),
  sizeBytes: text.length,
  condition: "any" as const,
});

test("links that lead out, in circles or nowhere are neither listed nor followed; those within are", async () => {
  const { drive, root, folder } = await open();
  await writeFile(join(folder, "secret.txt"), "secret");
  await mkdir(join(root, "Dossier"));
  await writeFile(join(root, "Dossier", "a.txt"), "a");
  await symlink(join(folder, "secret.txt"), join(root, "out.txt"));
  await symlink(folder, join(root, "up"));
  await symlink("loop-b", join(root, "loop-a"));
  await symlink("loop-a", join(root, "loop-b"));
  await symlink("nowhere", join(root, "dead"));
  await symlink("Dossier", join(root, "within"));
  expect(await namesIn(drive)).toEqual(["Dossier", "within"]);
  for (const path of ["out.txt", "up", "up/secret.txt", "loop-a", "dead"]) {
    await expect(drive.stat(at(path), call)).rejects.toMatchObject({ fault: "outside" });
    await expect(drive.read(at(path), {}, call)).rejects.toMatchObject({ fault: "outside" });
    await expect(drive.write(at(path), body("x"), call)).rejects.toMatchObject({ fault: "outside" });
  }
  await expect(drive.makeFolder(at("up/made"), call)).rejects.toMatchObject({ fault: "outside" });
  expect(await readFile(join(folder, "secret.txt"), "utf8")).toBe("secret");
  expect(await readdir(folder)).toEqual(["racine", "secret.txt"]);
  await drive.write(at("within/a.txt"), body("b"), call);
  expect(await readFile(join(root, "Dossier", "a.txt"), "utf8")).toBe("b");
});

test("removing a link or a folder with one in it leaves what it leads to", async () => {
  const { drive, root, folder } = await open();
  await writeFile(join(folder, "kept.txt"), "kept");
  await mkdir(join(root, "F"));
  await symlink(join(folder, "kept.txt"), join(root, "F", "link"));
  await drive.copy(at("F"), at("C"), {}, call);
  expect(await readdir(join(root, "C"))).toEqual([]);
  await drive.remove(at("F"), {}, call);
  expect(await readFile(join(folder, "kept.txt"), "utf8")).toBe("kept");
});

test("what programs leave beside files is not listed, and says who has one open", async () => {
  const { drive, root } = await open();
  for (const name of [
    "budget.ods",
    "Rapport annuel.docx",
    "seul.txt",
    ".DS_Store",
    "Thumbs.db",
    "._seul.txt",
  ])
    await writeFile(join(root, name), "x");
  await writeFile(join(root, ".parvis-0190f0a0-0000-7000-8000-000000000000.part"), "half");
  await writeFile(join(root, ".~lock.budget.ods#"), "Anna Lefort,anna,PC-12,23.11.2026 09:00,file:///x;");
  const microsoft = Buffer.alloc(162);
  microsoft[0] = 10;
  microsoft.write("Paul Vidal", 1, "latin1");
  await writeFile(join(root, "~$pport annuel.docx"), microsoft);
  const owners = new Map<string, unknown>();
  for await (const { name, lock } of drive.list(TOP, call)) owners.set(name, lock?.owner ?? null);
  expect(Object.fromEntries(owners)).toEqual({
    "budget.ods": "Anna Lefort",
    "Rapport annuel.docx": "Paul Vidal",
    "seul.txt": null,
  });
});

test("a file that changes while it is read is not read to the end as if nothing had happened", async () => {
  const { drive, root } = await open();
  await writeFile(join(root, "a"), "a".repeat(1_000_000));
  const { stream } = await drive.read(at("a"), {}, call);
  const reader = stream.getReader();
  await reader.read();
  await writeFile(join(root, "a"), "b".repeat(1_000_000));
  const rest = async () => {
    for (;;) if ((await reader.read()).done) return;
  };
  await expect(rest()).rejects.toMatchObject({ fault: "changed" });
});

test("a folder that was taken away is unreachable, and works again where it comes back", async () => {
  const { drive, root } = await open();
  await writeFile(join(root, "a"), "a");
  expect(await namesIn(drive)).toEqual(["a"]);
  await rename(root, `${root}-away`);
  await expect(drive.stat(TOP, call)).rejects.toMatchObject({ fault: "unreachable" });
  await expect(namesIn(drive)).rejects.toMatchObject({ fault: "unreachable" });
  await rename(`${root}-away`, root);
  expect(await namesIn(drive)).toEqual(["a"]);
});

test("no fault tells the path of the machine", async () => {
  const { drive, root } = await open();
  const failure: unknown = await drive.stat(at("none"), call).catch((error: unknown) => error);
  if (!(failure instanceof DriveError)) throw new Error("it did not fail as a drive fails");
  expect(failure.fault).toBe("notFound");
  expect(JSON.stringify(failure.problem)).not.toContain(root);
});
