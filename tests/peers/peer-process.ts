import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { writeFileSync } from "node:fs";
import { createServer, Socket } from "node:net";

export interface PeerProcess {
  child: ChildProcess;
  /** What it last said. */
  log: () => string;
  stop: () => Promise<void>;
}

/** Starts a real server in a process group of its own, which ends with the tests however these end. */
export function startPeer(
  command: string,
  args: readonly string[],
  options: { env?: NodeJS.ProcessEnv } = {},
): PeerProcess {
  const child = spawn(command, args, {
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
    ...(options.env === undefined ? {} : { env: options.env }),
  });
  const kill = () => {
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, "SIGKILL");
  };
  process.once("exit", kill);
  child.once("exit", () => process.off("exit", kill));
  let log = "";
  const take = (chunk: Buffer) => {
    log = (log + chunk.toString()).slice(-4000);
  };
  child.stdout.on("data", take);
  child.stderr.on("data", take);
  return { child, log: () => log, stop: () => stopGroup(child) };
}

/** @throws Error when it ends, or answers nobody within ten seconds */
export async function answersAt(port: number, { child, log, stop }: PeerProcess): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    if (child.exitCode !== null) break;
    if (await canConnect(port)) return;
    await new Promise((resolve) => {
      setTimeout(resolve, 50);
    });
  }
  await stop();
  throw new Error(`The server on port ${port} did not start: ${log()}`);
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  const address = server.address();
  await new Promise((resolve) => {
    server.close(resolve);
  });
  if (address === null || typeof address === "string") throw new Error("there is no free port");
  return address.port;
}

/**
 * Whether a program is there, or can be installed: on Debian as root. A policy keeps packages from starting servers of
 * their own.
 */
export function isInstalled(program: string, packages: readonly string[]): boolean {
  if (isThere(program)) return true;
  if (process.platform !== "linux" || process.getuid?.() !== 0) return false;
  try {
    writeFileSync("/usr/sbin/policy-rc.d", "#!/bin/sh\nexit 101\n", { mode: 0o755, flag: "wx" });
  } catch {
    // Somebody else's policy stands already.
  }
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const install = ["install", "-y", "--no-install-recommends", ...packages];
  for (const args of [install, ["update"], install]) {
    try {
      execFileSync("apt-get", args, { env, stdio: "ignore", timeout: 300_000 });
      if (args === install && isThere(program)) return true;
    } catch {
      // The lists of packages may be old: they are fetched, and it is tried once more.
    }
  }
  return isThere(program);
}

export function skipLoudly(what: string): void {
  process.stderr.write(`\n!!! SKIPPED: ${what} is not installed, its tests did not run !!!\n\n`);
}

function isThere(program: string): boolean {
  try {
    execFileSync("sh", ["-c", `command -v "$0"`, program], {
      stdio: "ignore",
      env: { ...process.env, PATH: `${process.env["PATH"] ?? ""}:/usr/sbin:/sbin` },
    });
    return true;
  } catch {
    return false;
  }
}

async function canConnect(port: number): Promise<boolean> {
  return await new Promise((resolve) => {
    const socket = new Socket();
    socket.once("error", () => resolve(false));
    socket.connect(port, "127.0.0.1", () => {
      socket.destroy();
      resolve(true);
    });
  });
}

async function stopGroup(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => {
    child.once("exit", resolve);
  });
  process.kill(-child.pid, "SIGKILL");
  await ended;
}
