import { createHash } from "node:crypto";
import { mkdir, readFile, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { errorCode, writeFileAtomic } from "../files/atomic-file.ts";

/** `refused`: switched off by the person in the settings of their system. */
export type AutostartState = "on" | "off" | "refused";

/** Starting with the session of the machine, as the system has it written down. */
export interface Autostart {
  /** What the system will do, read from the system. */
  state(): Promise<AutostartState>;
  set(isOn: boolean): Promise<void>;
}

export interface XdgAutostartOptions {
  /** `XDG_CONFIG_HOME`, or `~/.config`. */
  configHome: string;
  /** Program and arguments, as they are started at login. */
  command: readonly string[];
  /** Tells this profile from others of the same person; absent: the usual one. */
  profile?: string;
}

/** A desktop entry in the autostart folder, which sessions of Linux and the BSDs read. */
export function xdgAutostart({ configHome, command, profile }: XdgAutostartOptions): Autostart {
  const suffix =
    profile === undefined ? "" : `-${createHash("sha256").update(profile).digest("hex").slice(0, 8)}`;
  const path = join(configHome, "autostart", `parvis${suffix}.desktop`);
  return {
    async state() {
      const text = await readText(path);
      if (text === undefined) return "off";
      return isEnabled(text) ? "on" : "refused";
    },
    async set(isOn) {
      if (!isOn) {
        await rm(path, { force: true });
        return;
      }
      const wanted = entryOf(command);
      // As it stands: nothing is written at each start.
      if ((await readText(path)) === wanted) return;
      await mkdir(dirname(path), { recursive: true });
      await writeFileAtomic(path, wanted);
    },
  };
}

function entryOf(command: readonly string[]): string {
  return [
    "[Desktop Entry]",
    "Type=Application",
    "Version=1.5",
    "Name=Parvis",
    "Comment=Desktop hub for the digital workplace",
    "Comment[fr]=Bureau de travail numérique",
    `Exec=${command.map(quoted).join(" ")}`,
    "Icon=parvis",
    "Terminal=false",
    "StartupNotify=false",
    "X-GNOME-Autostart-enabled=true",
    "",
  ].join("\n");
}

/** The person may have switched it off in the settings of their desktop, which leaves the file there. */
function isEnabled(text: string): boolean {
  const value = (key: string): string | undefined =>
    new RegExp(String.raw`^${key}\s*=\s*(.*?)\s*$`, "m").exec(text)?.[1]?.toLowerCase();
  return value("Hidden") !== "true" && value("X-GNOME-Autostart-enabled") !== "false";
}

/**
 * As the Desktop Entry Specification wants an argument: in double quotes with `"`, backquote, `$` and backslash escaped, then
 * backslashes once more as in every string value, and `%` doubled.
 */
function quoted(argument: string): string {
  const inner = argument.replaceAll(/["`$\\]/g, String.raw`\$&`);
  const isPlain = /^[\w@%+=:,./-]+$/.test(argument);
  const value = isPlain ? argument : `"${inner}"`;
  return value.replaceAll("\\", "\\\\").replaceAll("%", "%%");
}

async function readText(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (errorCode(error) === "ENOENT") return undefined;
    throw error;
  }
}
