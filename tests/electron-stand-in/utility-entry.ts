import { EventEmitter } from "node:events";

/** Before the script of a utility process: `process.parentPort`, and an end when the application has gone. */
class ParentPort extends EventEmitter {
  postMessage(message: unknown): void {
    process.send?.(message);
  }
}

const parentPort = new ParentPort();
process.on("message", (message) => parentPort.emit("message", message));
process.on("disconnect", () => process.exit(0));
// It alone does not keep the process going.
process.channel?.unref();
Object.defineProperty(process, "parentPort", { value: parentPort });
Object.defineProperty(process, "type", { value: "utility" });
