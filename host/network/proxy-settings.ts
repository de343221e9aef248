import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { Policies } from "../policy/policies.ts";
import type { ProxyInForce } from "./transport.ts";

/** Who decides how hosts are reached. */
export interface ProxySettings {
  kind: "direct" | "fixed" | "pac";
  source: ProxyInForce["source"];
  /** For `fixed`, by scheme of the address that is reached; for `pac`, of the script. */
  address?: string;
  addressForHttp?: string;
  bypass: readonly string[];
}

export interface ProxySources {
  policies: Policies;
  env: NodeJS.ProcessEnv;
  platform: NodeJS.Platform;
  /** Runs a program of the system and gives what it says; undefined when it failed. */
  run?: (program: string, args: readonly string[]) => Promise<string | undefined>;
}

const NONE: ProxySettings = { kind: "direct", source: "none", bypass: [] };

/** Policy first, then the environment, then the system's own settings. */
export async function readProxySettings(sources: ProxySources): Promise<ProxySettings> {
  const { policies, env, platform, run = runProgram } = sources;
  const byPolicy = policySettings(policies);
  if (byPolicy !== undefined) return byPolicy;
  const byEnvironment = environmentSettings(env);
  if (byEnvironment !== undefined) return byEnvironment;
  if (platform === "win32") return windowsSettings((await run("reg", ["query", WINDOWS_KEY])) ?? "");
  if (platform === "darwin") return macSettings((await run("scutil", ["--proxy"])) ?? "");
  return NONE;
}

function policySettings(policies: Policies): ProxySettings | undefined {
  const mode = policies.get("ProxyMode");
  const bypass = policies.get("ProxyBypass") ?? [];
  if (mode === "direct") return { kind: "direct", source: "policy", bypass };
  const address = policies.get(mode === "pac" ? "ProxyPacAddress" : "ProxyAddress");
  if (mode === undefined || mode === "system" || address === undefined) return undefined;
  return { kind: mode, source: "policy", address, bypass };
}

function environmentSettings(env: NodeJS.ProcessEnv): ProxySettings | undefined {
  const read = (name: string): string | undefined => proxyUrl(env[name] ?? env[name.toUpperCase()] ?? "");
  const all = read("all_proxy");
  const address = read("https_proxy") ?? all;
  const addressForHttp = read("http_proxy") ?? all;
  if (address === undefined && addressForHttp === undefined) return undefined;
  const bypass = (env["no_proxy"] ?? env["NO_PROXY"] ?? "").split(/[\s,]+/).filter(Boolean);
  return fixed("environment", address, addressForHttp, bypass);
}

const WINDOWS_KEY = String.raw`HKCU\Software\Microsoft\Windows\CurrentVersion\Internet Settings`;

/** As printed by `reg query`: `    ProxyServer    REG_SZ    proxy.example.org:3128`. */
export function windowsSettings(text: string): ProxySettings {
  const read = (name: string): string =>
    new RegExp(String.raw`^\s+${name}\s+REG_\w+\s+(.*?)\s*$`, "im").exec(text)?.[1] ?? "";
  const script = read("AutoConfigURL");
  const bypass = read("ProxyOverride").split(";").filter(Boolean);
  if (script !== "") return { kind: "pac", source: "system", address: script, bypass };
  if (!/^0x0*1$/.test(read("ProxyEnable"))) return NONE;
  const server = read("ProxyServer");
  if (!server.includes("=")) return fixed("system", proxyUrl(server), proxyUrl(server), bypass);
  const one = (scheme: string): string | undefined =>
    proxyUrl(new RegExp(`(?:^|;)${scheme}=([^;]+)`, "i").exec(server)?.[1] ?? "");
  return fixed("system", one("https"), one("http"), bypass);
}

/** As printed by `scutil --proxy`: `  HTTPSProxy : proxy.example.org`. */
export function macSettings(text: string): ProxySettings {
  const read = (name: string): string => new RegExp(`^  ${name} : (.*)$`, "m").exec(text)?.[1]?.trim() ?? "";
  const list = /ExceptionsList : <array> \{([\s\S]*?)\}/.exec(text)?.[1] ?? "";
  const bypass = [...list.matchAll(/^\s+\d+ : (.*)$/gm)].map(([, host = ""]) => host.trim());
  if (read("ProxyAutoConfigEnable") === "1")
    return { kind: "pac", source: "system", address: read("ProxyAutoConfigURLString"), bypass };
  const one = (scheme: string): string | undefined =>
    read(`${scheme}Enable`) === "1"
      ? proxyUrl(`${read(`${scheme}Proxy`)}:${read(`${scheme}Port`)}`)
      : undefined;
  return fixed("system", one("HTTPS"), one("HTTP"), bypass);
}

function fixed(
  source: ProxySettings["source"],
  address: string | undefined,
  addressForHttp: string | undefined,
  bypass: readonly string[],
): ProxySettings {
  if (address === undefined && addressForHttp === undefined) return NONE;
  return {
    kind: "fixed",
    source,
    bypass,
    ...(address === undefined ? {} : { address }),
    ...(addressForHttp === undefined ? {} : { addressForHttp }),
  };
}

/** `proxy.example.org:3128` is one too. */
function proxyUrl(text: string): string | undefined {
  const trimmed = text.trim();
  if (trimmed === "") return undefined;
  const url = URL.parse(/^[a-z][a-z0-9+.-]*:\/\//i.test(trimmed) ? trimmed : `http://${trimmed}`);
  return url === null || !/^https?:$/.test(url.protocol) ? undefined : url.href;
}

const run = promisify(execFile);

async function runProgram(program: string, args: readonly string[]): Promise<string | undefined> {
  try {
    return (await run(program, [...args], { timeout: 3000, windowsHide: true })).stdout;
  } catch {
    // Whatever is the matter with it, there are no settings to be had from it.
    return undefined;
  }
}
