import { BlockList, isIP } from "node:net";

/**
 * Whether a host is reached without the proxy: `host`, `.example.org`, `*.example.org`, `host:port`, `10.0.0.0/8`,
 * `<local>` (names without a dot), `*`. This very machine always is, as in Chromium.
 */
export function isBypassed(url: URL, patterns: readonly string[]): boolean {
  const host = url.hostname.replaceAll(/^\[|\]$/g, "").toLowerCase();
  if (
    host === "localhost" ||
    host.endsWith(".localhost") ||
    host === "::1" ||
    (isIP(host) === 4 && host.startsWith("127."))
  )
    return true;
  return patterns.some((pattern) => matches(pattern.trim().toLowerCase(), host, url));
}

function matches(pattern: string, host: string, url: URL): boolean {
  if (pattern === "*") return true;
  if (pattern === "<local>") return !host.includes(".") && isIP(host) === 0;
  const range = /^([0-9a-f.:]+)\/(\d+)$/.exec(pattern);
  if (range !== null) return isInRange(host, range[1] ?? "", Number(range[2]));
  const { name = "", port } =
    /^(?:[a-z]+:\/\/)?(?<name>[^:/]+|\[[^\]]+\])(?::(?<port>\d+))?$/.exec(pattern)?.groups ?? {};
  if (name === "" || (port !== undefined && port !== portOf(url))) return false;
  if (name.startsWith("*.") || name.startsWith(".")) {
    const end = name.replace(/^\*/, "");
    return host.endsWith(end) || host === end.slice(1);
  }
  if (!name.includes("*")) return host === name;
  return new RegExp(`^${name.split("*").map(escapeText).join(".*")}$`).test(host);
}

function portOf(url: URL): string {
  return url.port === "" ? (url.protocol === "https:" ? "443" : "80") : url.port;
}

function isInRange(host: string, network: string, bits: number): boolean {
  const family = isIP(host);
  if (family === 0 || family !== isIP(network) || bits > (family === 4 ? 32 : 128)) return false;
  const list = new BlockList();
  const name = family === 4 ? "ipv4" : "ipv6";
  list.addSubnet(network, bits, name);
  return list.check(host, name);
}

function escapeText(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}
