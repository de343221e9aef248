import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { NtExecutable, NtExecutableResource } from "pe-library";
import { Resource } from "resedit";
import type { BuildPlatform } from "./package-kinds.ts";

/**
 * Folders shaped like Electron's own distributions, as far as packing looks at them: where the binary cannot be had, the
 * packaging is still carried out and checked. What comes out does not run.
 */

/** Marks the fuses in the binary: the sentinel, version 1, nine fuses as Electron ships them. */
const FUSE_WIRE = Buffer.concat([
  Buffer.from("dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX"),
  Buffer.from([1, 9]),
  Buffer.from("101100011"),
]);
const BINARY = Buffer.concat([Buffer.alloc(4096), FUSE_WIRE, Buffer.alloc(4096)]);

export function writeStandIn(folder: string, platform: BuildPlatform, version: string): void {
  const files = { linux: linuxFiles, mac: macFiles, win: windowsFiles }[platform](version);
  for (const [path, content] of Object.entries({ ...files, ...COMMON, version })) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content, { mode: 0o755 });
  }
}

const COMMON = { LICENSE: "stand-in", "LICENSES.chromium.html": "stand-in" };

function linuxFiles(): Record<string, string | Buffer> {
  return {
    electron: BINARY,
    "chrome-sandbox": "stand-in",
    chrome_crashpad_handler: "stand-in",
    "locales/en-US.pak": "stand-in",
    "locales/fr.pak": "stand-in",
  };
}

/** A program of no code, with the version information that packing rewrites. */
function windowsFiles(version: string): Record<string, string | Buffer> {
  const program = NtExecutable.createEmpty(false, false);
  const resources = NtExecutableResource.from(program);
  const language = { lang: 1033, codepage: 1200 };
  const values = { FileDescription: "Electron", ProductName: "Electron", FileVersion: version };
  const info = Resource.VersionInfo.create(1033, {}, [{ ...language, values }]);
  info.outputToResourceEntries(resources.entries);
  resources.outputResource(program);
  program.setExtraData(FUSE_WIRE);
  return {
    "electron.exe": Buffer.from(program.generate()),
    "ffmpeg.dll": "stand-in",
    "resources.pak": "stand-in",
    "locales/en-US.pak": "stand-in",
    "locales/fr.pak": "stand-in",
  };
}

function macFiles(version: string): Record<string, string | Buffer> {
  const contents = "Electron.app/Contents";
  const frameworks = `${contents}/Frameworks`;
  const helpers = ["", " (GPU)", " (Plugin)", " (Renderer)"].map((kind) => `Electron Helper${kind}`);
  return {
    [`${contents}/Info.plist`]: plist("Electron", version),
    [`${contents}/MacOS/Electron`]: "stand-in",
    [`${contents}/Resources/electron.icns`]: "stand-in",
    [`${contents}/Resources/en.lproj/locale.pak`]: "stand-in",
    [`${frameworks}/Electron Framework.framework/Electron Framework`]: BINARY,
    ...Object.fromEntries(
      helpers.flatMap((helper) => [
        [`${frameworks}/${helper}.app/Contents/Info.plist`, plist(helper, version)],
        [`${frameworks}/${helper}.app/Contents/MacOS/${helper}`, "stand-in"],
      ]),
    ),
  };
}

function plist(name: string, version: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0"><dict>
<key>CFBundleName</key><string>${name}</string>
<key>CFBundleExecutable</key><string>${name}</string>
<key>CFBundleIdentifier</key><string>com.github.Electron</string>
<key>CFBundleVersion</key><string>${version}</string>
<key>CFBundlePackageType</key><string>APPL</string>
<key>NSAppTransportSecurity</key><dict><key>NSAllowsArbitraryLoads</key><true/></dict>
</dict></plist>
`;
}
