import { existsSync, readdirSync, readFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { join } from "node:path";
import { FuseV1Options, getCurrentFuseWire } from "@electron/fuses";
import { NtExecutable, NtExecutableResource } from "pe-library";
import { Resource } from "resedit";
import type { BuildPlatform } from "./package-kinds.ts";
import { readAsar, type Asar } from "./read-asar.ts";

/** Looks into an unpacked application as it was packed and says what is not as decided; nothing, when all is. */

export interface CheckOptions {
  /** Folder that holds `linux-unpacked`, `mac` or `win-unpacked`. */
  output: string;
  platform: BuildPlatform;
  version: string;
  /** What `resources/package-type` has to say. */
  kind: string;
}

interface Layout {
  /** What holds the fuses. */
  program: string;
  resources: string;
}

const LAYOUTS: Record<BuildPlatform, Layout> = {
  linux: { program: "linux-unpacked/parvis", resources: "linux-unpacked/resources" },
  mac: { program: "mac/Parvis.app", resources: "mac/Parvis.app/Contents/Resources" },
  win: { program: "win-unpacked/Parvis.exe", resources: "win-unpacked/resources" },
};

/** Everything that may stand in the archive. What else a part of the application needs is added here, by name. */
const ALLOWED = [
  /^package\.json$/,
  /^dist\/electron\/main\.js$/,
  /^dist\/electron\/tray\/[\w@.-]+\.(png|ico)$/,
  /^dist\/preload\/preload\.cjs$/,
  /^dist\/server\/serve\.js$/,
  /^dist\/drive-index\/index-worker\.js$/,
  /^dist\/drive-process\/drive-process-entry\.js$/,
  /^dist\/renderer\/index\.html$/,
  /^dist\/renderer\/assets\/[\w.-]+\.(js|css|json|svg|png|webp|woff2)$/,
  // What PDF.js falls back on for two formats of pictures, under the names by which it asks for them.
  /^dist\/renderer\/pdf-decoders\/\w+_nowasm_fallback\.js$/,
];
const NEEDED = [
  "package.json",
  "dist/electron/main.js",
  "dist/preload/preload.cjs",
  "dist/server/serve.js",
  "dist/drive-index/index-worker.js",
  "dist/drive-process/drive-process-entry.js",
];

/** Total on purpose: a fuse that a new version knows does not compile until it is decided. */
const FUSES: Record<keyof typeof FuseV1Options, boolean> = {
  RunAsNode: false,
  EnableCookieEncryption: true,
  EnableNodeOptionsEnvironmentVariable: false,
  EnableNodeCliInspectArguments: false,
  EnableEmbeddedAsarIntegrityValidation: true,
  OnlyLoadAppFromAsar: true,
  LoadBrowserProcessSpecificV8Snapshot: false,
  GrantFileProtocolExtraPrivileges: false,
};

export async function checkPackage(options: CheckOptions): Promise<string[]> {
  const { output, platform, kind } = options;
  const layout = LAYOUTS[platform];
  const resources = join(output, layout.resources);
  const asar = readAsar(join(resources, "app.asar"));
  const marker = readFileSync(join(resources, "package-type"), "utf8");
  return [
    ...checkContents(asar),
    ...checkBundles(asar),
    ...checkManifest(asar, options.version),
    ...(existsSync(join(resources, "app.asar.unpacked"))
      ? ["files lie beside the archive, unprotected"]
      : []),
    ...(marker === kind ? [] : [`package-type says “${marker}” and not “${kind}”`]),
    ...(await checkFuses(join(output, layout.program))),
    ...(platform === "mac" ? checkMac(join(output, "mac/Parvis.app"), options.version) : []),
    ...(platform === "win" ? checkWindows(join(output, layout.program), asar, options.version) : []),
    ...(platform === "linux" ? checkLinux(join(output, "linux-unpacked")) : []),
  ];
}

function checkContents({ paths }: Asar): string[] {
  return [
    ...paths
      .filter((path) => !ALLOWED.some((pattern) => pattern.test(path)))
      .map((path) => `${path} is packed`),
    ...NEEDED.filter((path) => !paths.includes(path)).map((path) => `${path} is missing`),
    ...(paths.filter((path) => /(?:^|\/)dist\/preload\/./.test(path)).length === 1
      ? []
      : ["there is not one preload"]),
  ];
}

const IMPORTS = [
  /^import .*?from "([^"]+)";$/gm,
  /^import "([^"]+)";$/gm,
  /\bimport\("([^"]+)"\)/g,
  /\b__require\("([^"]+)"\)/g,
];

