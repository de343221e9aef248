import { spawn } from "node:child_process";
import { once } from "node:events";
import { _electron } from "playwright/test";
import { findElectron, whyNoWindow } from "#host/cli/find-electron.ts";
import { repositoryRoot } from "#tests/support/processes.ts";
import type { Desktop, DesktopOptions } from "./desktop.ts";

const HERE = { root: repositoryRoot, env: process.env, platform: process.platform };

function binary(): string | undefined {
  return process.env["PARVIS_ELECTRON"] ?? findElectron(HERE);
}

/** Why the specifications cannot run on a real binary here; undefined when they can. */
export function whyNoElectron(): string | undefined {
  if (binary() === undefined)
    return "there is no Electron binary (npx install-electron fetches it, PARVIS_ELECTRON names one)";
  return whyNoWindow(HERE);
}

/** The same as the stand-in's, over Playwright's own way into Electron. */
export async function openReal(options: DesktopOptions): Promise<Desktop> {
  const { dataDir, args = [], root = repositoryRoot } = options;
  const executablePath = binary();
  if (executablePath === undefined) throw new Error(whyNoElectron());
  const env = definedOnly({ ...process.env, ...options.env });
  const all = [root, "--data", dataDir, "--lang=fr-FR", ...args];
  const application = await _electron.launch({ executablePath, args: all, env });
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
    firstWindow: () => application.firstWindow(),
    waitForWindow: () => application.waitForEvent("window"),
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Playwright's types know Electron's modules under another name.
    evaluate: (act, ...arg) => application.evaluate(act as never, arg[0] as never),
    evaluateStandIn: () => Promise.reject(new Error("This is a real Electron: skip the test where isReal.")),
    process: () => child,
    output: () => text,
    async startAgain(again = []) {
      const second = spawn(executablePath, [...all, ...again], { env, stdio: ["ignore", "pipe", "pipe"] });
      let said = "";
      second.stdout.on("data", (chunk: Buffer) => {
        said += chunk.toString();
      });
      const [code] = await once(second, "exit");
      return { code: typeof code === "number" ? code : null, output: said };
    },
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

function definedOnly(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
