import { DIRECTORY } from "#contract/scope.ts";

interface WrittenRow {
  scope: string;
  collection: string;
  op: string;
  /** JSON. */
  data: string;
}

/** What a row of a person says of what they may read; undefined for every other row. */
export function accessOf(row: WrittenRow): { isGuest: boolean; isAdministrator: boolean } | undefined {
  if (row.collection !== "person" || row.scope !== DIRECTORY) return undefined;
  if (row.op !== "put") return { isGuest: false, isAdministrator: false };
  const data: unknown = JSON.parse(row.data);
  if (typeof data !== "object" || data === null) return { isGuest: false, isAdministrator: false };
  const roles: unknown = Reflect.get(data, "roles");
  const isGuest = Reflect.get(data, "isGuest") === true;
  const isAdministrator =
    Array.isArray(roles) && roles.includes("administrator") && Reflect.get(data, "isDeactivated") !== true;
  return { isGuest, isAdministrator: isAdministrator && !isGuest };
}
