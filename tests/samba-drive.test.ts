import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, describe, expect, onTestFinished, test } from "vitest";
import { drivePathSchema, TOP } from "#contract/drives.ts";
import type { Drive } from "#host/drives/drive.ts";
import { openInProcess } from "#host/drives/drive-process/process-drive.ts";
import { startNodeProcess } from "#host/drives/drive-process/start-node-process.ts";
import { tempFolder } from "#host/testing/temp-folder.ts";
import { startSamba, type SambaPeer } from "./peers/samba.ts";

const call = { signal: new AbortController().signal };
const at = (path: string) => drivePathSchema.parse(path);
const samba = await startSamba();
afterAll(() => samba?.stop());

/** The folder that Samba shares stands for a mount of it: the machine of the tests may not mount one. */
function open(): { drive: Drive; peer: SambaPeer } {
  if (samba === undefined) throw new Error("there is no Samba");
  const drive = openInProcess(samba.folder, startNodeProcess);
  onTestFinished(() => drive.close());
  return { drive, peer: samba };
}

async function namesIn(drive: Drive): Promise<string[]> {
  const names: string[] = [];
  for await (const { name } of drive.list(TOP, call)) names.push(name);
  return names.sort();
}

describe.runIf(samba !== undefined)("a share of Samba that others change over SMB", () => {
  test("files put, renamed and deleted by others are seen, with their accents, and none of theirs is overwritten", async () => {
    const { drive, peer } = open();
    const source = join(await tempFolder(), "x");
    await writeFile(source, "bonjour");
    peer.run(`put ${source} "Élan à Noël.odt"; mkdir "Dossier été"`);
    expect(await namesIn(drive)).toEqual(["Dossier été", "Élan à Noël.odt"]);
    const seen = await drive.stat(at("Élan à Noël.odt"), call);
    await writeFile(source, "bonsoir à toutes");
    peer.run(`put ${source} "Élan à Noël.odt"`);
    const mine = { stream: new Blob(["le mien"]).stream(), sizeBytes: 7 };
    await expect(
      drive.write(seen.path, { ...mine, condition: { ifVersion: seen.version ?? "" } }, call),
    ).rejects.toMatchObject({ fault: "changed" });
    peer.run('rename "Élan à Noël.odt" "Dossier été\\Élan.odt"');
    await expect(drive.stat(seen.path, call)).rejects.toMatchObject({ fault: "notFound" });
    expect(await drive.stat(at("Dossier été/Élan.odt"), call)).toMatchObject({ sizeBytes: 17 });
    peer.run('del "Dossier été\\Élan.odt"; rmdir "Dossier été"');
    expect(await namesIn(drive)).toEqual([]);
  });

  test("files deleted while a folder is listed are left out, and nothing fails", async () => {
    const { drive, peer } = open();
    for (let number = 0; number < 300; number += 1) await writeFile(join(peer.folder, `f${number}.txt`), "x");
    const names = new Set<string>();
    for await (const { name } of drive.list(TOP, call)) {
      if (names.size === 0) peer.run("del f*.txt");
      names.add(name);
    }
    expect(names.size).toBeGreaterThan(0);
    expect(await namesIn(drive)).toEqual([]);
  });

  test("what is written here is read over SMB; a wrong password reads nothing", async () => {
    const { drive, peer } = open();
    const mine = { stream: new Blob(["le mien"]).stream(), sizeBytes: 7, condition: "new" as const };
    await drive.write(at("Reçu n° 2.txt"), mine, call);
    expect(peer.run('get "Reçu n° 2.txt" -')).toContain("le mien");
    expect(() => peer.run("ls", "faux")).toThrow(/LOGON_FAILURE/);
  });
});
