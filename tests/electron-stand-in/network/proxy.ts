import { createContext, Script } from "node:vm";
import { isIPv4 } from "node:net";
import type * as Electron from "electron";

/** Which way Chromium would take: `DIRECT`, or `PROXY host:port` one after the other. */
export async function resolveProxy(config: Electron.ProxyConfig, url: string): Promise<string> {
  const { mode, pacScript, proxyRules = "", proxyBypassRules = "" } = config;
  const host = new URL(url).hostname;
  // Never for this machine: https://www.electronjs.org/docs/latest/api/session#sessetproxyconfig
  const isLocal = /^(localhost|.*\.localhost|127\..*|\[::1\])$/.test(host);
  const isImplied = isLocal && !proxyBypassRules.includes("<-loopback>");
  if (mode === "direct" || isImplied) return "DIRECT";
  if (pacScript !== undefined && pacScript !== "") return askScript(pacScript, url);
  if (mode === "system" || (mode === undefined && proxyRules === "")) return ofEnvironment(url);
  if (isBypassed(host, proxyBypassRules)) return "DIRECT";
  return ofRules(proxyRules, url);
}

/** `http=a:80;https=b:443` or one for all. */
function ofRules(rules: string, url: string): string {
  const scheme = new URL(url).protocol.slice(0, -1);
  for (const rule of rules.split(";")) {
    const [, name, addresses = ""] = /^(?:(\w+)=)?(.*)$/.exec(rule.trim()) ?? [];
    if (addresses === "" || (name !== undefined && name !== scheme)) continue;
    const ways = addresses
      .split(",")
      .map((one) => (one.trim() === "direct://" ? "DIRECT" : `PROXY ${one.trim().replace(/^\w+:\/\//, "")}`));
    return ways.join(";");
  }
  return "DIRECT";
}

function ofEnvironment(url: string): string {
  const { protocol, hostname } = new URL(url);
  const name = `${protocol.slice(0, -1)}_proxy`;
  const address = process.env[name] ?? process.env[name.toUpperCase()] ?? "";
  const bypass = process.env["no_proxy"] ?? process.env["NO_PROXY"] ?? "";
  return address === "" || isBypassed(hostname, bypass) ? "DIRECT" : ofRules(new URL(address).host, url);
}

function isBypassed(host: string, rules: string): boolean {
  return rules.split(/[,;\s]+/).some((rule) => {
    if (rule === "") return false;
    if (rule === "<local>") return !host.includes(".");
    if (rule.startsWith(".")) return host.endsWith(rule);
    return matches(host, rule);
  });
}

function matches(text: string, pattern: string): boolean {
  const source = pattern
    .replaceAll(/[.+^${}()|[\]\\]/g, String.raw`\$&`)
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${source}$`).test(text);
}

async function askScript(address: string, url: string): Promise<string> {
  try {
    const text = await (await fetch(address)).text();
    const context = createContext({
      isPlainHostName: (host: string) => !host.includes("."),
      dnsDomainIs: (host: string, domain: string) => host.endsWith(domain),
      localHostOrDomainIs: (host: string, full: string) => host === full || full.startsWith(`${host}.`),
      shExpMatch: matches,
      isInNet,
      dnsResolve: (host: string) => host,
      myIpAddress: () => "127.0.0.1",
    });
    void new Script(text).runInContext(context, { timeout: 1000 });
    const call = `FindProxyForURL(${JSON.stringify(url)}, ${JSON.stringify(new URL(url).hostname)})`;
    const answer: unknown = new Script(call).runInContext(context, { timeout: 1000 });
    return typeof answer === "string" ? answer : "DIRECT";
  } catch {
    // A script that cannot be had or run is none: as Chromium falls back.
    return "DIRECT";
  }
}

function isInNet(host: string, net: string, mask: string): boolean {
  if (!isIPv4(host)) return false;
  const bits = numberOf(mask);
  return (numberOf(host) & bits) >>> 0 === (numberOf(net) & bits) >>> 0;
}

function numberOf(address: string): number {
  return address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
}
