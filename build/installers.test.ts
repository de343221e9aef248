import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
// First: its parts need each other in the order in which it loads them.
import { Arch } from "electron-builder";
import { getEffectiveOptions } from "app-builder-lib/out/options/CommonWindowsInstallerConfiguration.js";
import { LinuxPackager } from "app-builder-lib/out/linuxPackager.js";
import FpmTarget from "app-builder-lib/out/targets/FpmTarget.js";
import { LinuxTargetHelper } from "app-builder-lib/out/targets/LinuxTargetHelper.js";
import MsiTarget from "app-builder-lib/out/targets/MsiTarget.js";
import { getConfig, validateConfiguration } from "app-builder-lib/out/util/config/config.js";
import { WinPackager } from "app-builder-lib/out/winPackager.js";
import { DebugLogger } from "builder-util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { addToMsiProject } from "./msi-project.ts";
import { electronVersion, packApplication, type PackOptions } from "./pack-application.ts";
import { PACKAGE_KINDS, unpackedKind, type BuildPlatform } from "./package-kinds.ts";
import { projectRoot } from "./project-root.ts";
import { writeStandIn } from "./stand-in.ts";

/** What installers are made from. Their making needs tools that are fetched from elsewhere (docs/release.md). */

beforeAll(() => {
  // What is packed has to be there: nothing happens where it is.
  const bundle = join(projectRoot, "build", "bundle.ts");
  const { status } = spawnSync(process.execPath, [bundle, "--if-stale"], { stdio: "inherit" });
  if (status !== 0) throw new Error("dist/ could not be built: the messages above say why");
}, 180_000);

const root = mkdtempSync(join(tmpdir(), "parvis-installers-"));
afterAll(() => {
  rmSync(root, { recursive: true, force: true });
});

async function configOf(path: string) {
  return getConfig(projectRoot, path, null);
}

test("the configuration is one that electron-builder knows, to the last word", async () => {
  const config = await configOf(join(projectRoot, "electron-builder.yml"));
  await validateConfiguration(config, new DebugLogger(false));
  const misspelt = { ...config, nsis: { ...config.nsis, perMachin: false } };
  await expect(validateConfiguration(misspelt, new DebugLogger(false))).rejects.toThrow("configuration.nsis");
});

test("every kind of package is configured, and is packed by itself", async () => {
  const { linux, win, mac } = await configOf(join(projectRoot, "electron-builder.yml"));
  for (const [platform, options] of Object.entries({ linux, win, mac })) {
    const targets = PACKAGE_KINDS.filter((kind) => kind.platform === platform).flatMap(
      (kind) => kind.targets,
    );
    expect(options?.target).toEqual(expect.arrayContaining([...targets]));
    expect(targets).toHaveLength(Array.isArray(options?.target) ? options.target.length : 0);
  }
});

test("the hardened runtime is weakened for the compiler of V8 alone", async () => {
  const { mac } = await configOf(join(projectRoot, "electron-builder.yml"));
  expect(mac?.hardenedRuntime).toBe(true);
  const entitlements = readFileSync(join(projectRoot, mac?.entitlements ?? ""), "utf8");
  expect([...entitlements.matchAll(/<key>([^<]+)<\/key>/g)].map((match) => match[1])).toEqual([
    "com.apple.security.cs.allow-jit",
    "com.apple.security.device.audio-input",
  ]);
});

test("a release is not made without keys for updates and an address", async () => {
  const [kind] = PACKAGE_KINDS;
  if (kind === undefined) throw new TypeError("nothing is packed");
  const PARVIS_UPDATE_KEYS = Buffer.alloc(32, 3).toString("base64");
  const release = (env: NodeJS.ProcessEnv) => packApplication({ kind, isRelease: true, env });
  await expect(release({})).rejects.toThrow("PARVIS_UPDATE_KEYS");
  await expect(release({ PARVIS_UPDATE_KEYS })).rejects.toThrow("PARVIS_HOMEPAGE");
});

async function pack(platform: BuildPlatform, onPacked: PackOptions["onPacked"]): Promise<void> {
  const electronDist = join(root, `electron-${platform}`);
  mkdirSync(electronDist);
  writeStandIn(electronDist, platform, electronVersion());
  await packApplication({
    kind: unpackedKind(platform),
    electronDist,
    output: join(root, "out"),
    env: {},
    ...(onPacked === undefined ? {} : { onPacked }),
  });
}

