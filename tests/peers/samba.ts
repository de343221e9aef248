import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { answersAt, freePort, isInstalled, skipLoudly, startPeer } from "./peer-process.ts";

/** A real SMB server on the loopback interface, with one share. */
export interface SambaPeer {
  port: number;
  /** What it shares: where a mount of it would be. */
  folder: string;
  /** Commands of `smbclient`, as the account or with another password. @throws Error what it printed, when it failed */
  run: (commands: string, password?: string) => string;
  stop: () => Promise<void>;
}

const USERNAME = "root";
const PASSWORD = "mot de passe partagé";

/** Undefined where it is not to be had: its accounts are those of the system, which root alone can be sure of. */
export async function startSamba(): Promise<SambaPeer | undefined> {
  const isThere = isInstalled("smbd", ["samba"]) && isInstalled("smbclient", ["smbclient"]);
  if (!isThere || process.getuid?.() !== 0) {
    skipLoudly("Samba");
    return undefined;
  }
  const base = mkdtempSync(join(tmpdir(), "parvis-samba-"));
  chmodSync(base, 0o755);
  const folder = join(base, "files");
  for (const name of ["files", "private", "lock", "state", "cache", "pid", "ncalrpc"])
    mkdirSync(join(base, name));
  const port = await freePort();
  const config = join(base, "smb.conf");
  writeFileSync(config, sambaConfig(base, folder, port));
  const input = `${PASSWORD}\n${PASSWORD}\n`;
  execFileSync("smbpasswd", ["-c", config, "-s", "-a", USERNAME], {
    input,
    stdio: ["pipe", "ignore", "ignore"],
  });
  const peer = startPeer("/usr/sbin/smbd", ["--foreground", "--no-process-group", "-s", config]);
  await answersAt(port, peer);
  const run = (commands: string, password = PASSWORD): string => {
    const account = ["-s", config, "-p", String(port), "-U", USERNAME];
    // Where programs of Samba look for a password that is not to be among their arguments.
    const env = { ...process.env, PASSWD: password, LC_ALL: "C.UTF-8" };
    const done = spawnSync("smbclient", [...account, "//127.0.0.1/commun", "-c", commands], {
      env,
      encoding: "utf8",
    });
    if (done.status !== 0) throw new Error(done.stdout + done.stderr);
    return done.stdout;
  };
  const stop = async () => {
    await peer.stop();
    rmSync(base, { recursive: true, force: true });
  };
  return { port, folder, run, stop };
}

function sambaConfig(base: string, folder: string, port: number): string {
  return [
    "[global]",
    "server role = standalone server",
    `smb ports = ${port}`,
    "interfaces = 127.0.0.1",
    "bind interfaces only = yes",
    "server min protocol = SMB2",
    "disable netbios = yes",
    "load printers = no",
    `passdb backend = tdbsam:${base}/private/passwords.tdb`,
    `private dir = ${base}/private`,
    `lock directory = ${base}/lock`,
    `state directory = ${base}/state`,
    `cache directory = ${base}/cache`,
    `pid directory = ${base}/pid`,
    `ncalrpc dir = ${base}/ncalrpc`,
    `log file = ${base}/log`,
    "[commun]",
    `path = ${folder}`,
    "read only = no",
    "",
  ].join("\n");
}
