import { globSync } from "node:fs";
import { join } from "node:path";
import { build } from "vite";
import { projectRoot } from "../../build/project-root.ts";
import { rendererConfig } from "../../build/renderer.config.ts";

const cache = join(projectRoot, ".cache", "bench");
/** Pages of floors and peers, and ours without an interface. */
export const pagesFolder = join(cache, "pages");
/** The application as it ships, apart from `dist` so that a bench never measures somebody's development build. */
export const appFolder = join(cache, "app");

let isAppBuilt = false;
let arePagesBuilt = false;

export async function buildApp(): Promise<void> {
  if (isAppBuilt) return;
  await build(rendererConfig({ outDir: appFolder, isDevelopment: false }));
  isAppBuilt = true;
}

/** Builds `bench/pages` the way the application is built. */
export async function buildPages(): Promise<void> {
  if (arePagesBuilt) return;
  const pages = join(projectRoot, "bench", "pages");
  const config = rendererConfig({ outDir: pagesFolder, isDevelopment: false });
  await build({
    ...config,
    root: pages,
    base: "/bench/",
    build: {
      ...config.build,
      chunkSizeWarningLimit: 10_000,
      rolldownOptions: { input: globSync(join(pages, "*", "index.html")) },
    },
  });
  arePagesBuilt = true;
}
