import { join } from "node:path";
import type { Plugin } from "vite";
import { projectRoot } from "./project-root.ts";

const STARTED = 'new URL("../sync/worker-entry.ts", import.meta.url)';
const NAME = "worker-entry";

/** The parts of a chunk that say what it brings along. */
interface Chunk {
  type: string;
  imports?: string[];
  dynamicImports?: string[];
}

/**
 * Builds the sync worker together with the pages, so that what both need (zod, the contract) is one file that is fetched and
 * kept once. On its own, Vite builds each worker apart, with a copy of everything.
 */
export function sharedWorker(): Plugin {
  let entry = "";
  return {
    name: "shared-worker",
    enforce: "pre",
    config: () => ({
      build: {
        // Vite asks ahead for what a part needs by putting links into the document, which a worker has not.
        modulePreload: {
          resolveDependencies: (_, needed, { hostId }) => (isWorkerFile(hostId) ? [] : needed),
        },
      },
    }),
    buildStart() {
      const id = join(projectRoot, "renderer", "sync", `${NAME}.ts`);
      entry = this.emitFile({ type: "chunk", id, name: NAME });
    },
    transform: {
      filter: { id: /renderer\/kit\/worker-port\.ts$/ },
      handler(code) {
        if (!code.includes(STARTED)) this.error(`The sync worker is no longer started by ${STARTED}.`);
        return { code: code.replaceAll(STARTED, `import.meta.ROLLUP_FILE_URL_${entry}`), map: null };
      },
    },
    generateBundle(_, bundle) {
      const wrong = preloading(bundle);
      if (wrong.length > 0)
        this.error(
          `These parts of the sync worker load others, which only ${NAME} can: ${wrong.join(", ")}.`,
        );
    },
  };
}

function isWorkerFile(fileName: string): boolean {
  return fileName.includes(NAME);
}

/** Files of the worker that would ask ahead through a document. */
export function preloading(bundle: Record<string, Chunk>): string[] {
  const reached = new Set(Object.keys(bundle).filter(isWorkerFile));
  for (const fileName of reached) {
    const { imports = [], dynamicImports = [] } = bundle[fileName] ?? {};
    for (const next of [...imports, ...dynamicImports]) reached.add(next);
  }
  return [...reached].filter(
    (fileName) => !isWorkerFile(fileName) && (bundle[fileName]?.dynamicImports ?? []).length > 0,
  );
}
