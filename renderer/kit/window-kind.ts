import { accountIdSchema, type AccountId } from "#contract/account.ts";
import type { OpenTarget } from "#contract/bridge.ts";
import { parseLink, parseObjectLink } from "#contract/links.ts";

/** What a window of its own shows. */
export interface DetachedObject {
  accountId: AccountId;
  link: string;
}

/** From the address of a window: `?window=detached&accountId=…&link=…`. Null: the main one. */
export function readDetached(search: string): DetachedObject | null {
  const params = new URLSearchParams(search);
  if (params.get("window") !== "detached") return null;
  const accountId = accountIdSchema.safeParse(params.get("accountId"));
  const link = params.get("link") ?? "";
  return accountId.success && parseObjectLink(link) !== null ? { accountId: accountId.data, link } : null;
}

export function detachedAddress({ accountId, link }: DetachedObject): string {
  return `/?${new URLSearchParams({ window: "detached", accountId, link }).toString()}`;
}

/** A whole window in the browser that goes to one place: `?open=LINK`, `&accountId=…`. Null: nothing is asked for. */
export function readWanted(search: string): OpenTarget | null {
  const params = new URLSearchParams(search);
  const link = params.get("open") ?? "";
  if (parseLink(link) === null) return null;
  const accountId = accountIdSchema.safeParse(params.get("accountId"));
  return { link, ...(accountId.success ? { accountId: accountId.data } : {}) };
}

export function wantedAddress({ accountId, link }: OpenTarget): string {
  return `/?${new URLSearchParams({ open: link, ...(accountId === undefined ? {} : { accountId }) }).toString()}`;
}

/** Null: this is the main window. */
export const detached: DetachedObject | null =
  typeof location === "undefined" ? null : readDetached(location.search);
