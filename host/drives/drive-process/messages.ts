import type { DriveEntry, DriveFault } from "#contract/drives.ts";

/** What goes to the process of a drive. Every call has a number; what belongs to it carries the same. */
export type ToProcess =
  | { kind: "call"; id: number; call: SimpleCall; args: readonly unknown[] }
  | { kind: "list"; id: number; path: string }
  | { kind: "read"; id: number; path: string; wanted: unknown }
  | { kind: "write"; id: number; path: string; content: unknown }
  /** The next entries, or the next bytes. */
  | { kind: "more"; id: number }
  /** The next of what is to be written; null: that was all of it. */
  | { kind: "bytes"; id: number; bytes: Uint8Array | null }
  | { kind: "cancel"; id: number };

/** What comes from it. */
export type FromProcess =
  /** The answer: the last of a call, unless it is the beginning of a content. */
  | { kind: "value"; id: number; value: unknown }
  | { kind: "entries"; id: number; entries: DriveEntry[] }
  | { kind: "bytes"; id: number; bytes: Uint8Array }
  | { kind: "end"; id: number }
  /** It is ready for more of what is to be written. */
  | { kind: "wanted"; id: number }
  | { kind: "failed"; id: number; fault: DriveFault | null; title: string; detail?: string };

/** Calls of one answer. */
export const simpleCalls = ["capabilities", "stat", "makeFolder", "move", "copy", "remove", "quota"] as const;
export type SimpleCall = (typeof simpleCalls)[number];

/** Both ends are this program: only the frame is looked at. */
export function isToProcess(message: unknown): message is ToProcess {
  return isFrame(message);
}

export function isFromProcess(message: unknown): message is FromProcess {
  return isFrame(message);
}

function isFrame(message: unknown): boolean {
  return typeof message === "object" && message !== null && "kind" in message && "id" in message;
}

/** One end of the way between both processes. */
export interface DriveChild {
  send: (message: ToProcess) => void;
  onMessage: (listener: (message: unknown) => void) => void;
  /** It has ended, by itself or not. */
  onExit: (listener: () => void) => void;
  /** By force. One that hangs in the kernel ends when the kernel lets go of it: it is left behind. */
  kill: () => void;
}

/** Starts the process for a folder; each shell has its own way. */
export type StartDriveProcess = (folder: string) => DriveChild;
