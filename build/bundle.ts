import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { projectRoot } from "./project-root.ts";
import { hashSources } from "./source-hash.ts";

const USAGE = `npm run build -- [--if-stale] [--pages] [--dev] [--watch]

Makes dist/: the pages; the preload, the desktop shell and the server.
  --if-stale   leave out what was built from the same sources
  --pages      the pages only, all that the browser shell needs
  --dev        readable output with source maps
  --watch      the pages only, built again at each change (implies --dev)
`;

const COMMON = ["contract", "build", "package.json", "package-lock.json"];
const SOURCES = {
  pages: [...COMMON, "renderer"],
  desktop: [...COMMON, "host", "electron", "preload", "server"],
} as const;
type Part = keyof typeof SOURCES;

const dist = join(projectRoot, "dist");

interface Wanted {
  isDevelopment: boolean;
  isWatching: boolean;
  isIfStale: boolean;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      "if-stale": { type: "boolean", default: false },
      pages: { type: "boolean", default: false },
      dev: { type: "boolean", default: false },
      watch: { type: "boolean", default: false },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help) {
    process.stdout.write(USAGE);
    return;
  }
  const isWatching = values.watch;
  const wanted = { isWatching, isDevelopment: values.dev || isWatching, isIfStale: values["if-stale"] };
  const parts: Part[] = values.pages || isWatching ? ["pages"] : ["desktop", "pages"];
  for (const part of parts) await make(part, wanted);
  // Who started a watching build waits for its first result, not for its end.
  process.send?.("built");
}

async function make(part: Part, { isDevelopment, isWatching, isIfStale }: Wanted): Promise<void> {
  const stamp = join(dist, `${part}.stamp`);
  const key = JSON.stringify({ sources: hashSources(projectRoot, SOURCES[part]), isDevelopment });
  if (isIfStale && !isWatching && existsSync(stamp) && readFileSync(stamp, "utf8") === key) return;
  rmSync(stamp, { force: true });
  const { buildDesktop, buildPages } = await import("./build-parts.ts");
  if (part === "pages") await buildPages({ dist, isDevelopment, isWatching });
  else await buildDesktop({ dist, isDevelopment });
  mkdirSync(dist, { recursive: true });
  // Written last: a build that was cut off counts as none.
  writeFileSync(stamp, key);
}

await main();
