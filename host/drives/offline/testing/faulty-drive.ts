import type { DriveEntry } from "#contract/drives.ts";
import { DriveError } from "../../drive-error.ts";
import type { OfflineDrive } from "../offline-drive.ts";

/** Whether a call fails: before anything happened, or after it has, when only the answer is lost. */
export type Fate = "before" | "after" | undefined;

/** The same as most WebDAV servers have it: nothing tells a renamed file but its version. */
export function withoutIds(drive: OfflineDrive): OfflineDrive {
  return {
    capabilities: (call) => drive.capabilities(call),
    changes: (cursor, call) => drive.changes(cursor, call),
    async *list(path, call) {
      for await (const entry of drive.list(path, call)) yield bare(entry);
    },
    stat: async (path, call) => bare(await drive.stat(path, call)),
    async read(path, wanted, call) {
      const content = await drive.read(path, wanted, call);
      return { ...content, entry: bare(content.entry) };
    },
    write: async (path, content, call) => bare(await drive.write(path, content, call)),
    makeFolder: async (path, call) => bare(await drive.makeFolder(path, call)),
    move: async (from, to, options, call) => bare(await drive.move(from, to, options, call)),
    remove: (path, options, call) => drive.remove(path, options, call),
  };
}

/** A drive whose calls fail as they are told to. */
export function faultyDrive(drive: OfflineDrive, fate: (call: string) => Fate): OfflineDrive {
  const tried = async <T>(call: string, run: () => Promise<T>): Promise<T> => {
    const when = fate(call);
    if (when === "before") throw lost();
    const value = await run();
    if (when === "after") throw lost();
    return value;
  };
  return {
    capabilities: (call) => drive.capabilities(call),
    async *list(path, call) {
      const when = fate("list");
      if (when === "before") throw lost();
      for await (const entry of drive.list(path, call)) {
        yield entry;
        // Broken off half-way.
        if (when === "after") throw lost();
      }
    },
    changes: (cursor, call) => drive.changes(cursor, call),
    stat: (path, call) => tried("stat", () => drive.stat(path, call)),
    read: (path, wanted, call) =>
      tried("read", async () => {
        const content = await drive.read(path, wanted, call);
        return fate("stream") === undefined ? content : { ...content, stream: cut(content.stream, lost()) };
      }),
    write: (path, content, call) => tried("write", () => drive.write(path, content, call)),
    makeFolder: (path, call) => tried("makeFolder", () => drive.makeFolder(path, call)),
    move: (from, to, options, call) => tried("move", () => drive.move(from, to, options, call)),
    remove: (path, options, call) => tried("remove", () => drive.remove(path, options, call)),
  };
}

/** Ends with an error after its first piece. */
function cut(stream: ReadableStream<Uint8Array>, error: DriveError): ReadableStream<Uint8Array> {
  const pieces = async function* (): AsyncGenerator<Uint8Array> {
    for await (const piece of stream) {
      yield piece;
      break;
    }
    throw error;
  };
  return ReadableStream.from(pieces());
}

function lost(): DriveError {
  return new DriveError("unreachable", { title: "The line was cut" });
}

function bare(entry: DriveEntry): DriveEntry {
  return { ...entry, fileId: null };
}