class MsiProject extends MsiTarget {
  write(appOutDir: string): Promise<string> {
    return this.writeManifest(appOutDir, Arch.x64, getEffectiveOptions(this.options, this.packager));
  }
}

test("the MSI is for the whole machine, says what it is, opens links, and starts nothing", async () => {
  let project = "";
  await pack("win", async ({ packager, appOutDir }) => {
    if (!(packager instanceof WinPackager)) throw new TypeError("no Windows packager");
    project = addToMsiProject(await new MsiProject(packager, join(root, "out")).write(appOutDir));
  });
  expect(project).toContain('<Property Id="ALLUSERS" Secure="yes" Value="1"/>');
  expect(project).toContain('UpgradeCode="6C0B9C4E-7C0E-5D0B-9E53-0C5B7C1B8F7D"');
  expect(project).toContain("resources/package-type");
  expect(project).toContain('Key="Software\\Classes\\parvis"');
  expect(project).toContain('Value="&quot;[#mainExecutable]&quot; -- &quot;%1&quot;"');
  expect(project).toContain('<Property Id="AUTOSTART" Secure="yes"/>');
  expect(project).not.toContain("runAfterFinish");
  expect(project).not.toContain("desktopShortcut");
  expect(() => addToMsiProject("<Wix/>")).toThrow("build/msi-project.ts");
}, 60_000);

test("the entry of Linux menus has the name that windows have, and opens links", async () => {
  let entry = "";
  let name = "";
  await pack("linux", async ({ packager }) => {
    if (!(packager instanceof LinuxPackager)) throw new TypeError("no Linux packager");
    const helper = new LinuxTargetHelper(packager);
    name = helper.getDesktopFileName();
    entry = await helper.computeDesktopEntry(packager.platformSpecificBuildOptions);
    // Throws when the package lacks what Debian or Red Hat ask of it.
    await new FpmTarget("deb", packager, helper, root).checkOptions();
    await new FpmTarget("rpm", packager, helper, root).checkOptions();
  });
  expect(name).toBe("parvis");
  expect(entry.split("\n")).toEqual(
    expect.arrayContaining([
      "Name=Parvis",
      "Exec=/opt/Parvis/parvis %U",
      "StartupWMClass=parvis",
      "MimeType=x-scheme-handler/parvis;",
    ]),
  );
}, 60_000);

/** What electron-builder's own scripts put around the include. */
const AROUND = `Unicode true
OutFile "OUT"
!include LogicLib.nsh
!include FileFunc.nsh
!define APP_ID "fr.parvis.desktop"
!define APP_EXECUTABLE_FILENAME "Parvis.exe"
!define APP_PACKAGE_NAME "parvis"
!macro _isUpdated _a _b _t _f
  \${GetParameters} $R9
  StrCmp $R9 "--updated" \`\${_t}\` \`\${_f}\`
!macroend
!define isUpdated \`"" isUpdated ""\`
Var appExe
!include "INCLUDE"
Section
  StrCpy $appExe "$INSTDIR\\\${APP_EXECUTABLE_FILENAME}"
  !insertmacro customInstall
  WriteUninstaller "$INSTDIR\\un.exe"
SectionEnd
Section "un.x"
  !insertmacro customUnInstall
SectionEnd
`;

test.skipIf(!existsSync("/usr/bin/makensis"))(
  "the include of the installer compiles without a warning",
  () => {
    const script = join(root, "installer.nsi");
    const include = join(projectRoot, "build", "resources", "installer.nsh");
    writeFileSync(script, AROUND.replace("OUT", join(root, "parvis-user.exe")).replace("INCLUDE", include));
    const made = spawnSync("/usr/bin/makensis", ["-V2", "-WX", script], { encoding: "utf8" });
    expect(`${made.stdout}${made.stderr}`).toBe("");
    expect(made.status).toBe(0);
  },
);

test("the include leaves what belongs to the person when a version is replaced", () => {
  const include = readFileSync(join(projectRoot, "build", "resources", "installer.nsh"), "utf8");
  const removal = include.slice(include.indexOf("!macro customUnInstall"));
  const guard = removal.indexOf("${IfNot} ${isUpdated}");
  for (const word of ["DeleteRegValue", "DeleteRegKey", "RMDir"]) {
    expect(removal.indexOf(word)).toBeGreaterThan(guard);
  }
  expect(removal.indexOf("--delete-app-data")).toBeLessThan(
    removal.indexOf('RMDir /r "$LOCALAPPDATA\\Parvis"'),
  );
});
