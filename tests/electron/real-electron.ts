import { spawn } from "node:child_process";
import { once } from "node:events";
import { globSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { _electron } from "playwright/test";
import { findElectron, whyNoWindow } from "#host/cli/find-electron.ts";
import { repositoryRoot } from "#tests/support/processes.ts";
import type { Desktop, DesktopOptions } from "./desktop.ts";
import { loaded } from "./loaded.ts";

const HERE = { root: repositoryRoot, env: process.env, platform: process.platform };

/** Electron itself: `PARVIS_ELECTRON`, else where `npm start` looks. */
function binary(): string | undefined {
  return process.env["PARVIS_ELECTRON"] ?? findElectron(HERE);
}

/** `PARVIS_APPLICATION`: Parvis as `npm run package -- --for-tests` packs it, or the folder with it. */
function packaged(): string | undefined {
  const named = process.env["PARVIS_APPLICATION"] ?? "";
  if (named === "") return undefined;
  const path = resolve(repositoryRoot, named);
  if (statSync(path).isFile()) return path;
  const patterns = ["mac*/*.app/Contents/MacOS/*", "win-*unpacked/Parvis.exe", "linux-*unpacked/parvis"];
  const [found] = patterns.flatMap((pattern) => globSync(pattern, { cwd: path }));
  if (found === undefined) throw new Error(`There is no packaged application in ${path}.`);
  return resolve(path, found);
}

/** Why the specifications cannot run on a real binary here; undefined when they can. */
export function whyNoElectron(): string | undefined {
  if (binary() === undefined && packaged() === undefined)
    return "there is no Electron binary (npx install-electron fetches it, PARVIS_ELECTRON names one)";
  return whyNoWindow(HERE);
}

/** A packaged application brings its own folder; another one than Parvis is run by Electron itself. */
function commandOf({ dataDir, args = [], root }: DesktopOptions): { program: string; args: string[] } {
  const own = root === undefined ? packaged() : undefined;
  const program = own ?? binary();
  if (program === undefined) throw new Error(whyNoElectron());
  const folder = own === undefined ? [root ?? repositoryRoot] : [];
  return { program, args: [...folder, "--data", dataDir, "--lang=fr-FR", ...args] };
}

/** The same as the stand-in's, over Playwright's own way into Electron. */
export async function openReal(options: DesktopOptions): Promise<Desktop> {
  const { program, args } = commandOf(options);
  const env = definedOnly({ ...process.env, ...options.env });
  const application = await _electron.launch({ executablePath: program, args, env });
  const child = application.process();
  const ended = once(child, "exit");
  let text = "";
  const take = (chunk: Buffer): void => {
    text += chunk.toString();
  };
  child.stdout?.on("data", take);
  child.stderr?.on("data", take);
  return {
    isReal: true,
    windows: () => application.windows(),
    firstWindow: async () => loaded(await application.firstWindow()),
    waitForWindow: async () => loaded(await application.waitForEvent("window")),
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Playwright's types know Electron's modules under another name.
    evaluate: (act, ...arg) => application.evaluate(act as never, arg[0] as never),
    evaluateStandIn: () =>
      Promise.reject(new Error("This is a real Electron: skip the test where desktop.isReal.")),
    process: () => child,
    output: () => text,
    startAgain: (again = []) => runToItsEnd(program, [...args, ...again], env),
    close: () => application.close(),
    async kill() {
      child.kill("SIGKILL");
      await ended;
    },
    async ended() {
      const [code] = await ended;
      return typeof code === "number" ? code : null;
    },
  };
}

async function runToItsEnd(
  program: string,
  args: string[],
  env: Record<string, string>,
): Promise<{ code: number | null; output: string }> {
  const child = spawn(program, args, { env, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk: Buffer) => {
      output += chunk.toString();
    });
  const [code] = await once(child, "exit");
  return { code: typeof code === "number" ? code : null, output };
}

function definedOnly(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
