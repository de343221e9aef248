import type { StartDriveProcess } from "./drive-process/messages.ts";
import { openLibrary, type LibraryParts } from "./library-drive.ts";
import { connectMount } from "./mounts/connect-mount.ts";
import { openFolderDrive, openMount } from "./mounts/open-mount.ts";
import type { SystemMounts } from "./mounts/system-mounts.ts";
import type { DriveOpeners } from "./open-drive.ts";
import { basicAuthorization } from "./webdav/authorization.ts";
import { WebdavDrive } from "./webdav/webdav-drive.ts";

export interface OpenerParts extends LibraryParts {
  startProcess: StartDriveProcess;
  system: SystemMounts;
}

/** How this host opens each kind of drive. */
export function createDriveOpeners(parts: OpenerParts): DriveOpeners {
  const mounts = { ...parts, connect: connectMount(), platform: process.platform };
  return {
    library: (definition) => openLibrary(definition, parts),
    webdav: ({ address }, { username, password }) =>
      new WebdavDrive({
        address,
        fetch: parts.fetch,
        authorization: basicAuthorization(username, password),
        ...(username === null || username === "" ? {} : { lockOwner: username }),
      }),
    folder: ({ address }) => openFolderDrive(address, mounts),
    mount: ({ address }, access) => openMount(address, access, mounts),
  };
}
