import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { projectRoot } from "./project-root.ts";
import { hashSources } from "./source-hash.ts";

const USAGE = `npm run build -- [--if-stale] [--dev] [--watch]

Makes dist/: the pages, the preload and the desktop shell, the server.
  --if-stale   do nothing when the sources are those of the last build
  --dev        readable output with source maps
  --watch      build the pages again at each change (implies --dev)
`;

const SOURCES = [
  "contract",
  "renderer",
  "host",
  "electron",
  "preload",
  "server",
  "build",
  "package.json",
  "package-lock.json",
];
const dist = join(projectRoot, "dist");
const stamp = join(dist, "build.json");

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      "if-stale": { type: "boolean" },
      dev: { type: "boolean" },
      watch: { type: "boolean" },
      help: { type: "boolean", short: "h" },
    },
  });
  if (values.help === true) {
    process.stdout.write(USAGE);
    return;
  }
  const isWatching = values.watch === true;
  const isDevelopment = values.dev === true || isWatching;
  const key = JSON.stringify({ sources: hashSources(projectRoot, SOURCES), isDevelopment });
  if (values["if-stale"] === true && !isWatching && readStamp() === key) return;
  rmSync(stamp, { force: true });
  const { buildAll } = await import("./build-all.ts");
  await buildAll({ dist, isDevelopment, isWatching });
  mkdirSync(dist, { recursive: true });
  // Written last: a build that was cut off counts as none.
  writeFileSync(stamp, key);
  // Who started a watching build waits for its first result, not for its end.
  process.send?.("built");
}

function readStamp(): string | undefined {
  return existsSync(stamp) ? readFileSync(stamp, "utf8") : undefined;
}

await main();
