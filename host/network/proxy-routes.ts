import { AppError } from "#contract/problem.ts";
import { nameFailure } from "../gateway/failures.ts";
import { isBypassed } from "./bypass.ts";
import type { PacScript } from "./pac.ts";
import { readProxySettings, type ProxySettings, type ProxySources } from "./proxy-settings.ts";
import type { ProxyInForce, TransportParts } from "./transport.ts";

/** Straight, or through this proxy. */
export type Way = "direct" | URL;

export type ProxyRoutesOptions = ProxySources &
  Pick<TransportParts, "contacts" | "log"> & { now?: () => number };

/** Systems change their settings without a word: read again as often as this. */
const SETTINGS_MS = 60_000;
const SCRIPT_MS = 30 * 60_000;
const SCRIPT_LIMIT_MS = 10_000;
const MAX_SCRIPT = 1_000_000;

interface Kept<T> {
  value: Promise<T>;
  at: number;
}

/** Which way leads to an address. */
export class ProxyRoutes {
  readonly #options: ProxyRoutesOptions;
  readonly #now: () => number;
  #settings: Kept<ProxySettings> | undefined;
  #script: (Kept<PacScript> & { address: string }) | undefined;

  constructor(options: ProxyRoutesOptions) {
    this.#options = options;
    this.#now = options.now ?? Date.now;
  }

  renew(): void {
    this.#settings = undefined;
    this.#script = undefined;
  }

  /** In the order in which they are to be tried. @throws AppError proxyUnreachable when the script is not to be had */
  async waysTo(url: string): Promise<Way[]> {
    const settings = await this.#read();
    const target = new URL(url);
    if (settings.kind === "direct" || isBypassed(target, settings.bypass)) return ["direct"];
    if (settings.kind === "pac") return this.#waysByScript(settings.address ?? "", url);
    const address = target.protocol === "https:" ? settings.address : settings.addressForHttp;
    const proxy = address ?? (settings.source === "policy" ? settings.address : undefined);
    return proxy === undefined ? ["direct"] : [new URL(proxy)];
  }

  async inForce(url: string): Promise<ProxyInForce> {
    const { source, kind } = await this.#read();
    const isScript = kind === "pac";
    const [way = "direct"] = await this.waysTo(url);
    if (way === "direct") return { kind: "direct", source, isScript };
    return { kind: "proxy", address: way.host, source, isScript };
  }

  #read(): Promise<ProxySettings> {
    if (this.#settings === undefined || this.#now() - this.#settings.at > SETTINGS_MS) {
      this.#settings = { value: readProxySettings(this.#options), at: this.#now() };
    }
    return this.#settings.value;
  }

  async #waysByScript(address: string, url: string): Promise<Way[]> {
    const ways = await (await this.#loadScript(address)).waysTo(url);
    return ways.flatMap((way): Way[] => {
      if (way.kind === "direct") return ["direct"];
      if (way.kind === "proxy") return [new URL(way.address)];
      this.#options.log.write("warning", "The proxy script names a kind of proxy that is not known here", {
        kind: way.word,
      });
      return [];
    });
  }

  #loadScript(address: string): Promise<PacScript> {
    const isFresh =
      this.#script?.address === address && this.#now() - this.#script.at < SCRIPT_MS
        ? this.#script
        : undefined;
    if (isFresh !== undefined) return isFresh.value;
    const value = this.#fetchScript(address);
    this.#script = { value, at: this.#now(), address };
    // What failed is tried again the next time.
    value.catch(() => {
      if (this.#script?.value === value) this.#script = undefined;
    });
    return value;
  }

  async #fetchScript(address: string): Promise<PacScript> {
    const { contacts } = this.#options;
    await contacts.begin(address, "proxy");
    try {
      const response = await fetch(address, { signal: AbortSignal.timeout(SCRIPT_LIMIT_MS) });
      const text = await response.text();
      if (!response.ok || text.length > MAX_SCRIPT) throw noScript(address, `it answered ${response.status}`);
      // Most networks have no script: its interpreter is fetched when one does.
      const { loadPac } = await import("./pac.ts");
      return await loadPac(text);
    } catch (error) {
      contacts.failed(address, "proxy", "proxyUnreachable");
      throw error instanceof AppError ? error : noScript(address, whyNot(error, address));
    }
  }
}

function whyNot(error: unknown, address: string): string {
  try {
    return nameFailure(error, address).error.problem.detail ?? "";
  } catch {
    return error instanceof Error ? error.message : String(error);
  }
}

function noScript(address: string, why: string): AppError {
  return new AppError("proxyUnreachable", {
    title: "The proxy script cannot be used",
    detail: `${address}: ${why}`,
  });
}
