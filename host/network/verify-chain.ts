import type { X509Certificate } from "node:crypto";
import { isIP } from "node:net";

export interface ChainToVerify {
  /** As the server sent them: its own first. */
  chain: readonly X509Certificate[];
  /** Authorities of the organisation's folder. */
  anchors: readonly X509Certificate[];
  hostname: string;
  now: number;
}

const MAX_DEPTH = 6;
const SERVER_AUTH = "1.3.6.1.5.5.7.3.1";
const ANY_USAGE = "2.5.29.37.0";
/** Object identifiers, encoded: signatures with MD5 or SHA-1, and name constraints, which are not examined here. */
const WEAK = ["2a864886f70d010104", "2a864886f70d010105", "2a8648ce3d0401"];
const NAME_CONSTRAINTS = "0603551d1e";
const BASIC_CONSTRAINTS = "0603551d13";

/**
 * Whether a chain that Chromium knows no authority for leads to one of the organisation's folder. Everything that Chromium
 * would have looked at besides is looked at here: name, dates, usage, authorities, lengths, signatures. What cannot be
 * examined is refused. Returns why not, or nothing.
 */
export function refusalOfChain({ chain, anchors, hostname, now }: ChainToVerify): string | undefined {
  const [leaf] = chain;
  if (leaf === undefined) return "there is no certificate";
  if (!isFor(leaf, hostname)) return "it is for another host";
  const usage = leaf.keyUsage;
  // Node's name for it: these are the extended usages.
  if (Array.isArray(usage) && !usage.includes(SERVER_AUTH) && !usage.includes(ANY_USAGE))
    return "it is not for servers";
  return refusalOfPath(leaf, { chain, anchors, hostname, now });
}

/** By its alternative names alone: the common name has not counted for long. */
function isFor(leaf: X509Certificate, hostname: string): boolean {
  const name = hostname.replaceAll(/^\[|\]$/g, "");
  const found = isIP(name) === 0 ? leaf.checkHost(name, { subject: "never" }) : leaf.checkIP(name);
  return found !== undefined;
}

function refusalOfPath(leaf: X509Certificate, { chain, anchors, now }: ChainToVerify): string | undefined {
  let current = leaf;
  for (let depth = 0; depth < MAX_DEPTH; depth += 1) {
    if (now < current.validFromDate.getTime() || now > current.validToDate.getTime())
      return "a date of it is not valid now";
    if (usesWeakHash(current)) return "it is signed with an old hash";
    const below = depth;
    const anchor = anchors.find((one) => hasSigned(one, current));
    if (anchor !== undefined) return refusalOfAnchor(anchor, below, now);
    const issuer = chain.find((one) => one !== current && hasSigned(one, current));
    if (issuer === undefined) return "it leads to no known authority";
    if (!mayHave(issuer, below)) return "an authority of it may not issue this";
    current = issuer;
  }
  return "its chain is too long";
}

function refusalOfAnchor(anchor: X509Certificate, below: number, now: number): string | undefined {
  if (now < anchor.validFromDate.getTime() || now > anchor.validToDate.getTime())
    return "the authority of the folder is not valid now";
  return mayHave(anchor, below) ? undefined : "the authority of the folder may not issue this";
}

function hasSigned(issuer: X509Certificate, certificate: X509Certificate): boolean {
  return issuer.ca && certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey);
}

/** `below`: how many authorities stand between this one and the server. */
function mayHave(authority: X509Certificate, below: number): boolean {
  if (authority.raw.toString("hex").includes(NAME_CONSTRAINTS)) return false;
  const limit = pathLimit(authority);
  return limit === undefined || below <= limit;
}

/** `pathLenConstraint`: SEQUENCE { OID, [critical], OCTET STRING { SEQUENCE { TRUE, INTEGER } } }. */
function pathLimit(authority: X509Certificate): number | undefined {
  const match = new RegExp(`${BASIC_CONSTRAINTS}(?:0101ff)?04..30..0101ff0201(?<limit>..)`).exec(
    authority.raw.toString("hex"),
  );
  return match?.groups === undefined ? undefined : Number.parseInt(match.groups["limit"] ?? "0", 16);
}

function usesWeakHash(certificate: X509Certificate): boolean {
  const text = certificate.raw.toString("hex");
  return WEAK.some((identifier) => text.includes(`06${lengthOf(identifier)}${identifier}`));
}

function lengthOf(identifier: string): string {
  return (identifier.length / 2).toString(16).padStart(2, "0");
}
