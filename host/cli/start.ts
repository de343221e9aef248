import { spawn } from "node:child_process";
import { rm } from "node:fs/promises";
import { flushCompileCache } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { AppError } from "#contract/problem.ts";
import { lockProfile, type InstanceLock } from "../profile/instance-lock.ts";
import { openProfile, type ProfileFile } from "../profile/profile.ts";
import { takePassphrase } from "../secrets/choose-store.ts";
import { askRunningInstance } from "./running-instance.ts";
import { chooseShell } from "./choose-shell.ts";
import { openInBrowser } from "./open-in-browser.ts";
import { parseOptions, USAGE, type StartOptions } from "./options.ts";
import { runBrowserShell, type Running, type RunOptions } from "./run-browser-shell.ts";

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

type BrowserOptions = StartOptions & Pick<RunOptions, "passphrase">;

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

function complain(text: string): void {
  process.stderr.write(`${text}\n`);
}

async function main(): Promise<void> {
  // First of all: the bundler, the installer of Electron and its window are processes too.
  const passphrase = takePassphrase(process.env);
  const options = parseOptions(process.argv.slice(2));
  if (options.isHelp) {
    say(USAGE);
    return;
  }
  const profile = await openProfile(options.dataDir, complain);
  const choice = await chooseShell({
    wanted: options.shell,
    root,
    env: process.env,
    platform: process.platform,
    isTerminal: process.stdout.isTTY,
    profile,
    say,
    now: Date.now(),
  });
  switch (choice.kind) {
    case "none":
      throw new AppError("unavailable", { title: "The window cannot be shown", detail: choice.reason });
    case "electron":
      say("Parvis opens in a window of its own (Electron).");
      return runElectron(choice.binary, options);
    case "browser":
      say(`Parvis opens in the browser: ${choice.reason}.`);
      return runInBrowser({ ...options, passphrase }, profile);
  }
}

async function runInBrowser(options: BrowserOptions, profile: ProfileFile): Promise<void> {
  const locked = await lockProfile(options.dataDir);
  if ("running" in locked) {
    if (options.isResettingDemo) throw stillRunning();
    say("Parvis already runs with this data folder: this opens another view of it.");
    return announce(await askRunningInstance(options.dataDir, locked.running, options.link), options);
  }
  const running = await startHost(options, profile, locked.lock);
  stopOnSignals(async () => {
    await running.stop();
    await locked.lock.release();
  });
  await locked.lock.publish(running.port);
  await announce(running.url, options);
}

/** The pages are built while the workplace starts: both take their time at the first start. */
async function startHost(
  options: BrowserOptions,
  profile: ProfileFile,
  lock: InstanceLock,
): Promise<Running> {
  try {
    if (options.isResettingDemo) await resetDemo(options.dataDir);
    const [running] = await Promise.all([
      runBrowserShell({ ...options, root, profile, instanceSecret: lock.secret, onNotice: complain }),
      bundle(options.isDevelopment ? ["--watch"] : ["--pages", "--if-stale"]),
    ]);
    return running;
  } catch (error) {
    await lock.release();
    throw error;
  }
}

function stillRunning(): AppError {
  return new AppError("conflict", {
    title: "Parvis runs: stop it before its demonstration data are made anew",
  });
}

async function resetDemo(dataDir: string): Promise<void> {
  await rm(join(dataDir, "workplace"), { recursive: true, force: true });
}

/** The window takes the lock itself, later: here it is held only while the folder goes. */
async function resetUnusedDemo(dataDir: string): Promise<void> {
  const locked = await lockProfile(dataDir);
  if ("running" in locked) throw stillRunning();
  await resetDemo(dataDir);
  await locked.lock.release();
}

/** In a process of its own, so that the bundler's memory is given back. */
async function bundle(args: readonly string[]): Promise<void> {
  const child = spawn(process.execPath, [join(root, "build", "bundle.ts"), ...args], {
    cwd: root,
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  process.once("exit", () => child.kill());
  const outcome = await new Promise<number | null>((resolve) => {
    child.once("error", () => resolve(null));
    child.once("exit", resolve);
    child.once("message", () => resolve(0));
  });
  if (outcome === 0) return;
  throw new AppError("serverFault", {
    title: "The pages could not be built",
    detail: "The messages above say why. “npm run build” tries again.",
  });
}

async function announce(url: string, { isOpening }: StartOptions): Promise<void> {
  say(`Parvis is ready: ${url}`);
  // Everything has been loaded by now; written here since a process that is killed writes nothing.
  flushCompileCache();
  if (!isOpening) return;
  try {
    await openInBrowser(url);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    complain(`${error.problem.title} (${error.problem.detail ?? ""}). Open the address above by hand.`);
  }
}

async function runElectron(binary: string, options: StartOptions): Promise<void> {
  if (options.isResettingDemo) await resetUnusedDemo(options.dataDir);
  await bundle(["--if-stale"]);
  const args = [root, "--data", options.dataDir];
  if (options.isHidden) args.push("--hidden");
  if (options.serverUrl !== undefined) args.push("--server", options.serverUrl);
  if (options.link !== undefined) args.push(options.link);
  const child = spawn(binary, args, { stdio: "inherit" });
  stopOnSignals(() => {
    child.kill();
    return Promise.resolve();
  });
  process.exitCode = await new Promise<number>((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => resolve(code ?? 1));
  });
}

function stopOnSignals(stop: () => Promise<void>): void {
  let isStopping = false;
  const onSignal = (): void => {
    // A second Ctrl+C does not wait.
    if (isStopping) process.exit(130);
    isStopping = true;
    void stop().then(() => process.exit(0));
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, onSignal);
}

try {
  await main();
} catch (error) {
  if (error instanceof AppError)
    complain([error.problem.title, error.problem.detail].filter(Boolean).join(".\n"));
  else if (error instanceof TypeError && "code" in error) complain(`${error.message}\n\n${USAGE}`);
  else complain(error instanceof Error ? (error.stack ?? error.message) : String(error));
  process.exit(1);
}
