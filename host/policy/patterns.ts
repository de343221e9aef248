import { AppError } from "#contract/problem.ts";
import type { Policies } from "./policies.ts";

/** `example.org` is that host alone, `*.example.org` it and everything under it, `*` any. */
export function matchesHost(pattern: string, host: string): boolean {
  const wanted = pattern.trim().toLowerCase();
  const asked = host.toLowerCase();
  if (wanted === "*" || wanted === asked) return true;
  if (!wanted.startsWith("*.")) return false;
  return asked === wanted.slice(2) || asked.endsWith(wanted.slice(1));
}

/** `https://*.example.org:8443`; a pattern without a scheme means `https:`, without a port the usual one. */
export function matchesOrigin(pattern: string, origin: string): boolean {
  const match = /^(?:(?<scheme>[a-z]+):\/\/)?(?<host>[^/:]+)(?::(?<port>\d+))?\/?$/i.exec(
    pattern.trim(),
  )?.groups;
  if (match === undefined) return false;
  const url = new URL(origin);
  const scheme = match["scheme"]?.toLowerCase() ?? "https";
  const port = match["port"] ?? "";
  const usual = scheme === "https" ? "443" : "80";
  return (
    url.protocol === `${scheme}:` &&
    matchesHost(match["host"] ?? "", url.hostname) &&
    (url.port === "" ? usual : url.port) === (port === "" ? usual : port)
  );
}

/** @throws AppError forbidden for a workplace that the organisation has not named */
export function assertServerAllowed(policies: Policies, origin: string): void {
  const allowed = policies.get("AllowedServers");
  if (allowed === undefined || allowed.some((pattern) => matchesOrigin(pattern, origin))) return;
  throw new AppError("forbidden", {
    title: "Your organisation does not allow this workplace",
    detail: `${origin} is not among the addresses of the policy AllowedServers of this machine.`,
  });
}

/** @throws AppError forbidden for a way of signing in that the organisation has not named */
export function assertMethodAllowed(policies: Policies, method: "browser" | "password"): void {
  if (policies.get("SignInMethods")?.includes(method) ?? true) return;
  throw new AppError("forbidden", {
    title: "Your organisation does not allow this way of signing in",
    detail: `“${method}” is not among the policy SignInMethods of this machine.`,
  });
}
