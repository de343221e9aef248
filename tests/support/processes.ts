import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";

export const repositoryRoot = join(import.meta.dirname, "..", "..");

export interface RunningProgram {
  /** What followed the ready line's prefix: the URL. */
  url: string;
  child: ChildProcess;
  /** Everything printed so far, for messages. */
  output(): string;
  /** SIGTERM and wait; SIGKILL after 10 s. */
  stop(): Promise<void>;
  /** SIGKILL to this process alone, as a crash would be: its children see their parent die. */
  kill(): Promise<void>;
}

/** Runs one of the project's command lines and waits for its ready line. */
async function startProgram(
  script: string,
  args: string[],
  readyPrefix: string,
  env: NodeJS.ProcessEnv = {},
): Promise<RunningProgram> {
  const child = spawn(process.execPath, [script, ...args], {
    cwd: repositoryRoot,
    stdio: ["pipe", "pipe", "pipe"],
    // A passphrase for the secrets, so that what is encrypted can be read again after a kill without a keyring.
    env: { ...process.env, NO_COLOR: "1", PARVIS_PASSPHRASE: "tests only", ...env },
  });
  // A test that fails half-way must not leave programs behind.
  const endWithTests = (): void => {
    child.kill("SIGKILL");
  };
  process.once("exit", endWithTests);
  child.once("exit", () => process.off("exit", endWithTests));
  let text = "";
  const url = await new Promise<string>((resolve, reject) => {
    const onData = (chunk: Buffer): void => {
      text += chunk.toString();
      const line = text.split("\n").find((each) => each.startsWith(readyPrefix));
      if (line !== undefined) resolve(line.slice(readyPrefix.length).trim());
    };
    child.stdout.on("data", onData);
    child.stderr.on("data", onData);
    child.once("exit", (code, signal) => {
      reject(new Error(`${script} ended (${code ?? signal}) before it was ready:\n${text}`));
    });
    child.once("error", reject);
  });
  const ended = async (signal: NodeJS.Signals): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exit = once(child, "exit");
    child.kill(signal);
    const timer = setTimeout(() => child.kill("SIGKILL"), 10_000);
    await exit;
    clearTimeout(timer);
  };
  return { url, child, output: () => text, stop: () => ended("SIGTERM"), kill: () => ended("SIGKILL") };
}

export function startServer(args: string[]): Promise<RunningProgram> {
  return startProgram("server/cli/serve.ts", args, "Workplace server is ready: ");
}

/** The application in the browser shell. Its URL holds a one-time key. */
export function startParvis(args: string[], env?: NodeJS.ProcessEnv): Promise<RunningProgram> {
  const shell = ["--shell", "browser", "--no-open", ...args];
  return startProgram("host/cli/start.ts", shell, "Parvis is ready: ", env);
}

export function temporaryFolder(name: string): { path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), `parvis-${name}-`));
  return { path, remove: () => rmSync(path, { recursive: true, force: true, maxRetries: 5 }) };
}

export async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}
