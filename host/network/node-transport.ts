import { connect as connectTcp, type Socket } from "node:net";
import { connect as connectTls, getCACertificates, setDefaultCACertificates, type TLSSocket } from "node:tls";
import { setImmediate as nextTurn } from "node:timers/promises";
import type { Agent } from "undici";
import { AppError } from "#contract/problem.ts";
import { errorCode } from "../files/atomic-file.ts";
import type { Fetch } from "../gateway/upstream.ts";
import { isBypassed } from "./bypass.ts";
import { CertificateChoice } from "./certificate-choice.ts";
import { certificateFilesFor } from "./certificate-files.ts";
import { readCertificateFolder } from "./certificate-folder.ts";
import { parseRules, type CertificateRule } from "./certificate-rules.ts";
import { ProxyRoutes, type Way } from "./proxy-routes.ts";
import type { ProxySources } from "./proxy-settings.ts";
import { seenCertificate } from "./seen-certificate.ts";
import type { ProxyInForce, SeenCertificate, Transport, TransportParts } from "./transport.ts";
import { openTunnel } from "./tunnel.ts";

const CONNECT_MS = 10_000;

export type NodeTransportOptions = TransportParts & Omit<ProxySources, "policies"> & { now?: () => number };

/** What is used of undici's request for a connection. */
interface Target {
  hostname: string;
  protocol: string;
  port: string;
  servername?: string | undefined;
}

/** Node's sockets, through whichever proxy is in force, with the organisation's authorities and certificates. */
export class NodeTransport implements Transport {
  readonly #options: NodeTransportOptions;
  readonly #routes: ProxyRoutes;
  readonly #choice: CertificateChoice;
  /** What a server said in TLS as it hung up after the handshake. */
  readonly #alerts = new Map<string, Error>();
  readonly #seen = new Map<string, SeenCertificate>();
  #rules: CertificateRule[] = [];
  #fromFolder: ReadonlySet<string> = new Set();
  /** Made for the first host that is not this machine: the library takes time and memory. */
  #agent: Promise<Agent> | undefined;
  readonly #stop: () => void;

