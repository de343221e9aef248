import { spawn } from "node:child_process";
import { dirname } from "node:path";
import { getCompileCacheDir } from "node:module";

/** A running server process, however it was started. */
export interface WorkplaceProcess {
  /** Asks it to end; resolves when it has. */
  stop(): Promise<void>;
}

interface WorkplaceProcessOptions {
  args: readonly string[];
  onOutput: (text: string) => void;
  onExit: (code: number | null) => void;
}

export type StartWorkplace = (options: WorkplaceProcessOptions) => WorkplaceProcess;

const GRACE_MS = 5000;

/**
 * As a child of this Node process. Its standard input is a pipe that nobody writes to: it ends when this process does,
 * however that comes about, and `--exit-with-parent` makes the server follow.
 */
export function nodeWorkplace(script: string): StartWorkplace {
  return ({ args, onOutput, onExit }) => {
    const child = spawn(process.execPath, [script, ...args, "--exit-with-parent"], {
      stdio: ["pipe", "pipe", "pipe"],
      windowsHide: true,
      env: withCompileCache(process.env),
    });
    child.stdout.setEncoding("utf8").on("data", onOutput);
    child.stderr.setEncoding("utf8").on("data", onOutput);
    const ended = new Promise<void>((resolve) => {
      child.once("error", (error) => {
        onOutput(`${error.message}\n`);
        onExit(null);
        resolve();
      });
      child.once("exit", (code) => {
        onExit(code);
        resolve();
      });
    });
    return {
      async stop() {
        const kill = setTimeout(() => child.kill("SIGKILL"), GRACE_MS);
        child.kill("SIGTERM");
        await ended;
        clearTimeout(kill);
      },
    };
  };
}

/** What this process keeps compiled serves its child too: it starts sooner and takes less memory. */
function withCompileCache(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const folder = getCompileCacheDir();
  return folder === undefined ? env : { ...env, NODE_COMPILE_CACHE: dirname(folder) };
}
