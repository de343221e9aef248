import type { AccountId } from "#contract/account.ts";
import { parseScope, type Scope } from "#contract/scope.ts";
import type { AccountService } from "../accounts/account-service.ts";
import type { Fetch } from "../gateway/upstream.ts";
import { DriveError } from "./drive-error.ts";
import type { DriveDefinition } from "./open-drive.ts";
import { bearerAuthorization } from "./webdav/authorization.ts";
import { WebdavDrive } from "./webdav/webdav-drive.ts";

export interface LibraryParts {
  accounts: Pick<AccountService, "accessToken">;
  fetch: Fetch;
}

/** The library of a space or of oneself: the workplace's own door for WebDAV, with the token of the account. */
export function openLibrary(
  { address, accountId, scope }: Pick<DriveDefinition, "address" | "accountId" | "scope">,
  { accounts, fetch }: LibraryParts,
): WebdavDrive {
  if (accountId === null || scope === null)
    throw new DriveError("unsupported", { title: "It is not said whose library this is" });
  return new WebdavDrive({
    address: libraryAddress(address, scope),
    fetch,
    authorization: bearerAuthorization((refused) => tokenOf(accounts, accountId, refused)),
    // Two names that differ in case alone are the same name (`contract/file-names.ts`).
    isCaseSensitive: false,
    // And a new version must be written over the old one: a move would take its history away.
    isAtomic: true,
  });
}

/** @throws DriveError unsupported for a scope that has no library */
function libraryAddress(serverUrl: string, scope: Scope): string {
  const { kind, id } = parseScope(scope);
  const base = serverUrl.endsWith("/") ? serverUrl : `${serverUrl}/`;
  if (kind === "person") return `${base}dav/mine/`;
  if (kind === "space") return `${base}dav/spaces/${encodeURIComponent(id)}/`;
  throw new DriveError("unsupported", { title: "Only spaces and people have a library" });
}

/** One that was refused is renewed, once. */
function tokenOf(
  accounts: LibraryParts["accounts"],
  accountId: AccountId,
  refused: string | undefined,
): Promise<string> {
  return refused === undefined ? accounts.accessToken(accountId) : accounts.accessToken(accountId, refused);
}
