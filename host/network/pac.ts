import { networkInterfaces } from "node:os";
import { createPacResolver } from "pac-resolver";
import { QuickJS } from "quickjs-wasi";

/** One way that a proxy script names. */
export type PacWay =
  | { kind: "direct" }
  | { kind: "proxy"; address: string }
  | { kind: "unsupported"; word: string };

export interface PacScript {
  /** @throws Error when the script does */
  waysTo(url: string): Promise<PacWay[]>;
}

const MEMORY = 64 * 1024 * 1024;
const LIMIT_MS = 500;

/**
 * A proxy script is a program from the network: it runs in an interpreter of its own, with bounded memory and time, and
 * can do nothing but look names up.
 */
export async function loadPac(text: string): Promise<PacScript> {
  let endsAt = 0;
  const machine = await QuickJS.create({
    memoryLimit: MEMORY,
    interruptHandler: () => performance.now() > endsAt,
  });
  const run = async <T>(act: () => T | Promise<T>): Promise<T> => {
    endsAt = performance.now() + LIMIT_MS;
    return act();
  };
  const find = await run(() =>
    createPacResolver(machine, text, {
      // The library's own would open a connection to a public server to learn its address, and print to the console.
      sandbox: { myIpAddress: ownAddress, alert: () => undefined },
    }),
  );
  return { waysTo: async (url) => parseWays(await run(() => find(withoutPath(url)))) };
}

/** What is asked for is nobody's business: as browsers do, a script learns the host alone. */
function withoutPath(url: string): string {
  return `${new URL(url).origin}/`;
}

function ownAddress(): string {
  const all = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  return all.find(({ internal, family }) => !internal && family === "IPv4")?.address ?? "127.0.0.1";
}

/** `PROXY a:3128; HTTPS b:443; DIRECT`. */
export function parseWays(text: string): PacWay[] {
  return text
    .split(";")
    .map((part) => part.trim())
    .filter(Boolean)
    .map((part) => {
      const [word = "", host = ""] = part.split(/\s+/);
      const name = word.toUpperCase();
      if (name === "DIRECT") return { kind: "direct" };
      const scheme = name === "HTTPS" ? "https" : "http";
      const isKnown = name === "PROXY" || name === "HTTP" || name === "HTTPS";
      const address = isKnown ? URL.parse(`${scheme}://${host}`) : null;
      return address === null || host === ""
        ? { kind: "unsupported", word: name.slice(0, 20) }
        : { kind: "proxy", address: address.href };
    });
}
