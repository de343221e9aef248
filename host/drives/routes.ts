import type { FoundMount } from "./found-mounts.ts";
import { locate } from "./locate.ts";
import { defineRoutes, type Routes } from "../routes.ts";
import type { DriveFiles } from "./drive-files.ts";
import type { DriveService } from "./drive-service.ts";
import type { DriveIndex } from "./index/drive-index.ts";

export interface DriveRouteParts {
  drives: DriveService;
  driveFiles: DriveFiles;
  index: Pick<DriveIndex, "search">;
  findMounts: (signal: AbortSignal) => Promise<FoundMount[]>;
}

/** A page's call over the bridge has no end of its own. */
const LIMIT_MS = 120_000;

export function driveRoutes({ drives, driveFiles, index, findMounts }: DriveRouteParts): Routes {
  return defineRoutes({
    "drives.list": () => drives.list(),
    "drives.locate": ({ address, path }) => locate(drives.list(), address, path),
    "drives.found": async () => drives.notYetAdded(await findMounts(limit())),
    "drives.library": ({ accountId, scope }) => drives.library(accountId, scope),
    "drives.add": (args) => drives.add(args),
    async "drives.remove"({ driveId }) {
      await drives.remove(driveId);
      return null;
    },
    "drives.rename": ({ driveId, name }) => drives.rename(driveId, name),
    "drives.connect": ({ driveId, username, password }) => drives.connect(driveId, username, password),
    "drives.disconnect": ({ driveId }) => drives.disconnect(driveId),
    "drives.setIndexed": ({ driveId, isIndexed }) => drives.setIndexed(driveId, isIndexed),
    "drives.search": (args) => index.search(args),
    "drives.stat": ({ driveId, path }) => driveFiles.stat(driveId, path, limit()),
    "drives.makeFolder": ({ driveId, path }) => driveFiles.makeFolder(driveId, path, limit()),
    "drives.move": (args) => driveFiles.move(args),
    "drives.copy": (args) => driveFiles.copy(args),
    "drives.cancel"({ operation }) {
      driveFiles.operations.cancel(operation);
      return null;
    },
    async "drives.delete"({ driveId, path, version }) {
      await driveFiles.remove(driveId, path, version === null ? {} : { ifVersion: version }, limit());
      return null;
    },
    "drives.lock": ({ driveId, path }) => driveFiles.lock(driveId, path, limit()),
    "drives.unlock": ({ driveId, path }) => driveFiles.unlock(driveId, path, limit()),
  });
}

function limit(): AbortSignal {
  return AbortSignal.timeout(LIMIT_MS);
}
