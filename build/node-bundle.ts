import type { InlineConfig } from "vite";
import { projectRoot } from "./project-root.ts";

export interface NodeBundleOptions {
  entry: string;
  outDir: string;
  /** Name of the one file that comes out. */
  fileName: string;
  format: "es" | "cjs";
  isDevelopment: boolean;
}

/** Never bundled: Electron itself, native code, and what `pg` asks for only when it happens to be there. */
const EXTERNAL = ["electron", "keytar", "pg-native", "pg-cloudflare", "cloudflare:sockets"];

/** One file with everything it needs, so that a package carries no node_modules. */
export function nodeBundle({
  entry,
  outDir,
  fileName,
  format,
  isDevelopment,
}: NodeBundleOptions): InlineConfig {
  return {
    configFile: false,
    root: projectRoot,
    logLevel: "warn",
    ssr: { noExternal: true, external: EXTERNAL },
    build: {
      ssr: entry,
      outDir,
      emptyOutDir: true,
      target: "node24",
      minify: false,
      sourcemap: isDevelopment,
      reportCompressedSize: false,
      rolldownOptions: {
        external: EXTERNAL,
        output: { format, entryFileNames: fileName, codeSplitting: false },
      },
    },
  };
}
