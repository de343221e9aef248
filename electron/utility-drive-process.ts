import { utilityProcess } from "electron";
import type { DriveChild } from "#host/drives/drive-process/messages.ts";
import { driveProcessFile } from "#host/drives/drive-process/start-node-process.ts";

/** The process of a mount as Electron's own kind of child process: the packaged binary does not run as plain Node. */
export function utilityDriveProcess(folder: string): DriveChild {
  const child = utilityProcess.fork(driveProcessFile(), [folder], {
    stdio: "ignore",
    serviceName: "Parvis drive",
  });
  return {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a process, not a window
    send: (message) => child.postMessage(message),
    onMessage: (listener) => void child.on("message", listener),
    onExit: (listener) => void child.once("exit", listener),
    kill() {
      // A polite end waits for what hangs: this one does not.
      if (child.pid !== undefined) process.kill(child.pid, "SIGKILL");
    },
  };
}
