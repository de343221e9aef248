import { execFileSync } from "node:child_process";
import { chmod, mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, onTestFinished, test } from "vitest";
import { filesOn, Machine } from "#host/drives/offline/testing/machine.ts";
import { WebdavDrive } from "#host/drives/webdav/webdav-drive.ts";
import { startApache, startRclone, type WebdavPeer } from "./peers/webdav.ts";

/** Pinned files against servers as they are: one that knows versions and conditions, and one that does not. */
const [apache, rclone] = await Promise.all([startApache(), startRclone()]);

afterAll(async () => {
  await Promise.all([apache?.stop(), rclone?.stop()]);
});

function driveOn({ url, username, password }: WebdavPeer, folder: string): WebdavDrive {
  const basic = `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;
  return new WebdavDrive({
    address: `${url}${encodeURIComponent(folder)}/`,
    fetch: (input, init) => fetch(input, init),
    authorization: async () => basic,
    now: Date.now,
  });
}

async function temporary(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "parvis-offline-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

let count = 0;

/** A folder of its own on the server, as two machines have it pinned, and as somebody changes it behind its back. */
async function shared(peer: WebdavPeer, place?: string) {
  count += 1;
  const name = `projet ${count}`;
  const behind = join(peer.folder, name);
  await mkdir(behind);
  await chmod(behind, 0o777);
  const put = async (path: string, text: string): Promise<void> => {
    const folder = join(behind, path, "..");
    await mkdir(folder, { recursive: true });
    await chmod(folder, 0o777);
    await writeFile(join(behind, path), text, { mode: 0o666 });
  };
  const drive = driveOn(peer, name);
  const machine = await Machine.start({ folder: place ?? (await temporary()), drive });
  onTestFinished(async () => {
    machine.close();
    await drive.close();
  });
  return { drive, machine, behind, put, name };
}

const peers: [string, WebdavPeer][] = [];
if (apache !== undefined) peers.push(["Apache", apache]);
if (rclone !== undefined) peers.push(["rclone", rclone]);

describe.each(peers)("pinned from %s", (_name, peer) => {
  test("all that changes here and there arrives on the other side, and settles", async () => {
    const { drive, machine, put, behind } = await shared(peer);
    await put("Été/compte rendu.txt", "base");
    await put("Été/#1 & 100 %.txt", "odd name");
    await put("large.bin", "x".repeat(3_000_000));
    await machine.converge();
    await machine.write("Été/compte rendu.txt", "changed here");
    await machine.write("nouveau/é.txt", "new here");
    await put("behind/b.txt", "new there");
    await rm(join(behind, "large.bin"));
    await machine.converge();
    const expected = {
      "behind/": null,
      "behind/b.txt": "new there",
      "nouveau/": null,
      "nouveau/é.txt": "new here",
      "Été/": null,
      "Été/#1 & 100 %.txt": "odd name",
      "Été/compte rendu.txt": "changed here",
    };
    expect(await machine.files()).toEqual(expected);
    expect(await filesOn(drive)).toEqual(expected);
    await machine.remove("nouveau");
    await machine.rename("Été", "Hiver");
    await machine.converge();
    expect(Object.keys(await filesOn(drive))).toEqual([
      "Hiver/",
      "Hiver/#1 & 100 %.txt",
      "Hiver/compte rendu.txt",
      "behind/",
      "behind/b.txt",
    ]);
    expect(await machine.files()).toEqual(await filesOn(drive));
  });

  test("two machines that change the same file both keep what they wrote", async () => {
    const { machine, put, name } = await shared(peer);
    await put("a.txt", "base");
    const other = await Machine.start({
      folder: await temporary(),
      who: "Benoît",
      drive: driveOn(peer, name),
    });
    onTestFinished(() => other.close());
    await machine.converge();
    await other.converge();
    await machine.write("a.txt", "by Anna, longer");
    await other.write("a.txt", "by Benoît");
    await machine.converge();
    await other.converge();
    await machine.converge();
    expect(await machine.files()).toEqual({
      "a (conflit, Benoît, 2026-11-23).txt": "by Benoît",
      "a.txt": "by Anna, longer",
    });
    expect(await other.files()).toEqual(await machine.files());
  });
});

describe.skipIf(apache === undefined)("pinned from a server that knows versions", () => {
  test("what was renamed behind its back is renamed here, and not brought again", async () => {
    if (apache === undefined) return;
    const { machine, put, behind } = await shared(apache);
    await put("film.bin", "0123456789".repeat(200_000));
    await machine.converge();
    await rename(join(behind, "film.bin"), join(behind, "film de vacances.bin"));
    await machine.converge();
    expect(Object.keys(await machine.files())).toEqual(["film de vacances.bin"]);
    // Nothing went into the trash: it is the same file.
    expect(await machine.files(machine.trash)).toEqual({});
  });

  test("a drive that may no longer be written or read keeps what is here", async () => {
    if (apache === undefined) return;
    const { machine, put, behind } = await shared(apache);
    await put("x/a.txt", "1");
    await machine.converge();
    await machine.write("x/b.txt", "2");
    await chmod(join(behind, "x"), 0o000);
    const outcome = await machine.pass();
    expect(outcome.failures.size + outcome.unknown.size).toBeGreaterThan(0);
    expect(await machine.files()).toEqual({ "x/": null, "x/a.txt": "1", "x/b.txt": "2" });
    await chmod(join(behind, "x"), 0o777);
    await machine.converge();
    expect(await machine.files()).toEqual({ "x/": null, "x/a.txt": "1", "x/b.txt": "2" });
  });
});

/** A disk of two megabytes, where the machine lets one be made. */
async function smallDisk(): Promise<string | undefined> {
  const folder = await temporary();
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=2m", "tmpfs", folder], { stdio: "ignore" });
  } catch {
    process.stderr.write("SKIPPED: a full disk cannot be tried without the right to mount one\n");
    return undefined;
  }
  onTestFinished(() => {
    execFileSync("umount", ["-l", folder]);
  });
  return folder;
}

test.skipIf(apache === undefined)(
  "a disk that is full half-way keeps no half file, and goes on when there is room",
  async ({ skip }) => {
    const disk = await smallDisk();
    if (disk === undefined || apache === undefined) return skip("no disk of its own");
    const { machine, put, behind } = await shared(apache, disk);
    await put("a.txt", "small");
    await put("big.bin", "x".repeat(4_000_000));
    const outcome = await machine.pass();
    expect([...outcome.full]).toEqual(["here"]);
    expect([...outcome.failures.values()].map(({ fault }) => fault)).toEqual(["full"]);
    expect(await machine.files()).toEqual({ "a.txt": "small" });
    expect(await machine.files(machine.parts)).toEqual({});
    await rm(join(behind, "big.bin"));
    await put("fits.bin", "y".repeat(100_000));
    await machine.converge();
    expect(Object.keys(await machine.files())).toEqual(["a.txt", "fits.bin"]);
  },
);
