import type { Fetch } from "../gateway/upstream.ts";
import type { Log } from "../log/log.ts";
import type { Policies } from "../policy/policies.ts";
import type { ContactLog } from "./contact-log.ts";
import type { ProxyCredentials } from "./proxy-credentials.ts";
import type { NetworkQuestions } from "./questions.ts";

/** How an address is reached now. */
export interface ProxyInForce {
  kind: "direct" | "proxy" | "unknown";
  /** Of the proxy: host and port. */
  address?: string;
  /** Who said so. */
  source: "policy" | "environment" | "system" | "none";
  /** It came out of a proxy script. */
  isScript: boolean;
}

export interface SeenCertificate {
  subject: string;
  issuer: string;
  validFrom: string;
  validUntil: string;
  /** It was verified with an authority from the organisation's folder. */
  isFromFolder: boolean;
}

/** The way to the network of a shell: Chromium's, or Node's. */
export interface Transport {
  fetch: Fetch;
  proxyFor(url: string): Promise<ProxyInForce>;
  /** Of the last connection to this origin; undefined when there was none or this shell cannot tell. */
  certificateOf(origin: string): SeenCertificate | undefined;
  close(): Promise<void>;
}

/** What a transport is made from. */
export interface TransportParts {
  dataDir: string;
  policies: Policies;
  contacts: ContactLog;
  questions: NetworkQuestions;
  credentials: ProxyCredentials;
  log: Log;
}

export type CreateTransport = (parts: TransportParts) => Promise<Transport>;

/** One `fetch` and nothing known of the way: tests, and shells without a network of their own. */
export function plainTransport(fetch: Fetch): Transport {
  return {
    fetch,
    proxyFor: () => Promise.resolve({ kind: "unknown", source: "none", isScript: false }),
    certificateOf: () => undefined,
    close: () => Promise.resolve(),
  };
}
