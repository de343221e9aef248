import { parseLink } from "#contract/links.ts";

/** As `openTargetSchema` has it. */
const MAX_LENGTH = 300;
const SCHEME = "parvis:";

/** What came with a start, a second start or from the system. */
export type DeepLink =
  | { kind: "none" }
  | { kind: "link"; link: string }
  /** It calls itself an address of ours and is none. What is in it is said to nobody. */
  | { kind: "refused"; length: number };

/** The address in a command line: whatever else stands there belongs to Chromium, Electron or our own options. */
export function linkInArguments(argv: readonly string[]): DeepLink {
  const found = argv.findLast((argument) => argument.toLowerCase().startsWith(SCHEME));
  return found === undefined ? { kind: "none" } : readLink(found);
}

/** Exactly the address of an object, or nothing. Some browsers put a slash behind what has none. */
export function readLink(text: string): DeepLink {
  if (text.length > MAX_LENGTH) return { kind: "refused", length: text.length };
  const link = text.replace(/\/(?=$|\?)/, "");
  return parseLink(link) === null ? { kind: "refused", length: text.length } : { kind: "link", link };
}
