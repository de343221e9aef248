import { readFileSync } from "node:fs";
import { join } from "node:path";
import react from "@vitejs/plugin-react";
import type { InlineConfig, Plugin } from "vite";
import { noCircles } from "./no-circles.ts";
import { projectRoot } from "./project-root.ts";
import { sharedWorker } from "./shared-worker.ts";
import { withoutJsonSchema } from "./without-json-schema.ts";

export interface RendererOptions {
  outDir: string;
  isDevelopment: boolean;
  /** Build again at each change. */
  isWatching?: boolean;
}

/** Small modules that many parts share: by who shares them, and not each in a file of its own. Sizes in bytes of source. */
const FEWER_FILES = [
  {
    name: "contract",
    test: /\/(?:contract(?!\/icalendar)|zod|uuid)\//,
    entriesAware: true,
    entriesAwareMergeThreshold: 100_000,
  },
  {
    name: "icons",
    test: /lucide-react\/dist\/esm\/icons/,
    entriesAware: true,
    entriesAwareMergeThreshold: 6000,
  },
];

/**
 * The pages and the sync worker. Made for a content security policy that allows nothing inline: no script or style in the
 * page, no `data:` font, workers as files of their own.
 */
export function rendererConfig({ outDir, isDevelopment, isWatching = false }: RendererOptions): InlineConfig {
  return {
    configFile: false,
    root: join(projectRoot, "renderer"),
    base: "/",
    mode: isDevelopment ? "development" : "production",
    logLevel: "warn",
    plugins: [react(), sharedWorker(), withoutJsonSchema(), pdfDecoders(), noCircles()],
    worker: { format: "es", plugins: () => [withoutJsonSchema()] },
    define: { "import.meta.env.PARVIS_DEVELOPMENT": JSON.stringify(isDevelopment) },
    build: {
      outDir,
      // The components page is for development and its screenshots: users do not get it.
      rolldownOptions: {
        input: ["index.html", ...(isDevelopment ? ["components.html"] : [])].map((page) =>
          join(projectRoot, "renderer", page),
        ),
        output: {
          // The name of a group lists what shares it.
          chunkFileNames: ({ name }) => `assets/${name.split("~")[0] ?? name}-[hash].js`,
          codeSplitting: { groups: FEWER_FILES },
        },
      },
      emptyOutDir: true,
      // Electron's own Chromium, and browsers of the last year behind the browser shell.
      target: ["chrome130", "firefox132", "safari18"],
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      sourcemap: isDevelopment,
      minify: !isDevelopment,
      reportCompressedSize: false,
      chunkSizeWarningLimit: 1000,
      ...(isWatching ? { watch: {} } : {}),
    },
  };
}

/**
 * Decoders of scanned pages, which the PDF reader asks for by name when it meets one. As plain scripts: the policy allows
 * no WebAssembly.
 */
function pdfDecoders(): Plugin {
  const folder = join(projectRoot, "node_modules", "pdfjs-dist", "wasm");
  return {
    name: "pdf-decoders",
    generateBundle() {
      for (const name of ["jbig2_nowasm_fallback.js", "openjpeg_nowasm_fallback.js"]) {
        this.emitFile({
          type: "asset",
          fileName: `pdf-decoders/${name}`,
          source: readFileSync(join(folder, name)),
        });
      }
    },
  };
}
