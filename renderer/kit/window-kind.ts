import { accountIdSchema, type AccountId } from "#contract/account.ts";
import { parseLink } from "#contract/links.ts";

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
  return accountId.success && parseLink(link) !== null ? { accountId: accountId.data, link } : null;
}

export function detachedAddress({ accountId, link }: DetachedObject): string {
  return `/?${new URLSearchParams({ window: "detached", accountId, link }).toString()}`;
}

/** Null: this is the main window. */
export const detached: DetachedObject | null =
  typeof location === "undefined" ? null : readDetached(location.search);
