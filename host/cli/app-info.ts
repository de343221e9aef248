import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { AppInfo } from "#contract/bridge.ts";

const packageSchema = z.object({ version: z.string() });

export function appVersion(root: string): string {
  return packageSchema.parse(JSON.parse(readFileSync(join(root, "package.json"), "utf8"))).version;
}

export function platformName(platform: NodeJS.Platform): AppInfo["platform"] {
  return platform === "win32" || platform === "darwin" || platform === "linux" ? platform : "other";
}

/** BCP 47 tag of the system; a bare "C" or "POSIX" counts as English. */
export function systemLocale(): string {
  const { locale } = new Intl.DateTimeFormat().resolvedOptions();
  return locale === "" ? "en" : locale;
}
