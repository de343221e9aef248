import { readFile } from "node:fs/promises";
import { join } from "node:path";

/** What an update can replace without anybody's help: installed by the person, or one file that is theirs. */
const UPDATABLE: ReadonlySet<string> = new Set(["nsis", "app", "appimage"]);

/**
 * How this installation was packed, as the packaging wrote it beside the archive (build/package-kinds.ts). "source" where
 * it says nothing: run from its sources, or by somebody else's packaging.
 */
export async function readPackageKind(resourcesPath: string | undefined): Promise<string> {
  if (resourcesPath === undefined) return "source";
  const text = await readFile(join(resourcesPath, "package-type"), "utf8").catch(() => "");
  return text.trim() || "source";
}

/** MSI, deb, rpm and pkg belong to software distribution, a portable folder to whoever carries it. */
export function isUpdatable(packageKind: string): boolean {
  return UPDATABLE.has(packageKind);
}
