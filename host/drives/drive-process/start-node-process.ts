import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { DriveChild } from "./messages.ts";

/** Beside this module; of a bundle, a bundle of its own beside it (build/build-parts.ts). */
const FILE = import.meta.url.endsWith(".ts")
  ? "./drive-process-entry.ts"
  : "../drive-process/drive-process-entry.js";

/** Where the entry of the process is. */
export function driveProcessFile(): string {
  return fileURLToPath(new URL(FILE, import.meta.url));
}

/** A process of Node. Ends with this one, as soon as the kernel lets it. */
export function startNodeProcess(folder: string): DriveChild {
  const child = fork(driveProcessFile(), [folder], {
    serialization: "advanced",
    execArgv: [],
    stdio: ["ignore", "ignore", "ignore", "ipc"],
  });
  child.unref();
  child.channel?.unref();
  return {
    send(message) {
      // Whoever waits for it hears of its end.
      if (child.connected) child.send(message, () => undefined);
    },
    onMessage: (listener) => void child.on("message", listener),
    onExit(listener) {
      let isTold = false;
      const tell = (): void => {
        if (!isTold) listener();
        isTold = true;
      };
      child.once("error", tell);
      child.once("exit", tell);
    },
    kill() {
      child.kill("SIGKILL");
      if (child.connected) child.disconnect();
    },
  };
}