/** Main and server may ask for Electron and Node alone: the archive has no modules, and nothing native. */
function checkBundles(asar: Asar): string[] {
  const preload = asar.read("dist/preload/preload.cjs");
  const required = [...preload.matchAll(/require\("([^"]+)"\)/g)].map((match) => match[1]);
  const problems =
    required.join() === "electron" && !/^(import|export) /m.test(preload)
      ? []
      : [`the preload asks for ${required.join(", ")}, or is no CommonJS`];
  for (const path of [
    "dist/electron/main.js",
    "dist/server/serve.js",
    "dist/drive-index/index-worker.js",
    "dist/drive-process/drive-process-entry.js",
  ]) {
    const source = asar.read(path);
    const asked = IMPORTS.flatMap((pattern) => [...source.matchAll(pattern)].map((match) => match[1] ?? ""));
    const foreign = asked.filter((name) => name !== "electron" && !isBuiltin(name));
    problems.push(...foreign.filter((name) => !OPTIONAL.has(name)).map((name) => `${path} imports ${name}`));
  }
  return problems;
}

/** Asked for only where they are installed, and never in a package: the keyring module serves the browser shell. */
const OPTIONAL = new Set(["keytar", "pg-native", "pg-cloudflare", "cloudflare:sockets"]);

function checkManifest(asar: Asar, version: string): string[] {
  const manifest = asar.read("package.json");
  return [
    ...(manifest.includes(`"version": "${version}"`) ? [] : [`package.json is not of version ${version}`]),
    ...(manifest.includes('"desktopName": "parvis.desktop"') ? [] : ["package.json has no desktopName"]),
    ...(manifest.includes('"parvisUpdateKeys"') ? [] : ["package.json has no place for keys of updates"]),
    ...(manifest.includes('"scripts"') ? ["package.json has scripts"] : []),
  ];
}

async function checkFuses(program: string): Promise<string[]> {
  const wire = await getCurrentFuseWire(program);
  // The characters "0" and "1" in the wire.
  return fuseNames().flatMap((name) => {
    const state = Number(wire[FuseV1Options[name]]);
    return state === (FUSES[name] ? 49 : 48) ? [] : [`fuse ${name} is not ${FUSES[name] ? "on" : "off"}`];
  });
}

function fuseNames(): (keyof typeof FuseV1Options)[] {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Object.keys forgets the names of its object
  return Object.keys(FUSES) as (keyof typeof FuseV1Options)[];
}

function checkMac(app: string, version: string): string[] {
  const plist = readFileSync(join(app, "Contents/Info.plist"), "utf8").replaceAll(/>\s+</g, "><");
  const expected: Record<string, string | RegExp> = {
    "the identifier": "<key>CFBundleIdentifier</key><string>fr.parvis.desktop</string>",
    "the version": `<key>CFBundleShortVersionString</key><string>${version}</string>`,
    "the refusal of clear text": "<key>NSAllowsArbitraryLoads</key><false/>",
    "the hash of the archive": /<key>ElectronAsarIntegrity<\/key><dict>.*?<string>[0-9a-f]{64}<\/string>/,
    "links parvis:": /<key>CFBundleURLSchemes<\/key><array><string>parvis<\/string><\/array>/,
    "why the microphone": "<key>NSMicrophoneUsageDescription</key>",
  };
  return Object.entries(expected)
    .filter(([, sign]) => (typeof sign === "string" ? !plist.includes(sign) : !sign.test(plist)))
    .map(([what]) => `Info.plist lacks ${what}`);
}

function checkWindows(program: string, asar: Asar, version: string): string[] {
  const { entries } = NtExecutableResource.from(NtExecutable.from(readFileSync(program)));
  const [info] = Resource.VersionInfo.fromEntries(entries);
  const [language] = info?.getAllLanguagesForStringValues() ?? [];
  const values = info === undefined || language === undefined ? {} : info.getStringValues(language);
  const integrity = entries.find((entry) => entry.type === "INTEGRITY" && entry.id === "ELECTRONASAR");
  const hash = integrity === undefined ? "" : Buffer.from(integrity.bin).toString("utf8");
  return [
    ...(values["ProductName"] === "Parvis" ? [] : ["the program is not named Parvis"]),
    ...(values["FileVersion"] === version ? [] : [`the program's version is ${values["FileVersion"]}`]),
    ...(values["ProductVersion"]?.startsWith(version) === true ? [] : ["the product's version is another"]),
    ...(hash.includes(asar.headerHash) ? [] : ["the program does not carry the hash of its archive"]),
  ];
}

function checkLinux(folder: string): string[] {
  const files = readdirSync(folder);
  return ["parvis", "chrome-sandbox"]
    .filter((name) => !files.includes(name))
    .map((name) => `${name} is missing`);
}
