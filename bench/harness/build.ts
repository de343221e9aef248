import { globSync } from "node:fs";
import { join } from "node:path";
import react from "@vitejs/plugin-react";
import { build } from "vite";

const root = join(import.meta.dirname, "..", "..");
/** Pages of floors and peers, and ours without an interface. */
export const pagesFolder = join(root, ".cache", "bench", "pages");
/** The application as it ships. */
export const appFolder = join(root, "dist", "renderer");

/** Builds `bench/pages` the way the application is built: minified, modules, nothing inline. */
export async function buildPages(): Promise<void> {
  const pages = join(root, "bench", "pages");
  await build({
    root: pages,
    configFile: false,
    logLevel: "error",
    base: "/bench/",
    plugins: [react()],
    worker: { format: "es" },
    build: {
      outDir: pagesFolder,
      emptyOutDir: true,
      target: "es2024",
      modulePreload: { polyfill: false },
      assetsInlineLimit: 0,
      chunkSizeWarningLimit: 10_000,
      rolldownOptions: { input: globSync(join(pages, "*", "index.html")) },
    },
  });
}
