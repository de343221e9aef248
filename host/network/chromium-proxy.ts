import type { Policies } from "../policy/policies.ts";
import type { ProxyInForce } from "./transport.ts";

/** In the form that Chromium takes it, as Electron's `ProxyConfig`. */
export interface ChromiumProxy {
  mode: "direct" | "pac_script" | "fixed_servers" | "system";
  pacScript?: string;
  proxyRules?: string;
  proxyBypassRules?: string;
}

/** What the organisation says of proxies; the system's own settings where it says nothing. */
export function chromiumProxy(policies: Policies): ChromiumProxy {
  const mode = policies.get("ProxyMode");
  const bypass = policies.get("ProxyBypass") ?? [];
  const proxyBypassRules = bypass.length === 0 ? {} : { proxyBypassRules: bypass.join(",") };
  if (mode === "direct") return { mode: "direct" };
  const pac = policies.get("ProxyPacAddress");
  if (mode === "pac" && pac !== undefined) return { mode: "pac_script", pacScript: pac, ...proxyBypassRules };
  const address = policies.get("ProxyAddress");
  if (mode === "fixed" && address !== undefined)
    return { mode: "fixed_servers", proxyRules: new URL(address).origin, ...proxyBypassRules };
  return { mode: "system" };
}

/** What Chromium says it would do, `PROXY a:3128;DIRECT`: its first choice. */
export function proxyInForce(resolved: string, proxy: ChromiumProxy): ProxyInForce {
  const [word = "DIRECT", address = ""] = resolved.split(";")[0]?.trim().split(/\s+/) ?? [];
  const isDirect = word.toUpperCase() === "DIRECT" || address === "";
  const source = proxy.mode === "system" ? (isDirect ? "none" : "system") : "policy";
  const isScript = proxy.mode === "pac_script";
  if (isDirect) return { kind: "direct", source, isScript };
  return { kind: "proxy", address, source, isScript };
}
