import { readFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import { join } from "node:path";
import { Script } from "node:vm";

/** Made into one text for `Page.addScriptToEvaluateOnNewDocument`: these files know nothing of modules there. */
function textOf(file: string): string {
  const source = readFileSync(join(import.meta.dirname, file), "utf8");
  return stripTypeScriptTypes(source)
    .replaceAll(/^import .*$/gm, "")
    .replaceAll(/^export /gm, "");
}

/** As Electron's own name for the world of preloads. */
export const ISOLATED_WORLD = "Electron Isolated Context";
/** Made known to the isolated world alone, by `Runtime.addBinding`. */
export const SEND = "standInSend";
export const RECEIVE = "standInReceive";

export interface PageScriptOptions {
  /** Of one window: names of events that its page cannot guess. */
  secret: string;
  preload: string | undefined;
  process: Record<string, unknown>;
}

// nodeIntegrationInSubFrames is off: frames have no preload.
const ONLY_TOP = "if (window !== window.top) return;";

export function mainWorldScript({ secret }: PageScriptOptions): string {
  return `(() => { ${ONLY_TOP}
${textOf("bridge-end.ts")}
${textOf("main-world.ts")}
${textOf("permissions.ts")}
const end = createBridgeEnd("${secret}-main", "${secret}-isolated");
startMainWorld(end);
guardPermissions(end);
})()`;
}

export function isolatedWorldScript({ secret, preload, process }: PageScriptOptions): string {
  const { source, error } = readPreload(preload);
  // Its text is a function here, as it is there: a page without 'unsafe-eval' compiles no text.
  return `(() => { ${ONLY_TOP}
${textOf("wire.ts")}
${textOf("bridge-end.ts")}
${textOf("isolated-world.ts")}
globalThis.${RECEIVE} = startIsolatedWorld({
  end: createBridgeEnd("${secret}-isolated", "${secret}-main"),
  encode, decode, send: globalThis.${SEND}, process: ${JSON.stringify(process)},
  preload: { path: ${JSON.stringify(preload ?? "")}, error: ${JSON.stringify(error)},
    run: function (require, process, Buffer, global, exports, module) {
${source}
    } },
});
delete globalThis.${SEND};
})()`;
}

/** A preload with `import` does not compile: https://www.electronjs.org/docs/latest/tutorial/esm#sandboxed-preload-scripts-cant-use-esm-imports */
function readPreload(path: string | undefined): { source: string; error: string } {
  if (path === undefined) return { source: "", error: "" };
  const source = readFileSync(path, "utf8");
  try {
    void new Script(`(function (require, process, Buffer, global, exports, module) {\n${source}\n})`);
    return { source, error: "" };
  } catch (error) {
    return { source: "", error: error instanceof Error ? error.message : String(error) };
  }
}
