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
  const found = argv.findLast(isAddress);
  return found === undefined ? { kind: "none" } : readLink(found);
}

/**
 * The part of a command line that may hold options: what stands before the first address. Whoever wrote an address may have
 * closed its quotes and gone on, and is nobody to choose a data folder or a server.
 */
export function optionArguments(argv: readonly string[]): string[] {
  const end = argv.findIndex(isAddress);
  return argv.slice(0, end < 0 ? argv.length : end);
}

function isAddress(argument: string): boolean {
  return argument.toLowerCase().startsWith(SCHEME);
}

/** Exactly the address of an object, or nothing. Some browsers put a slash behind what has none. */
export function readLink(text: string): DeepLink {
  if (text.length > MAX_LENGTH) return { kind: "refused", length: text.length };
  const link = text.replace(/\/(?=$|\?)/, "");
  return parseLink(link) === null ? { kind: "refused", length: text.length } : { kind: "link", link };
}
