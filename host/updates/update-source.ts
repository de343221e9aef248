import { readFile } from "node:fs/promises";
import { isAbsolute, join } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { errorCode } from "../files/atomic-file.ts";
import { isLoopback } from "../gateway/server-url.ts";

/** Where updates come from: a web folder, or a folder of this machine or of a share. */
export type UpdateSource = { kind: "web"; url: string } | { kind: "folder"; path: string };

const fileSchema = z.object({ url: z.string().min(1).max(2000) });

/** `PARVIS_UPDATE_URL`, else `update.json` of the profile; a file that cannot be read is said, not passed over. */
export async function readLocalAddress(
  dataDir: string,
  env: NodeJS.ProcessEnv,
): Promise<{ text: string | undefined } | { detail: string }> {
  const fromEnv = env["PARVIS_UPDATE_URL"];
  if (fromEnv !== undefined && fromEnv !== "") return { text: fromEnv };
  const path = join(dataDir, "update.json");
  try {
    return { text: fileSchema.parse(JSON.parse(await readFile(path, "utf8"))).url };
  } catch (error) {
    if (errorCode(error) === "ENOENT") return { text: undefined };
    return { detail: `${path} cannot be read (${String(error)}).` };
  }
}

/** `http:` only on this machine itself, as everywhere. */
export function parseUpdateSource(text: string): UpdateSource | undefined {
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
