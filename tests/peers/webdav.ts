import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { answersAt, freePort, isInstalled, skipLoudly, startPeer } from "./peer-process.ts";

/** A real WebDAV server on the loopback interface, with one account. */
export interface WebdavPeer {
  url: string;
  username: string;
  password: string;
  /** Where its files lie: whoever writes there changes them behind its back. */
  folder: string;
  stop: () => Promise<void>;
}

const USERNAME = "alice";
const PASSWORD = "mot de passe d’Alice";
const MODULES = "/usr/lib/apache2/modules";

/** Apache with mod_dav: the strict one. Undefined where it is not to be had. */
export async function startApache(): Promise<WebdavPeer | undefined> {
  if (!isInstalled("apache2", ["apache2"]) || !existsSync(MODULES)) {
    skipLoudly("Apache");
    return undefined;
  }
  const base = mkdtempSync(join(tmpdir(), "parvis-apache-"));
  chmodSync(base, 0o777);
  const folder = join(base, "files");
  mkdirSync(folder);
  chmodSync(folder, 0o777);
  mkdirSync(join(base, "locks"));
  chmodSync(join(base, "locks"), 0o777);
  const port = await freePort();
  const htpasswd = join(base, "passwords");
  const hash = execFileSync("openssl", ["passwd", "-apr1", "-stdin"], { input: PASSWORD }).toString().trim();
  writeFileSync(htpasswd, `${USERNAME}:${hash}\n`, { mode: 0o644 });
  const config = join(base, "httpd.conf");
  writeFileSync(config, apacheConfig({ base, folder, htpasswd, port }));
  const peer = startPeer("/usr/sbin/apache2", ["-f", config, "-D", "FOREGROUND"]);
  await answersAt(port, peer);
  const stop = async () => {
    await peer.stop();
    rmSync(base, { recursive: true, force: true });
  };
  return { url: `http://127.0.0.1:${port}/dav/`, username: USERNAME, password: PASSWORD, folder, stop };
}

interface ApacheFacts {
  base: string;
  folder: string;
  htpasswd: string;
  port: number;
}

function apacheConfig({ base, folder, htpasswd, port }: ApacheFacts): string {
  const modules = "mpm_event authn_core authn_file authz_core authz_user auth_basic mime dav dav_fs alias";
  return [
    `ServerRoot "${base}"`,
    `PidFile "${base}/httpd.pid"`,
    `ErrorLog "${base}/error.log"`,
    "ServerName 127.0.0.1",
    `Listen 127.0.0.1:${port}`,
    ...modules.split(" ").map((name) => `LoadModule ${name}_module ${MODULES}/mod_${name}.so`),
    "User www-data",
    "Group www-data",
    "TypesConfig /etc/mime.types",
    "AllowEncodedSlashes NoDecode",
    `DavLockDB "${base}/locks/db"`,
    `DocumentRoot "${base}"`,
    `Alias /dav "${folder}"`,
    `<Directory "${folder}">`,
    "  Dav On",
    "  DavDepthInfinity Off",
    "  AuthType Basic",
    '  AuthName "files"',
    `  AuthUserFile "${htpasswd}"`,
    "  Require valid-user",
    "</Directory>",
    "",
  ].join("\n");
}

/** rclone: the sloppy one, which knows no conditions and half of the locks. */
export async function startRclone(): Promise<WebdavPeer | undefined> {
  if (!isInstalled("rclone", ["rclone"])) {
    skipLoudly("rclone");
    return undefined;
  }
  const folder = mkdtempSync(join(tmpdir(), "parvis-rclone-"));
  const cache = mkdtempSync(join(tmpdir(), "parvis-rclone-cache-"));
  const port = await freePort();
  const account = ["--user", USERNAME, "--pass", PASSWORD];
  // What is written behind its back is seen at once.
  const cacheless = ["--dir-cache-time", "0s", "--vfs-cache-mode", "writes", "--vfs-write-back", "0s"];
  const peer = startPeer(
    "rclone",
    ["serve", "webdav", folder, "--addr", `127.0.0.1:${port}`, "--cache-dir", cache].concat(
      account,
      cacheless,
    ),
    { env: { ...process.env, RCLONE_CONFIG: "/dev/null" } },
  );
  await answersAt(port, peer);
  const stop = async () => {
    await peer.stop();
    for (const each of [folder, cache]) rmSync(each, { recursive: true, force: true });
  };
  return { url: `http://127.0.0.1:${port}/`, username: USERNAME, password: PASSWORD, folder, stop };
}
