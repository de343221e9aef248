import { utilityProcess } from "electron";
import type { StartWorkplace } from "#host/workplace/workplace-process.ts";

/**
 * The embedded workplace as Electron's own kind of child process: the packaged binary does not run as plain Node. Chromium
 * ends it with the application, also when that is killed.
 */
export function utilityWorkplace(script: string): StartWorkplace {
  return ({ args, onOutput, onExit }) => {
    const child = utilityProcess.fork(script, [...args], { stdio: "pipe", serviceName: "Parvis workplace" });
    child.stdout?.on("data", (data: Buffer) => onOutput(data.toString("utf8")));
    child.stderr?.on("data", (data: Buffer) => onOutput(data.toString("utf8")));
    const ended = new Promise<void>((resolve) => {
      child.once("exit", (code) => {
        onExit(code);
        resolve();
      });
    });
    return {
      async stop() {
        child.kill();
        await ended;
      },
    };
  };
}
