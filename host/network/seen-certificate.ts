import type { DetailedPeerCertificate, TLSSocket } from "node:tls";
import type { SeenCertificate } from "./transport.ts";

const MAX_DEPTH = 10;

/** What a server showed, for the self-test. */
export function seenCertificate(
  socket: TLSSocket,
  fromFolder: ReadonlySet<string>,
): SeenCertificate | undefined {
  const leaf = socket.getPeerCertificate(true);
  if (Object.keys(leaf).length === 0) return undefined;
  return {
    subject: nameOf(leaf.subject),
    issuer: nameOf(leaf.issuer),
    validFrom: new Date(leaf.valid_from).toISOString(),
    validUntil: new Date(leaf.valid_to).toISOString(),
    isFromFolder: fromFolder.has(rootOf(leaf).fingerprint256),
  };
}

/** The authority at the end names itself. */
function rootOf(leaf: DetailedPeerCertificate): DetailedPeerCertificate {
  let current = leaf;
  for (let depth = 0; depth < MAX_DEPTH; depth += 1) {
    const next: DetailedPeerCertificate | undefined = current.issuerCertificate;
    if (next === undefined || next === current) break;
    current = next;
  }
  return current;
}

function nameOf(principal: {
  CN?: string | string[] | undefined;
  O?: string | string[] | undefined;
}): string {
  return [principal.CN ?? principal.O ?? ""].flat().join(", ");
}
