import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { z } from "zod";
import { checkPackage } from "./check-package.ts";
import { electronVersion, packApplication } from "./pack-application.ts";
import { PACKAGE_KINDS, unpackedKind, type BuildPlatform } from "./package-kinds.ts";
import { projectRoot } from "./project-root.ts";
import { writeStandIn } from "./stand-in.ts";
import { updateKeysOf } from "./update-keys.ts";

const USAGE = `npm run package -- [--platform linux|mac|win] [--kind NAME]… [--arch x64|arm64]…

Makes installers of this platform in dist/packages from electron-builder.yml (docs/release.md).
  --arch NAME           that of this machine unless told otherwise
  --kind NAME           only this one: ${PACKAGE_KINDS.map((kind) => kind.name).join(", ")}
  --release             fails rather than leave anything unsigned or without PARVIS_UPDATE_KEYS
  --electron-dist DIR   an unpacked Electron; otherwise it is fetched
  --output DIR          another place than dist/packages
  --for-tests           an unpacked application to which a test may attach; never to be handed out
  --dir                 unpacked applications of all three platforms, packed on folders shaped like Electron, without a
                        network, and checked: contents, fuses, hashes, versions, links. They do not run.
`;

const { values } = parseArgs({
  options: {
    platform: { type: "string" },
    kind: { type: "string", multiple: true },
    arch: { type: "string", multiple: true },
    "electron-dist": { type: "string" },
    release: { type: "boolean", default: false },
    dir: { type: "boolean", default: false },
    "for-tests": { type: "boolean", default: false },
    output: { type: "string" },
    help: { type: "boolean", short: "h", default: false },
  },
});

const THIS_PLATFORM = { darwin: "mac", win32: "win" } as const;

async function main(): Promise<void> {
  const platform = z.enum(["linux", "mac", "win"]).optional().parse(values.platform);
  // Before anything is built for nothing.
  updateKeysOf(process.env);
  const bundle = spawnSync(process.execPath, [join(projectRoot, "build", "bundle.ts"), "--if-stale"], {
    stdio: "inherit",
  });
  if (bundle.status !== 0) throw new Error("dist/ could not be built: the messages above say why");
  if (values.dir) {
    for (const each of platform === undefined ? (["linux", "win", "mac"] as const) : [platform]) {
      await packOnStandIn(each);
    }
    return;
  }
  const own = process.platform === "darwin" || process.platform === "win32" ? process.platform : undefined;
  await packForReal(platform ?? (own === undefined ? "linux" : THIS_PLATFORM[own]));
}

async function packForReal(platform: BuildPlatform): Promise<void> {
  const isForTests = values["for-tests"];
  const kinds = isForTests
    ? [unpackedKind(platform)]
    : PACKAGE_KINDS.filter(
        (kind) => kind.platform === platform && (values.kind?.includes(kind.name) ?? true),
      );
  if (kinds.length === 0) throw new TypeError(`--kind names nothing that is made for ${platform}`);
  const own = process.arch === "arm64" ? "arm64" : "x64";
  const architectures = z.array(z.enum(["x64", "arm64"])).parse(values.arch ?? [own]);
  const electronDist = values["electron-dist"];
  const output = values.output ?? (isForTests ? join("dist", "packages-for-tests") : undefined);
  for (const kind of kinds) {
    await packApplication({
      kind,
      isForTests,
      isRelease: values.release && !isForTests,
      architectures,
      ...(electronDist === undefined ? {} : { electronDist }),
      ...(output === undefined ? {} : { output }),
    });
  }
}

async function packOnStandIn(platform: BuildPlatform): Promise<void> {
  const output = values.output ?? join(projectRoot, "dist", "packages");
  const standIn = mkdtempSync(join(tmpdir(), "parvis-electron-"));
  const kind = unpackedKind(platform);
  try {
    writeStandIn(standIn, platform, electronVersion());
    await packApplication({ kind, electronDist: standIn, output, isForTests: values["for-tests"] });
  } finally {
    rmSync(standIn, { recursive: true, force: true });
  }
  const problems = await checkPackage({ output, platform, version: ownVersion(), kind: kind.name });
  if (problems.length > 0) throw new Error(`${platform}: ${problems.join("\n")}`);
  process.stdout.write(`checked ${platform}: contents, fuses, hashes, versions, links\n`);
}

function ownVersion(): string {
  const manifest = readFileSync(join(projectRoot, "package.json"), "utf8");
  return z.object({ version: z.string() }).parse(JSON.parse(manifest)).version;
}

if (values.help) process.stdout.write(USAGE);
else {
  try {
    await main();
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  }
}
