import { AppError } from "#contract/problem.ts";
import { DriveError } from "../drive-error.ts";
import type { Drive } from "../drive.ts";

/** What pinning needs of a drive. */
export type OfflineDrive = Pick<
  Drive,
  "capabilities" | "list" | "stat" | "read" | "write" | "makeFolder" | "move" | "remove" | "changes"
>;

/** Something that opens a drive when it is needed, and learns from each call how it stands. */
export interface DriveUser {
  use: <T>(signal: AbortSignal, run: (drive: Drive, signal: AbortSignal) => Promise<T>) => Promise<T>;
}

/** The drive behind a link, whichever it is at the moment. */
export function linkedDrive(link: DriveUser): OfflineDrive {
  const use: DriveUser["use"] = async (signal, run) => {
    try {
      return await link.use(signal, run);
    } catch (error) {
      // Locked secrets, a network that asks for a sign-in: nothing of the drive can be had.
      if (error instanceof DriveError || !(error instanceof AppError)) throw error;
      const { title, detail } = error.problem;
      throw new DriveError("unreachable", {
        title,
        ...(detail === undefined ? {} : { detail }),
        cause: error,
      });
    }
  };
  const all = <T>(
    call: { signal: AbortSignal },
    begin: (drive: Drive, signal: AbortSignal) => AsyncIterable<T>,
  ) => follow(use, call.signal, begin);
  return {
    capabilities: ({ signal }) => use(signal, (drive, both) => drive.capabilities({ signal: both })),
    list: (path, call) => all(call, (drive, signal) => drive.list(path, { signal })),
    changes: (cursor, call) => all(call, (drive, signal) => drive.changes(cursor, { signal })),
    stat: (path, { signal }) => use(signal, (drive, both) => drive.stat(path, { signal: both })),
    read: (path, wanted, { signal }) =>
      use(signal, (drive, both) => drive.read(path, wanted, { signal: both })),
    write: (path, content, { signal }) =>
      use(signal, (drive, both) => drive.write(path, content, { signal: both })),
    makeFolder: (path, { signal }) => use(signal, (drive, both) => drive.makeFolder(path, { signal: both })),
    move: (from, to, options, { signal }) =>
      use(signal, (drive, both) => drive.move(from, to, options, { signal: both })),
    remove: (path, options, { signal }) =>
      use(signal, (drive, both) => drive.remove(path, options, { signal: both })),
  };
}

async function* follow<T>(
  use: DriveUser["use"],
  signal: AbortSignal,
  begin: (drive: Drive, signal: AbortSignal) => AsyncIterable<T>,
): AsyncGenerator<T> {
  const begun = await use(signal, async (drive, both) => {
    const iterator = begin(drive, both)[Symbol.asyncIterator]();
    return { iterator, first: await iterator.next() };
  });
  try {
    for (let next = begun.first; next.done !== true; next = await begun.iterator.next()) yield next.value;
  } finally {
    await begun.iterator.return?.();
  }
}
