import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { chownSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer, Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface Postgres {
  /** Of a database that this call made, empty. */
  url: string;
  stop: () => Promise<void>;
}

/**
 * Starts a PostgreSQL of one's own on a free port of the loopback interface. Undefined where there is none and none can
 * be installed: say so loudly, then skip.
 */
export async function startPostgres(): Promise<Postgres | undefined> {
  const bin = findBinaries() ?? installBinaries();
  if (bin === undefined) {
    process.stderr.write("\n!!! SKIPPED: PostgreSQL is not installed, its tests did not run !!!\n\n");
    return undefined;
  }
  const folder = mkdtempSync(join(tmpdir(), "parvis-postgres-"));
  const data = join(folder, "data");
  const owner = postgresUser();
  if (owner !== undefined) chownSync(folder, owner.uid, owner.gid);
  const options = {
    env: { PATH: `${bin}:/usr/bin:/bin`, LC_ALL: "C.UTF-8" },
    cwd: "/",
    ...owner,
  };
  execFileSync(join(bin, "initdb"), ["-D", data, "-U", "parvis", "--auth=trust", "--no-sync", "-E", "UTF8"], {
    ...options,
    stdio: "pipe",
  });
  const port = await freePort();
  const settings = {
    port: String(port),
    listen_addresses: "127.0.0.1",
    unix_socket_directories: folder,
    // Tests do not survive power cuts; everything else is as in use.
    fsync: "off",
  };
  const child = spawn(
    join(bin, "postgres"),
    ["-D", data, ...Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`])],
    { ...options, stdio: ["ignore", "ignore", "pipe"], detached: true },
  );
  // Also when the tests end without stopping it.
  const kill = () =>
    child.pid !== undefined && child.exitCode === null && process.kill(-child.pid, "SIGKILL");
  process.once("exit", kill);
  child.once("exit", () => process.off("exit", kill));
  let log = "";
  child.stderr.on("data", (chunk: Buffer) => {
    log = (log + chunk.toString()).slice(-4000);
  });
  const stop = async () => {
    await stopGroup(child);
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await answers(child, port);
  } catch (error) {
    await stop();
    throw new Error(`PostgreSQL did not start: ${log}`, { cause: error });
  }
  return { url: `postgres://parvis@127.0.0.1:${port}/postgres`, stop };
}

function findBinaries(): string | undefined {
  const root = "/usr/lib/postgresql";
  try {
    const versions = readdirSync(root).sort((a, b) => Number(b) - Number(a));
    const newest = versions.find((version) => statSync(join(root, version, "bin/postgres")).isFile());
    return newest === undefined ? undefined : join(root, newest, "bin");
  } catch {
    // Not a Debian with PostgreSQL.
    return undefined;
  }
}

/** On Debian as root; a policy keeps the package from starting a server of its own. */
function installBinaries(): string | undefined {
  if (process.platform !== "linux" || process.getuid?.() !== 0) return undefined;
  const policy = "/usr/sbin/policy-rc.d";
  try {
    writeFileSync(policy, "#!/bin/sh\nexit 101\n", { mode: 0o755, flag: "wx" });
  } catch (error) {
    // Somebody else's policy stands already.
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) return undefined;
  }
  try {
    const options = { stdio: "ignore", timeout: 300_000 } as const;
    execFileSync("apt-get", ["update"], options);
    execFileSync("apt-get", ["install", "-y", "--no-install-recommends", "postgresql"], options);
  } catch (error) {
    process.stderr.write(`apt-get could not install postgresql: ${String(error)}\n`);
  }
  return findBinaries();
}

/** PostgreSQL refuses to run as root. */
function postgresUser(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  return { uid: idOfPostgres("-u"), gid: idOfPostgres("-g") };
}

function idOfPostgres(flag: "-u" | "-g"): number {
  return Number(execFileSync("id", [flag, "postgres"]).toString());
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const address = server.address();
  await new Promise((resolve) => {
    server.close(resolve);
  });
  if (typeof address !== "object" || address === null) throw new Error("no free port");
  return address.port;
}

async function answers(child: ChildProcess, port: number): Promise<void> {
  const deadline = Date.now() + 30_000;
  for (;;) {
    if (child.exitCode !== null) throw new Error(`it ended with ${child.exitCode}`);
    if (await isReady(port)) return;
    if (Date.now() > deadline) throw new Error("it did not answer within 30 s");
    await new Promise((resolve) => {
      setTimeout(resolve, 50);
    });
  }
}

/** A start-up packet is answered with `R` (authentication) once the server is up, and `E` while it starts. */
function isReady(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = new Socket();
    const finish = (ready: boolean) => {
      socket.destroy();
      resolve(ready);
    };
    socket.once("error", () => finish(false));
    socket.once("data", (data) => finish(data[0] === "R".charCodeAt(0)));
    socket.connect(port, "127.0.0.1", () => {
      const body = Buffer.from("\0\x03\0\0user\0parvis\0database\0postgres\0\0", "latin1");
      const length = Buffer.alloc(4);
      length.writeInt32BE(body.byteLength + 4);
      socket.write(Buffer.concat([length, body]));
    });
  });
}

/** SIGINT is PostgreSQL's fast shutdown; the group takes its workers along. */
async function stopGroup(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.pid === undefined) return;
  const ended = new Promise((resolve) => {
    child.once("exit", resolve);
  });
  child.kill("SIGINT");
  const { pid } = child;
  const force = setTimeout(() => process.kill(-pid, "SIGKILL"), 10_000);
  await ended;
  clearTimeout(force);
}
