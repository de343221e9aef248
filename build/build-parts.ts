import { join } from "node:path";
import { build, type Rolldown } from "vite";
import { nodeBundle, type NodeBundleOptions } from "./node-bundle.ts";
import { projectRoot } from "./project-root.ts";
import { rendererConfig } from "./renderer.config.ts";

export interface DesktopOptions {
  dist: string;
  isDevelopment: boolean;
}

/** The preload must be CommonJS: that is all a sandboxed one can be. */
export async function buildDesktop({ dist, isDevelopment }: DesktopOptions): Promise<void> {
  const parts: Omit<NodeBundleOptions, "isDevelopment">[] = [
    { entry: "preload/preload.ts", outDir: join(dist, "preload"), fileName: "preload.cjs", format: "cjs" },
    { entry: "electron/main.ts", outDir: join(dist, "electron"), fileName: "main.js", format: "es" },
    { entry: "server/cli/serve.ts", outDir: join(dist, "server"), fileName: "serve.js", format: "es" },
  ];
  for (const part of parts) {
    await build(nodeBundle({ ...part, entry: join(projectRoot, part.entry), isDevelopment }));
  }
}

export interface PagesOptions extends DesktopOptions {
  isWatching: boolean;
}

export async function buildPages({ dist, isDevelopment, isWatching }: PagesOptions): Promise<void> {
  const result = await build(rendererConfig({ outDir: join(dist, "renderer"), isDevelopment, isWatching }));
  if ("on" in result) await firstBuild(result);
}

async function firstBuild(watcher: Rolldown.RolldownWatcher): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    watcher.on("event", (event) => {
      if (event.code === "END") resolve();
      if (event.code === "ERROR") reject(event.error);
    });
  });
}
