import { join } from "node:path";
import { build, type Rolldown } from "vite";
import { rendererConfig } from "./renderer.config.ts";

export interface BuildOptions {
  dist: string;
  isDevelopment: boolean;
  isWatching: boolean;
}

export async function buildAll({ dist, isDevelopment, isWatching }: BuildOptions): Promise<void> {
  const renderer = await build(rendererConfig({ outDir: join(dist, "renderer"), isDevelopment, isWatching }));
  if ("on" in renderer) await firstBuild(renderer);
}

async function firstBuild(watcher: Rolldown.RolldownWatcher): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    watcher.on("event", (event) => {
      if (event.code === "END") resolve();
      if (event.code === "ERROR") reject(event.error);
    });
  });
}
