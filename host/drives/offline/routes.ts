import { dirname } from "node:path";
import { mkdir } from "node:fs/promises";
import type { z } from "zod";
import type { offlineChannels } from "#contract/drive-offline.ts";
import { DriveError } from "../drive-error.ts";
import { ChangedHere } from "./local-fault.ts";
import { defineRoutes, type Routes } from "../../routes.ts";
import { decideConflict } from "./decide-conflict.ts";
import type { OfflineService } from "./offline-service.ts";
import { marksIn } from "./pin-status.ts";

const MOST_LEFT_OUT = 1000;

export function offlineRoutes(
  offline: OfflineService,
  showFolder: (folder: string) => Promise<void>,
): Routes {
  return defineRoutes({
    "offline.list": () => offline.status(),
    "offline.pin": ({ driveId, path }) => offline.pin(driveId, path),
    "offline.unpin": ({ driveId, path, changes }) => offline.unpin(driveId, path, changes),
    "offline.status": ({ driveId, path }) => {
      const conflicts = offline.journal.conflicts().filter((one) => one.driveId === driveId);
      return marksIn(path, offline.pinsOf(driveId), offline.loop(driveId), conflicts);
    },
    "offline.leftOut": () =>
      offline.journal
        .drives()
        .flatMap(({ driveId }) => offline.loop(driveId)?.outcome?.leftOut ?? [])
        .slice(0, MOST_LEFT_OUT),
    "offline.conflicts": () => offline.journal.conflicts(),
    async "offline.resolve"({ id, choice }) {
      await resolveConflict(offline, id, choice);
      return null;
    },
    "offline.confirmDeletions"(answer) {
      confirmDeletions(offline, answer);
      return null;
    },
    async "offline.pause"() {
      await offline.setPaused(true);
      return offline.status();
    },
    async "offline.resume"() {
      await offline.setPaused(false);
      return offline.status();
    },
    "offline.syncNow"() {
      offline.syncNow();
      return null;
    },
    async "offline.reveal"({ driveId, path }) {
      const place = await offline.placeOf(driveId, path);
      const isFolder = (await offline.filesOf(driveId).kindOf(path)) === "folder";
      await showFolder(isFolder ? place : dirname(place));
      return null;
    },
    async "offline.revealFolder"({ folder }) {
      const place = offline.places.folder(folder);
      await mkdir(place, { recursive: true, mode: 0o700 });
      await showFolder(place);
      return null;
    },
  });
}

async function resolveConflict(
  offline: OfflineService,
  id: string,
  choice: "mine" | "theirs" | "both",
): Promise<void> {
  const conflict = offline.journal.conflicts().find((one) => one.id === id);
  if (conflict === undefined)
    throw new DriveError("notFound", { title: "This conflict was decided already" });
  if (choice === "mine" && conflict.reason === "readOnly")
    throw new DriveError("unsupported", {
      title: "This drive takes no changes",
      detail: "Keep both, and put the version of this machine somewhere else.",
    });
  const decide = async (): Promise<void> => {
    await decideConflict(offline.filesOf(conflict.driveId), conflict, choice);
    offline.journal.dropConflict(id);
  };
  try {
    await (offline.loop(conflict.driveId)?.interrupt(decide) ?? decide());
  } catch (error) {
    if (!(error instanceof ChangedHere)) throw error;
    throw new DriveError("changed", {
      title: "The file changed at this very moment",
      detail: "Nothing was done. Look at both versions once more.",
      cause: error,
    });
  }
  offline.tellConflicts();
}

type Answer = z.output<(typeof offlineChannels)["offline.confirmDeletions"]["args"]>;

function confirmDeletions(offline: OfflineService, { driveId, path, where, choice }: Answer): void {
  const pin = offline.pinAt(driveId, path);
  const loop = offline.loop(driveId);
  const asked = loop?.outcome?.asked.get(path)?.find((one) => one.where === where);
  if (loop === undefined || asked === undefined)
    throw new DriveError("notFound", { title: "Nothing waits for an answer here any more" });
  if (choice === "restore") loop.restore(path, where);
  else {
    const approved = where === "here" ? { approvedHere: asked.files } : { approvedDrive: asked.files };
    offline.journal.putPin({ ...pin, ...approved });
    loop.request(0, true);
  }
}
