import type { AccountId } from "#contract/account.ts";
import type { DriveId, DriveKind } from "#contract/drives.ts";
import type { Scope } from "#contract/scope.ts";
import { DriveError } from "./drive-error.ts";
import type { Drive } from "./drive.ts";

/** What has to be known in order to open a drive; no password. */
export interface DriveDefinition {
  id: DriveId;
  name: string;
  kind: DriveKind;
  /** Folder, UNC path or `https:` address, without credentials. */
  address: string;
  origin: "person" | "policy" | "workplace" | "system";
  accountId: AccountId | null;
  username: string | null;
  /** Of a library: whose it is. */
  scope: Scope | null;
}

/** With what it is opened; null: without. */
export interface DriveAccess {
  username: string | null;
  password: string | null;
}

/** Makes the drive; nothing is asked of it yet. */
export type OpenDrive = (definition: DriveDefinition, access: DriveAccess) => Drive | Promise<Drive>;

/** How each kind is opened, as far as this host can. */
export type DriveOpeners = Partial<Record<DriveKind, OpenDrive>>;

/** @throws DriveError unsupported */
export function createOpener(openers: DriveOpeners): OpenDrive {
  return (definition, access) => {
    const open = openers[definition.kind];
    if (open === undefined) {
      throw new DriveError("unsupported", {
        title: "This machine cannot open such a drive",
        detail: `${definition.name} is of the kind ${definition.kind}.`,
      });
    }
    return open(definition, access);
  };
}
