import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";

export interface ElectronSearch {
  root: string;
  env: NodeJS.ProcessEnv;
  platform: NodeJS.Platform;
}

/** Path of an Electron binary on this machine: the one named by the environment, the package's own, one on the PATH. */
export function findElectron({ root, env, platform }: ElectronSearch): string | undefined {
  const name = platform === "win32" ? "electron.exe" : "electron";
  const inPackage = packagePath(root) ?? name;
  const named = env["ELECTRON_OVERRIDE_DIST_PATH"];
  const candidates = [
    ...(named === undefined ? [] : [join(named, inPackage)]),
    join(root, "node_modules", "electron", "dist", inPackage),
    ...(env["PATH"] ?? "")
      .split(delimiter)
      // npm puts the package's own starter there, which tries to download.
      .filter((folder) => folder !== "" && !folder.includes("node_modules"))
      .map((folder) => join(folder, name)),
  ];
  return candidates.find((path) => existsSync(path));
}

function packagePath(root: string): string | undefined {
  const file = join(root, "node_modules", "electron", "path.txt");
  return existsSync(file) ? readFileSync(file, "utf8").trim() : undefined;
}

/** Why a window cannot be shown whatever is installed. */
export function whyNoWindow({ env, platform }: Omit<ElectronSearch, "root">): string | undefined {
  if (platform !== "linux") return undefined;
  if ((env["DISPLAY"] ?? "") === "" && (env["WAYLAND_DISPLAY"] ?? "") === "")
    return "this machine has no display";
  // Chromium's sandbox refuses, and the sandbox is not given up.
  return process.getuid?.() === 0 ? "Electron does not run as root" : undefined;
}

/** Downloads the binary with the package's own installer. Says why when that did not succeed. */
export async function fetchElectron(root: string, limitMs: number): Promise<string | undefined> {
  const script = join(root, "node_modules", "electron", "install.js");
  if (!existsSync(script)) return "the electron package is not installed";
  const child = spawn(process.execPath, [script], { stdio: ["ignore", "ignore", "pipe"], cwd: root });
  let output = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    output = (output + text).slice(-2000);
  });
  const limit = setTimeout(() => child.kill("SIGKILL"), limitMs);
  const code = await new Promise<number | null>((resolve) => {
    child.once("error", () => resolve(null));
    child.once("exit", resolve);
  });
  clearTimeout(limit);
  if (code === 0) return undefined;
  if (code === null) return `the download did not end within ${limitMs / 1000} s`;
  return /^\w*Error: (.*)$/m.exec(output)?.[1] ?? `the download ended with code ${code}`;
}
