import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FuseV1Options, getCurrentFuseWire } from "@electron/fuses";
import { afterAll, beforeAll, expect, test } from "vitest";
import { projectRoot } from "./project-root.ts";
import { readAsar } from "./testing/read-asar.ts";

/** The packaging, carried out offline on folders shaped like Electron's distributions. */

const output = mkdtempSync(join(tmpdir(), "parvis-packages-"));

function packStandIn(platform: string): void {
  const args = [
    join(projectRoot, "build", "package.ts"),
    "--stand-in",
    "--platform",
    platform,
    "--output",
    output,
  ];
  const run = spawnSync(process.execPath, args, { encoding: "utf8", timeout: 150_000 });
  if (run.status !== 0) throw new Error(`${run.stdout}\n${run.stderr}`);
}

beforeAll(() => {
  packStandIn("linux");
  packStandIn("mac");
}, 300_000);

afterAll(() => {
  rmSync(output, { recursive: true, force: true });
});

const ARCHIVES = ["linux-unpacked/resources/app.asar", "mac/Parvis.app/Contents/Resources/app.asar"];
const ALLOWED = [
  /^package\.json$/,
  /^dist\/electron\/main\.js$/,
  /^dist\/preload\/preload\.cjs$/,
  /^dist\/server\/serve\.js$/,
  /^dist\/renderer\/index\.html$/,
  /^dist\/renderer\/assets\/[\w.-]+\.(js|css|json|svg|png|webp|woff2)$/,
  // What PDF.js falls back on for two formats of pictures, under the names by which it asks for them.
  /^dist\/renderer\/pdf-decoders\/\w+_nowasm_fallback\.js$/,
];

test.each(ARCHIVES)(
  "%s has what runs and nothing else: no sources, tests, maps, modules or secrets",
  (archive) => {
    const { paths } = readAsar(join(output, archive));
    expect(paths.filter((path) => !ALLOWED.some((pattern) => pattern.test(path)))).toEqual([]);
    for (const pattern of ALLOWED) expect(paths.some((path) => pattern.test(path))).toBe(true);
  },
);

test("the preload is one CommonJS file that needs nothing but electron", () => {
  const preload = readAsar(join(output, ARCHIVES[0] ?? "")).read("dist/preload/preload.cjs");
  expect(preload).toContain("exposeInMainWorld");
  expect([...preload.matchAll(/require\("([^"]+)"\)/g)].map((match) => match[1])).toEqual(["electron"]);
  expect(preload).not.toMatch(/^(import|export) /m);
});

test("main and server need only Electron and Node", () => {
  const asar = readAsar(join(output, ARCHIVES[0] ?? ""));
  for (const path of ["dist/electron/main.js", "dist/server/serve.js"]) {
    const asked = [...asar.read(path).matchAll(/^import .*?from "([^"]+)";$/gm)].map(
      (match) => match[1] ?? "",
    );
    expect(asked.length).toBeGreaterThan(3);
    expect(asked.filter((name) => name !== "electron" && !name.startsWith("node:"))).toEqual([]);
  }
});

/** The character "1" in the wire. */
const ENABLED = 49;

test.each(["linux-unpacked/parvis", "mac/Parvis.app"])("every fuse of %s is as decided", async (binary) => {
  const wire = await getCurrentFuseWire(join(output, binary));
  const isOn = (fuse: FuseV1Options): boolean => Number(wire[fuse]) === ENABLED;
  expect({
    runAsNode: isOn(FuseV1Options.RunAsNode),
    cookieEncryption: isOn(FuseV1Options.EnableCookieEncryption),
    nodeOptions: isOn(FuseV1Options.EnableNodeOptionsEnvironmentVariable),
    nodeCliInspect: isOn(FuseV1Options.EnableNodeCliInspectArguments),
    asarIntegrity: isOn(FuseV1Options.EnableEmbeddedAsarIntegrityValidation),
    onlyAsar: isOn(FuseV1Options.OnlyLoadAppFromAsar),
    v8Snapshot: isOn(FuseV1Options.LoadBrowserProcessSpecificV8Snapshot),
    fileProtocol: isOn(FuseV1Options.GrantFileProtocolExtraPrivileges),
  }).toEqual({
    runAsNode: false,
    cookieEncryption: true,
    nodeOptions: false,
    nodeCliInspect: false,
    asarIntegrity: true,
    onlyAsar: true,
    v8Snapshot: false,
    fileProtocol: false,
  });
});

test("macOS knows the application, the archive's hash, and that clear text is not allowed", () => {
  const plist = readFileSync(join(output, "mac/Parvis.app/Contents/Info.plist"), "utf8");
  const after = (key: string): string =>
    plist
      .slice(plist.indexOf(`<key>${key}</key>`))
      .split("\n")
      .slice(1, 2)
      .join("");
  expect(after("CFBundleIdentifier")).toContain("fr.parvis.desktop");
  expect(after("CFBundleShortVersionString")).toMatch(/\d+\.\d+\.\d+/);
  expect(after("NSAllowsArbitraryLoads")).toContain("<false/>");
  expect(plist).toMatch(/<key>ElectronAsarIntegrity<\/key>[\s\S]*<string>[0-9a-f]{64}<\/string>/);
});
