import { chmod, mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { TOP } from "#contract/drives.ts";
import { driveRules, type TriedDrive } from "#host/testing/drive-rules.ts";
import { basicAuthorization } from "#host/drives/webdav/authorization.ts";
import { WebdavDrive } from "#host/drives/webdav/webdav-drive.ts";
import type { DriveCapabilities } from "#host/drives/drive.ts";
import { startNginx } from "./peers/nginx-dav.ts";
import { startApache, startRclone, type WebdavPeer } from "./peers/webdav.ts";

const call = { signal: new AbortController().signal };

const claims: DriveCapabilities = {
  canWrite: true,
  canLock: true,
  canReadParts: true,
  canTellChanges: false,
  isCaseSensitive: true,
};

function driveOf(
  { username, password }: Pick<WebdavPeer, "username" | "password">,
  url: string,
): WebdavDrive {
  return new WebdavDrive({
    address: url,
    fetch: (input, init) => fetch(input, init),
    authorization: basicAuthorization(username, password),
    lockOwner: "Anna Lefort",
  });
}

/** A folder of its own on the server for each test. */
async function tryOn(peer: WebdavPeer, count: number): Promise<TriedDrive> {
  const name = `essai ${count}`;
  const folder = join(peer.folder, name);
  await mkdir(folder);
  await chmod(folder, 0o777);
  const drive = driveOf(peer, `${peer.url}${encodeURIComponent(name)}/`);
  return {
    drive,
    putBehind: async (path, text) => {
      await writeFile(join(folder, path), text, { mode: 0o666 });
    },
    close: async () => {
      await drive.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const [apache, rclone, nginx] = await Promise.all([startApache(), startRclone(), startNginx()]);
let count = 0;

afterAll(async () => {
  for (const peer of [apache, rclone, nginx]) await peer?.stop();
});

const peers: [string, WebdavPeer][] = [];
if (apache !== undefined) peers.push(["Apache", apache]);
if (rclone !== undefined) peers.push(["rclone", rclone]);
if (nginx !== undefined) peers.push(["nginx", nginx]);

/** nginx lists no name that begins with a dot; rclone, without a cache, reads a folder anew for each of its entries. */
function kindness(name: string): { hiddenNames?: string[]; many?: number } {
  if (name === "nginx") return { hiddenNames: ["..caché"] };
  return name === "rclone" ? { many: 200 } : {};
}

describe.each(peers)("with a real server", (name, peer) => {
  driveRules(`on ${name}`, { make: () => tryOn(peer, (count += 1)), claims, ...kindness(name) });

  test(`${name}: a wrong password is said, and so is a missing one`, async () => {
    const wrong = driveOf({ username: "alice", password: "non" }, peer.url);
    await expect(wrong.stat(TOP, call)).rejects.toMatchObject({ fault: "wrongPassword" });
    const none = new WebdavDrive({
      address: peer.url,
      fetch: (input, init) => fetch(input, init),
      authorization: basicAuthorization(null, null),
    });
    await expect(none.capabilities(call)).rejects.toMatchObject({ fault: "needsPassword" });
  });
});
