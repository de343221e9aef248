import { readFile } from "node:fs/promises";
import { isAbsolute, join } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { errorCode } from "../files/atomic-file.ts";
import { isLoopback } from "../gateway/server-url.ts";

/** Where updates come from: a web folder, or a folder of this machine or of a share. */
export type UpdateSource = { kind: "web"; url: string } | { kind: "folder"; path: string };

const fileSchema = z.object({ url: z.string().min(1).max(2000) });

export interface UpdateConfigOptions {
  dataDir: string;
  env: NodeJS.ProcessEnv;
  /** Told, in words for an administrator, why an address that was set is not used. */
  onRefused: (message: string) => void;
}

/** `PARVIS_UPDATE_URL`, else `update.json` of the profile. Undefined, which is usual: updates are off. */
export async function readUpdateSource(options: UpdateConfigOptions): Promise<UpdateSource | undefined> {
  const { dataDir, env, onRefused } = options;
  const fromEnv = env["PARVIS_UPDATE_URL"];
  const text = fromEnv === undefined || fromEnv === "" ? await readUrl(dataDir, onRefused) : fromEnv;
  if (text === undefined) return undefined;
  const source = parseSource(text);
  if (source === undefined) {
    onRefused(`Updates are off: “${text}” is neither an https: address nor the absolute path of a folder.`);
  }
  return source;
}

/** `http:` only on this machine itself, as everywhere. */
function parseSource(text: string): UpdateSource | undefined {
  // A share by its UNC path is no absolute path elsewhere than on Windows.
  if (isAbsolute(text) || text.startsWith("\\\\")) return { kind: "folder", path: text };
  const url = URL.parse(text);
  if (url === null || url.username !== "" || url.password !== "") return undefined;
  if (url.protocol === "file:") {
    // Only Windows knows what another machine's folder is.
    const isShare = url.hostname !== "" && process.platform !== "win32";
    return isShare ? undefined : { kind: "folder", path: fileURLToPath(url) };
  }
  const isAllowed = url.protocol === "https:" || (url.protocol === "http:" && isLoopback(url));
  return isAllowed ? { kind: "web", url: url.href } : undefined;
}

async function readUrl(dataDir: string, onRefused: (message: string) => void): Promise<string | undefined> {
  const path = join(dataDir, "update.json");
  try {
    return fileSchema.parse(JSON.parse(await readFile(path, "utf8"))).url;
  } catch (error) {
    if (errorCode(error) !== "ENOENT")
      onRefused(`Updates are off: ${path} cannot be read (${String(error)}).`);
    return undefined;
  }
}
