import { execFile, execFileSync } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { libraryItemSchema } from "#contract/entities/library.ts";
import { personScope } from "#contract/scope.ts";
import { openSqliteStore } from "#server/store/sqlite-store.ts";
import { openDavWorkplace, type DavWorkplace } from "#server/testing/dav-workplace.ts";
import { isInstalled, skipLoudly } from "./peers/peer-process.ts";

const run = promisify(execFile);
const hasRclone = isInstalled("rclone", ["rclone"]);
if (!hasRclone) skipLoudly("rclone");
const mounts = isInstalled("mount.davfs", ["davfs2"]) && canMount();
if (!mounts) process.stderr.write("\n!!! SKIPPED: davfs2 cannot mount here, its test did not run !!!\n\n");

describe("programs that open a library over WebDAV", () => {
  const folder = mkdtempSync(join(tmpdir(), "parvis-dav-clients-"));
  const local = join(folder, "local");
  let dav: DavWorkplace;

  beforeAll(async () => {
    dav = await openDavWorkplace(openSqliteStore({ folder: join(folder, "store") }));
  });
  afterAll(async () => {
    await dav.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function rclone(...args: string[]): Promise<string> {
    const secret = execFileSync("rclone", ["obscure", dav.password]).toString().trim();
    const env = {
      PATH: process.env["PATH"],
      RCLONE_CONFIG: join(folder, "none.conf"),
      RCLONE_CONFIG_DAV_TYPE: "webdav",
      RCLONE_CONFIG_DAV_URL: dav.url,
      RCLONE_CONFIG_DAV_VENDOR: "other",
      RCLONE_CONFIG_DAV_USER: dav.username,
      RCLONE_CONFIG_DAV_PASS: secret,
    };
    const { stdout } = await run("rclone", [...args, "--retries", "1"], { env, timeout: 60_000 });
    return stdout;
  }

  test.skipIf(!hasRclone)(
    "rclone copies in, follows changes, moves, reads back and deletes",
    async () => {
      mkdirSync(join(local, "Été", "vide"), { recursive: true });
      const big = randomBytes(5_000_000);
      writeFileSync(join(local, "grand.bin"), big);
      for (let number = 0; number < 30; number += 1)
        writeFileSync(join(local, "Été", `n° ${number} & co #%.txt`), `ligne ${number}`);
      await rclone("copy", local, "dav:Projet", "--create-empty-src-dirs");
      expect(await rclone("check", local, "dav:Projet", "--download")).toBe("");

      writeFileSync(join(local, "Été", "n° 3 & co #%.txt"), "une autre ligne, plus longue");
      rmSync(join(local, "Été", "n° 4 & co #%.txt"));
      await rclone("sync", local, "dav:Projet", "--create-empty-src-dirs");
      expect((await rclone("lsf", "dav:Projet/Été", "--files-only")).trim().split("\n")).toHaveLength(29);

      await rclone("moveto", "dav:Projet/grand.bin", "dav:Projet/Été/déplacé.bin");
      await rclone("copy", "dav:Projet/Été/déplacé.bin", join(folder, "back"));
      const back = readFileSync(join(folder, "back", "déplacé.bin"));
      expect(hashOf(back)).toBe(hashOf(big));
      await rclone("purge", "dav:Projet");
      expect((await rclone("lsf", "dav:")).trim()).toBe("");

      const rows = await dav.person.rows(personScope(dav.person.id), "libraryItem");
      const items = rows.map(({ data }) => libraryItemSchema.parse(data));
      expect(items.find(({ name }) => name === "n° 3 & co #%.txt")?.version).toBe(2);
    },
    120_000,
  );

  test.skipIf(!mounts)(
    "davfs2 mounts it as a folder of the system",
    async () => {
      const at = join(folder, "mounted");
      mkdirSync(at);
      // davfs2 gives up being root for a user of its own.
      mkdirSync(join(folder, "cache"));
      chmodSync(folder, 0o711);
      chmodSync(join(folder, "cache"), 0o777);
      const [secrets, config] = [join(folder, "secrets"), join(folder, "davfs2.conf")];
      writeFileSync(secrets, `${dav.url} ${dav.username} ${dav.password}\n`, { mode: 0o600 });
      writeFileSync(
        config,
        `secrets ${secrets}\nask_auth 0\ndelay_upload 0\ncache_dir ${join(folder, "cache")}\n`,
      );
      // Otherwise it takes names for those of another alphabet.
      const env = { ...process.env, LC_ALL: "C.UTF-8" };
      await run("mount", ["-t", "davfs", "-o", `conf=${config}`, dav.url, at], { timeout: 20_000, env });
      try {
        // Never the synchronous calls: the server that answers the kernel runs in this very thread.
        await mkdir(join(at, "Dossier"));
        await writeFile(join(at, "Dossier", "é.txt"), "par le système");
        // Not listed: davfs2 1.6 answers EINVAL to that on newer kernels, whatever the server.
        await rename(join(at, "Dossier", "é.txt"), join(at, "Dossier", "été.txt"));
        expect(await readFile(join(at, "Dossier", "été.txt"), "utf8")).toBe("par le système");
      } finally {
        await run("umount", [at], { timeout: 30_000 });
      }
      const credentials = Buffer.from(`${dav.username}:${dav.password}`).toString("base64");
      const headers = { authorization: `Basic ${credentials}` };
      const got = await fetch(`${dav.url}Dossier/%C3%A9t%C3%A9.txt`, { headers });
      expect(await got.text()).toBe("par le système");
    },
    60_000,
  );
});

function hashOf(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** davfs2 needs root and FUSE. */
function canMount(): boolean {
  if (process.platform !== "linux" || process.getuid?.() !== 0) return false;
  try {
    return readdirSync("/dev").includes("fuse");
  } catch {
    return false;
  }
}
