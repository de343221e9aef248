/**
 * Each kind of package is packed by itself and says so in `resources/package-type`: what looks for updates reads it, and
 * only kinds that an update can replace without anybody's help are updated (host/updates/package-kind.ts).
 */

export type BuildPlatform = "linux" | "mac" | "win";

export interface PackageKind {
  /** What `resources/package-type` says. electron-builder writes the same word for deb and rpm. */
  name: string;
  platform: BuildPlatform;
  /** Targets of electron-builder. */
  targets: readonly string[];
  /** Whether a list of files (latest*.yml) is made for it. */
  isUpdatable: boolean;
}

export const PACKAGE_KINDS: readonly PackageKind[] = [
  { name: "nsis", platform: "win", targets: ["nsis"], isUpdatable: true },
  { name: "msi", platform: "win", targets: ["msi"], isUpdatable: false },
  { name: "portable", platform: "win", targets: ["portable"], isUpdatable: false },
  // The updater needs the zip.
  { name: "app", platform: "mac", targets: ["dmg", "zip"], isUpdatable: true },
  { name: "pkg", platform: "mac", targets: ["pkg"], isUpdatable: false },
  { name: "appimage", platform: "linux", targets: ["AppImage"], isUpdatable: true },
  { name: "deb", platform: "linux", targets: ["deb"], isUpdatable: false },
  { name: "rpm", platform: "linux", targets: ["rpm"], isUpdatable: false },
];

/** A folder for looking at: never installed, never updated. */
export function unpackedKind(platform: BuildPlatform): PackageKind {
  return { name: "unpacked", platform, targets: ["dir"], isUpdatable: false };
}
