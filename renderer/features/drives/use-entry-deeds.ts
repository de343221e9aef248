import {
  childPath,
  driveUrl,
  nameOf,
  parentPath,
  type DriveEntry,
  type DriveId,
  type DriveInfo,
  type DrivePath,
} from "#contract/drives.ts";
import type { Result } from "#contract/result.ts";
import { useHost } from "#renderer/kit/host-context.tsx";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useToasts } from "#renderer/kit/toast-store.ts";
import { useSayProblem } from "./say-problem.ts";
import type { Target } from "./target-dialog.tsx";
import { usePlacing } from "./use-placing.ts";

/** What can be done with files and folders of a drive; each says what stood in its way, and reads the folder again. */
export function useEntryDeeds(drive: DriveInfo, reload: () => void) {
  const { t } = useTranslation();
  const host = useHost();
  const say = useSayProblem();
  const driveId: DriveId = drive.id;

  /** One after the other; the first that fails is said, and the rest is left. */
  const each = async (
    entries: readonly DriveEntry[],
    run: (entry: DriveEntry) => Promise<Result<unknown>>,
  ): Promise<number> => {
    let done = 0;
    for (const entry of entries) {
      const answer = await run(entry);
      if (!answer.ok) {
        say(answer.error);
        break;
      }
      done += 1;
    }
    reload();
    return done;
  };

  const place = usePlacing();
  const placeEntries = async (
    channel: "drives.move" | "drives.copy",
    entries: readonly DriveEntry[],
    to: Target,
  ) => {
    await place(channel, { driveId, entries }, to);
    reload();
  };

  return {
    makeFolder: async (folder: DrivePath, name: string): Promise<boolean> => {
      const answer = await host.call("drives.makeFolder", { driveId, path: childPath(folder, name) });
      if (!answer.ok) say(answer.error);
      reload();
      return answer.ok;
    },
    rename: async (entry: DriveEntry, name: string) => {
      const to = childPath(parentPath(entry.path), name);
      await each([entry], ({ path }) => host.call("drives.move", { driveId, path, toDriveId: driveId, to }));
    },
    remove: async (entries: readonly DriveEntry[]) => {
      const done = await each(entries, ({ path, version }) =>
        host.call("drives.delete", { driveId, path, version }),
      );
      if (done > 0) announce(t("drives.deleted", { count: done }));
    },
    move: (entries: readonly DriveEntry[], to: Target) => placeEntries("drives.move", entries, to),
    copy: (entries: readonly DriveEntry[], to: Target) => placeEntries("drives.copy", entries, to),
    lock: (entry: DriveEntry) => each([entry], ({ path }) => host.call("drives.lock", { driveId, path })),
    unlock: (entry: DriveEntry) => each([entry], ({ path }) => host.call("drives.unlock", { driveId, path })),
    pin: async (entry: DriveEntry) => {
      const answer = await host.call("offline.pin", { driveId, path: entry.path });
      if (answer.ok) announce(t("drives.offline.pinned", { name: entry.name }));
      else say(answer.error);
    },
    /** With the program that the system has for it: what is saved there goes to the drive. */
    openWithProgram: async (entry: DriveEntry) => {
      const answer = await host.call("workingCopies.open", { driveId, path: entry.path });
      if (answer.ok) announce(t("drives.copies.opened", { name: entry.name }));
      else say(answer.error);
    },
    /** Folders are left out: a browser saves files. */
    download: (entries: readonly DriveEntry[]) => {
      for (const entry of entries.filter(({ kind }) => kind === "file")) saveAs(driveId, entry.path);
    },
  };
}

export type EntryDeeds = ReturnType<typeof useEntryDeeds>;

function announce(text: string): void {
  useToasts.getState().show({ tone: "plain", text });
}

function saveAs(driveId: DriveId, path: DrivePath): void {
  const link = document.createElement("a");
  link.href = driveUrl(driveId, "content", path);
  link.download = nameOf(path);
  link.click();
}
