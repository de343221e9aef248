import type { ProfileFile } from "../profile/profile.ts";
import { fetchElectron, findElectron, whyNoWindow, type ElectronSearch } from "./find-electron.ts";
import type { StartOptions } from "./options.ts";

const FETCH_LIMIT_MS = 20_000;
const DAY_MS = 86_400_000;

export type ChosenShell =
  | { kind: "electron"; binary: string }
  /** With why it is not a window. */
  | { kind: "browser"; reason: string }
  | { kind: "none"; reason: string };

export interface ChooseShellOptions extends ElectronSearch {
  wanted: StartOptions["shell"];
  isTerminal: boolean;
  profile: ProfileFile;
  say: (text: string) => void;
  now: number;
}

/** A window where one can be had, otherwise the browser; what was asked for, or nothing. */
export async function chooseShell(options: ChooseShellOptions): Promise<ChosenShell> {
  const { wanted } = options;
  if (wanted === "browser") return { kind: "browser", reason: "as asked" };
  const found = await electronOrReason(options);
  if ("binary" in found) return { kind: "electron", binary: found.binary };
  return { kind: wanted === "electron" ? "none" : "browser", reason: found.reason };
}

async function electronOrReason(
  options: ChooseShellOptions,
): Promise<{ binary: string } | { reason: string }> {
  const hindrance = whyNoWindow(options);
  if (hindrance !== undefined) return { reason: hindrance };
  const binary = findElectron(options);
  if (binary !== undefined) return { binary };
  const isAsked = options.wanted === "electron";
  if (!isAsked && !options.isTerminal) return { reason: "no Electron binary is installed" };
  const failedAt = Date.parse((await options.profile.read()).electronFailedAt ?? "");
  if (!isAsked && options.now - failedAt < DAY_MS) {
    return { reason: "no Electron binary is installed, and fetching it failed less than a day ago" };
  }
  return fetchAndFind(options);
}

async function fetchAndFind(options: ChooseShellOptions): Promise<{ binary: string } | { reason: string }> {
  options.say("Fetching the Electron binary (about 100 MB, once)…");
  const failure = await fetchElectron(options.root, FETCH_LIMIT_MS);
  const binary = failure === undefined ? findElectron(options) : undefined;
  if (binary !== undefined) return { binary };
  const electronFailedAt = new Date(options.now).toISOString();
  await options.profile.update((profile) => ({ ...profile, electronFailedAt }));
  return {
    reason: `no Electron binary is installed and fetching it failed: ${failure ?? "it was not found after"}`,
  };
}