  private constructor(options: NodeTransportOptions) {
    this.#options = options;
    this.#routes = new ProxyRoutes(options);
    this.#choice = new CertificateChoice({
      ...options,
      rules: () => this.#rules,
      onNotice: (message) => options.log.write("warning", message),
    });
    this.#stop = options.policies.subscribe(() => void this.#renew());
  }

  static async open(options: NodeTransportOptions): Promise<NodeTransport> {
    const transport = new NodeTransport(options);
    await transport.#readPolicies();
    return transport;
  }

  readonly fetch: Fetch = async (url, init) => {
    // The demonstration and a provider under development: reached straight, without TLS.
    if (isOwnMachine(url)) return fetch(url, init);
    try {
      this.#agent ??= this.#createAgent();
      return await fetch(url, { ...init, dispatcher: dispatcherOf(await this.#agent) });
    } catch (error) {
      // The library tells that the other side has closed before it hears why.
      await nextTurn();
      throw this.#takeAlert(new URL(url).origin) ?? error;
    }
  };

  proxyFor(url: string): Promise<ProxyInForce> {
    return this.#routes.inForce(url);
  }

  certificateOf(origin: string): SeenCertificate | undefined {
    return this.#seen.get(origin);
  }

  async close(): Promise<void> {
    this.#stop();
    await (await this.#agent)?.destroy();
  }

  /** What is under way ends as it began; what comes next goes the new way. */
  async #renew(): Promise<void> {
    this.#routes.renew();
    await this.#readPolicies();
    const old = await this.#agent;
    this.#agent = undefined;
    await old?.close();
  }

  async #readPolicies(): Promise<void> {
    const { policies, log } = this.#options;
    this.#rules = parseRules(policies.get("AutoSelectCertificateForUrls") ?? [], (_text, why) =>
      log.write("warning", "A rule of AutoSelectCertificateForUrls cannot be read", { reason: why }),
    );
    const folder = policies.get("CertificateFolder");
    const authorities = folder === undefined ? [] : await readCertificateFolder(folder, log);
    this.#fromFolder = new Set(authorities.map(({ fingerprint256 }) => fingerprint256));
    trustCertificates(authorities.map(String));
  }

  #takeAlert(origin: string): Error | undefined {
    const alert = this.#alerts.get(origin);
    this.#alerts.delete(origin);
    return alert;
  }

  async #createAgent(): Promise<Agent> {
    const { default: AgentClass } = await import("undici/lib/dispatcher/agent.js");
    return new AgentClass({
      connect: (target, callback) => {
        this.#connect(target).then(
          (socket) => callback(null, socket),
          (error: unknown) => callback(error instanceof Error ? error : new Error(String(error)), null),
        );
      },
    });
  }

  async #connect(target: Target): Promise<Socket> {
    const isTls = target.protocol === "https:";
    const port = target.port === "" ? (isTls ? 443 : 80) : Number(target.port);
    const origin = new URL(`${target.protocol}//${target.hostname}:${port}`).origin;
    const socket = await this.#connectBy(await this.#routes.waysTo(origin), target.hostname, port);
    return isTls ? this.#secure(socket, origin, target) : socket;
  }

  /** A script may name several ways: the next one is taken when a proxy is not there. */
  async #connectBy(ways: readonly Way[], host: string, port: number): Promise<Socket> {
    const { contacts, credentials } = this.#options;
    let missing: AppError | undefined;
    for (const way of ways) {
      if (way === "direct") return openSocket(host, port);
      try {
        await contacts.begin(way.href, "proxy");
        return await openTunnel({ proxy: way, target: `${host}:${port}`, credentials });
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        contacts.failed(way.href, "proxy", error.kind);
        if (error.kind !== "proxyUnreachable") throw error;
        missing = error;
      }
    }
    throw missing ?? new AppError("proxyUnreachable", { title: "The proxy script names no way" });
  }

  async #secure(socket: Socket, origin: string, { hostname, servername }: Target): Promise<TLSSocket> {
    const files = await certificateFilesFor(origin, this.#rules, this.#options.log);
    const own = await this.#choice.choose(origin, files);
    const secured = connectTls({
      socket,
      servername: servername ?? hostname,
      ALPNProtocols: ["http/1.1"],
      ...own?.secret,
    });
    secured.on("error", (error) => {
      if (errorCode(error).startsWith("ERR_SSL_")) this.#alerts.set(origin, error);
    });
    await ready(secured, "secureConnect");
    this.#alerts.delete(origin);
    const seen = seenCertificate(secured, this.#fromFolder);
    if (seen !== undefined) this.#seen.set(origin, seen);
    return secured;
  }
}

/** Those of Node, of the system, of NODE_EXTRA_CA_CERTS, and the organisation's own, for every connection of this process. */
export function trustCertificates(own: readonly string[] = []): void {
  const shipped = (["bundled", "system", "extra"] as const).flatMap((kind) => getCACertificates(kind));
  setDefaultCACertificates([...shipped, ...own]);
}

async function openSocket(host: string, port: number): Promise<Socket> {
  const socket = connectTcp({ host: host.replaceAll(/^\[|\]$/g, ""), port, keepAlive: true, noDelay: true });
  await ready(socket, "connect");
  return socket;
}

async function ready(socket: Socket, event: "connect" | "secureConnect"): Promise<void> {
  const late = setTimeout(() => socket.destroy(new TooSlow()), CONNECT_MS);
  try {
    await new Promise<void>((resolve, reject) => {
      socket.once("error", reject);
      socket.once("close", () => reject(new Closed()));
      socket.once(event, resolve);
    });
  } catch (error) {
    socket.destroy();
    throw error;
  } finally {
    clearTimeout(late);
  }
}

class TooSlow extends Error {
  readonly code = "ETIMEDOUT";
}

class Closed extends Error {
  readonly code = "ECONNRESET";
}

function isOwnMachine(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol === "http:" && isBypassed(new URL(`http://${hostname}`), []);
}

/** Node's own fetch takes the dispatcher of the package: both are of one major version. */
function dispatcherOf(agent: Agent): NonNullable<RequestInit["dispatcher"]> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Node's types have a copy of this very library's
  return agent as unknown as NonNullable<RequestInit["dispatcher"]>;
}
