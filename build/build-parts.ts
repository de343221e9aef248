import { cpSync, existsSync, renameSync, rmSync } from "node:fs";
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
    {
      entry: "host/drives/index/index-worker.ts",
      outDir: join(dist, "drive-index"),
      fileName: "index-worker.js",
      format: "es",
    },
    {
      entry: "host/drives/drive-process/drive-process-entry.ts",
      outDir: join(dist, "drive-process"),
      fileName: "drive-process-entry.js",
      format: "es",
    },
    { entry: "server/cli/serve.ts", outDir: join(dist, "server"), fileName: "serve.js", format: "es" },
  ];
  for (const part of parts) {
    await build(nodeBundle({ ...part, entry: join(projectRoot, part.entry), isDevelopment }));
  }
  cpSync(join(projectRoot, "build", "resources", "tray"), join(dist, "electron", "tray"), {
    recursive: true,
  });
}

export interface PagesOptions extends DesktopOptions {
  isWatching: boolean;
}

export async function buildPages({ dist, isDevelopment, isWatching }: PagesOptions): Promise<void> {
  const outDir = join(dist, "renderer");
  if (isWatching) {
    const watcher = await build(rendererConfig({ outDir, isDevelopment, isWatching }));
    if ("on" in watcher) await firstBuild(watcher);
    return;
  }
  // Beside it and put in its place at the end: two starts at once must not serve half of each other's work.
  const fresh = join(dist, `.renderer-${process.pid}`);
  const old = join(dist, `.old-${process.pid}`);
  await build(rendererConfig({ outDir: fresh, isDevelopment }));
  if (existsSync(outDir)) renameSync(outDir, old);
  renameSync(fresh, outDir);
  rmSync(old, { recursive: true, force: true });
}

async function firstBuild(watcher: Rolldown.RolldownWatcher): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    watcher.on("event", (event) => {
      if (event.code === "END") resolve();
      if (event.code === "ERROR") reject(event.error);
    });
  });
}
