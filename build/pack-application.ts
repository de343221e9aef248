import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build, Platform } from "electron-builder";
import { projectRoot } from "./project-root.ts";

export interface PackOptions {
  platform: "linux" | "mac" | "win";
  /** An unpacked application instead of installers. */
  isDirectory: boolean;
  /** Folder of an unpacked Electron distribution; otherwise it is fetched. */
  electronDist?: string;
  /** `dist/packages` unless told otherwise. */
  output?: string;
}

const TARGETS = { linux: Platform.LINUX, mac: Platform.MAC, win: Platform.WINDOWS } as const;

/** dist/ as an installable application, by electron-builder.yml. Returns what electron-builder made. */
export async function packApplication(options: PackOptions): Promise<string[]> {
  const { platform, isDirectory, electronDist, output } = options;
  return build({
    projectDir: projectRoot,
    targets: TARGETS[platform].createTarget(isDirectory ? "dir" : null),
    publish: "never",
    config: {
      extends: join(projectRoot, "electron-builder.yml"),
      electronVersion: electronVersion(),
      ...(electronDist === undefined ? {} : { electronDist }),
      ...(output === undefined ? {} : { directories: { output, buildResources: "build/resources" } }),
      afterPack: async ({ electronPlatformName, appOutDir }) => {
        if (electronPlatformName === "darwin")
          forbidClearText(join(appOutDir, "Parvis.app", "Contents", "Info.plist"));
      },
      // Signing belongs to a release: a folder is for looking at.
      ...(isDirectory ? { mac: { identity: null } } : {}),
    },
  });
}

/** The exact version installed, since ranges cannot be looked up offline. */
export function electronVersion(): string {
  const manifest: unknown = JSON.parse(
    readFileSync(join(projectRoot, "node_modules", "electron", "package.json"), "utf8"),
  );
  if (typeof manifest === "object" && manifest !== null && "version" in manifest)
    return String(manifest.version);
  throw new Error("the electron package is not installed");
}

const ARBITRARY_LOADS = /(<key>NSAllowsArbitraryLoads<\/key>\s*)<true\/>/g;

/** electron-builder allows clear text anywhere and does not let its configuration say otherwise. Before signing. */
function forbidClearText(plist: string): void {
  writeFileSync(plist, readFileSync(plist, "utf8").replace(ARBITRARY_LOADS, "$1<false/>"));
}
