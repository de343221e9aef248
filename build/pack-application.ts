import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Arch, build, Platform, type Configuration, type AfterPackContext } from "electron-builder";
import { addToMsiProject } from "./msi-project.ts";
import type { PackageKind } from "./package-kinds.ts";
import { projectRoot } from "./project-root.ts";
import { updateKeysOf } from "./update-keys.ts";

export interface PackOptions {
  kind: PackageKind;
  architectures?: readonly ("x64" | "arm64")[];
  /** Folder of an unpacked Electron distribution; otherwise it is fetched. */
  electronDist?: string;
  /** `dist/packages` unless told otherwise. */
  output?: string;
  /** Fails rather than leave anything unsigned, or without a key for updates. */
  isRelease?: boolean;
  /** Lets a test attach to the main process. Such a build is never handed out. */
  isForTests?: boolean;
  env?: NodeJS.ProcessEnv;
  /** Looks at what is packed, before its archive is signed. */
  onPacked?: (context: AfterPackContext) => Promise<void>;
}

const PLATFORMS = { linux: Platform.LINUX, mac: Platform.MAC, win: Platform.WINDOWS } as const;

/** dist/ as an installable application, by electron-builder.yml. Returns what electron-builder made. */
export async function packApplication(options: PackOptions): Promise<string[]> {
  const { kind, architectures = ["x64"] } = options;
  const archs = architectures.map((name) => (name === "arm64" ? Arch.arm64 : Arch.x64));
  return build({
    projectDir: projectRoot,
    targets: PLATFORMS[kind.platform].createTarget([...kind.targets], ...archs),
    publish: "never",
    config: configuration(options),
  });
}

function configuration(options: PackOptions): Configuration {
  const { kind, electronDist, output, isRelease = false, isForTests = false, env = process.env } = options;
  const parvisUpdateKeys = updateKeysOf(env);
  if (isRelease && parvisUpdateKeys.length === 0) {
    throw new TypeError("A release needs PARVIS_UPDATE_KEYS: without a key it would refuse every update");
  }
  if (isRelease && (env["PARVIS_HOMEPAGE"] ?? "") === "") {
    throw new TypeError(
      "A release needs PARVIS_HOMEPAGE: packages name the pages of those who answer for them",
    );
  }
  return {
    extends: join(projectRoot, "electron-builder.yml"),
    electronVersion: electronVersion(),
    extraMetadata: { parvisUpdateKeys, ...homepage(env) },
    // Nothing is ever uploaded from here. The address is a placeholder that nothing contacts: with it electron-builder
    // makes the lists of files (latest*.yml) for an administrator's own server or share.
    publish: kind.isUpdatable ? { provider: "generic", url: "https://updates.invalid/" } : null,
    ...(electronDist === undefined ? {} : { electronDist }),
    ...(output === undefined ? {} : { directories: { output, buildResources: "build/resources" } }),
    ...(isRelease ? { forceCodeSigning: true } : {}),
    ...(isForTests ? { electronFuses: { enableNodeCliInspectArguments: true } } : {}),
    // Signing belongs to a release: a folder is for looking at.
    ...(kind.targets.includes("dir") ? { mac: { identity: null } } : {}),
    msiProjectCreated: (path) => {
      writeFileSync(path, addToMsiProject(readFileSync(path, "utf8")));
    },
    afterPack: async (context) => {
      const { electronPlatformName, appOutDir, packager } = context;
      writeFileSync(join(packager.getResourcesDir(appOutDir), "package-type"), kind.name);
      if (electronPlatformName === "darwin")
        forbidClearText(join(appOutDir, "Parvis.app", "Contents", "Info.plist"));
      await options.onPacked?.(context);
    },
  };
}

function homepage(env: NodeJS.ProcessEnv): { homepage?: string } {
  const address = env["PARVIS_HOMEPAGE"];
  return address === undefined || address === "" ? {} : { homepage: new URL(address).href };
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
