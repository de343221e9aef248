import { DavError } from "./dav-error.ts";

interface Condition {
  isNot: boolean;
  /** A lock token, or an entity tag with its quotes. */
  kind: "token" | "etag";
  value: string;
}

/** Conditions that must all hold, of one resource (`If`, RFC 4918 section 10.4). */
export interface ConditionList {
  /** Null: of what the request is about. */
  resource: string | null;
  conditions: Condition[];
}

const TOKENS = /\s*(?:<([^>]*)>|(\()|(\))|\[([^\]]*)\]|(Not))/iy;

/** @throws DavError 400 */
export function parseIf(header: string | null): ConditionList[] {
  if (header === null) return [];
  const lists: ConditionList[] = [];
  let resource: string | null = null;
  let open: Condition[] | undefined;
  let isNot = false;
  TOKENS.lastIndex = 0;
  while (TOKENS.lastIndex < header.trimEnd().length) {
    const match = TOKENS.exec(header);
    if (match === null) throw malformed();
    const [, angled, begin, end, etag, not] = match;
    if (begin !== undefined) {
      if (open !== undefined) throw malformed();
      open = [];
    } else if (end !== undefined) {
      if (open === undefined || open.length === 0 || isNot) throw malformed();
      lists.push({ resource, conditions: open });
      open = undefined;
    } else if (open === undefined) {
      if (angled === undefined) throw malformed();
      resource = angled;
    } else if (not !== undefined) {
      if (isNot) throw malformed();
      isNot = true;
    } else {
      open.push({ isNot, kind: angled === undefined ? "etag" : "token", value: angled ?? etag ?? "" });
      isNot = false;
    }
  }
  if (open !== undefined || lists.length === 0) throw malformed();
  return lists;
}

/** All tokens that are named without "Not": those that the client submits. */
export function submittedTokens(lists: readonly ConditionList[]): Set<string> {
  return new Set(
    lists.flatMap(({ conditions }) =>
      conditions.filter(({ kind, isNot }) => kind === "token" && !isNot).map(({ value }) => value),
    ),
  );
}

function malformed(): DavError {
  return new DavError(400, "The header If cannot be read.");
}
