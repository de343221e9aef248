import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { electronVersion, packApplication } from "./pack-application.ts";
import { projectRoot } from "./project-root.ts";
import { writeStandIn } from "./stand-in.ts";

const USAGE = `npm run package -- [--platform linux|mac|win] [--electron-dist DIR] [--stand-in] [--dir]

Makes installers in dist/packages from electron-builder.yml. The Electron binary is fetched, unless
  --electron-dist DIR   names a folder that has it unpacked
  --stand-in            packs a folder shaped like it (linux, mac): checks the packaging, does not run
  --output DIR          another place than dist/packages
  --dir                 an unpacked application, without installer (always so with --stand-in)
`;

const { values } = parseArgs({
  options: {
    platform: { type: "string" },
    "electron-dist": { type: "string" },
    "stand-in": { type: "boolean", default: false },
    dir: { type: "boolean", default: false },
    output: { type: "string" },
    help: { type: "boolean", short: "h", default: false },
  },
});

const PLATFORMS: Partial<Record<NodeJS.Platform, string>> = { linux: "linux", darwin: "mac", win32: "win" };

async function main(): Promise<void> {
  const platform = values.platform ?? PLATFORMS[process.platform] ?? "linux";
  if (platform !== "linux" && platform !== "mac" && platform !== "win") {
    throw new TypeError(`--platform is linux, mac or win, not “${platform}”`);
  }
  const bundle = spawnSync(process.execPath, [join(projectRoot, "build", "bundle.ts"), "--if-stale"], {
    stdio: "inherit",
  });
  if (bundle.status !== 0) throw new Error("dist/ could not be built: the messages above say why");
  const output = values.output === undefined ? {} : { output: values.output };
  if (!values["stand-in"]) {
    const dist = values["electron-dist"];
    await packApplication({
      platform,
      isDirectory: values.dir,
      ...(dist === undefined ? {} : { electronDist: dist }),
      ...output,
    });
    return;
  }
  if (platform === "win") throw new TypeError("--stand-in packs linux and mac only");
  const standIn = mkdtempSync(join(tmpdir(), "parvis-electron-"));
  try {
    writeStandIn(standIn, platform, electronVersion());
    await packApplication({ platform, isDirectory: true, electronDist: standIn, ...output });
  } finally {
    rmSync(standIn, { recursive: true, force: true });
  }
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
