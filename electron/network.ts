import { X509Certificate } from "node:crypto";
import { app, net, session } from "electron";
import type { Fetch } from "#host/gateway/upstream.ts";
import { CertificateChoice, type ClientCertificate } from "#host/network/certificate-choice.ts";
import { readCertificateFolder } from "#host/network/certificate-folder.ts";
import { parseRules, type CertificateRule, type Principal } from "#host/network/certificate-rules.ts";
import { chromiumProxy, proxyInForce } from "#host/network/chromium-proxy.ts";
import type { Credentials } from "#host/network/proxy-credentials.ts";
import type { ProxyInForce, SeenCertificate, Transport, TransportParts } from "#host/network/transport.ts";
import { refusalOfChain } from "#host/network/verify-chain.ts";
import { chromiumFetch } from "./app-protocol.ts";

/** Of the library that fetches updates: a session of its own, which needs the same. */
const UPDATE_SESSION = "electron-updater";
const CERT_AUTHORITY_INVALID = -202;
/** For the callback of the verification: as Chromium has judged, or good. */
const AS_JUDGED = -3;
const GOOD = 0;
const MAX_CHAIN = 8;
const ROUTE_MS = 60_000;

/** Chromium's network, with the organisation's proxies, authorities and rules. */
export class ChromiumTransport implements Transport {
  readonly #parts: TransportParts;
  readonly #choice: CertificateChoice;
  readonly #seen = new Map<string, SeenCertificate>();
  readonly #routes = new Map<string, { at: number; way: ProxyInForce }>();
  #authorities: readonly X509Certificate[] = [];
  #rules: readonly CertificateRule[] = [];
  readonly #ends: (() => void)[] = [];

  private constructor(parts: TransportParts) {
    this.#parts = parts;
    this.#choice = new CertificateChoice({
      ...parts,
      rules: () => this.#rules,
      onNotice: (message) => parts.log.write("warning", message),
    });
  }

  static async open(parts: TransportParts): Promise<ChromiumTransport> {
    const transport = new ChromiumTransport(parts);
    await transport.#apply();
    transport.#listen();
    return transport;
  }

  /**
   * `net.fetch` gives nobody the chance to answer a proxy that asks for a name and password (electron/electron#44249);
   * a plain request does. Chromium then knows them for every call that follows, and the first is made again.
   */
  readonly fetch: Fetch = async (url, init) => {
    await this.#noteProxy(url);
    const isWorthAnother = init.body === undefined || init.body === null || init.body instanceof Uint8Array;
    try {
      const response = await chromiumFetch(url, init);
      if (response.status !== 407 || !isWorthAnother || !(await this.#signInToProxy(url))) return response;
      await response.body?.cancel();
    } catch (error) {
      if (!isWorthAnother || !asksForLogin(error) || !(await this.#signInToProxy(url))) throw error;
    }
    return chromiumFetch(url, init);
  };

  async proxyFor(url: string): Promise<ProxyInForce> {
    const resolved = await session.defaultSession.resolveProxy(url);
    return proxyInForce(resolved, chromiumProxy(this.#parts.policies));
  }

  certificateOf(origin: string): SeenCertificate | undefined {
    return this.#seen.get(new URL(origin).hostname);
  }

  close(): Promise<void> {
    for (const end of this.#ends) end();
    return Promise.resolve();
  }

  #listen(): void {
    const { policies, log } = this.#parts;
    const onSelect = (
      event: Electron.Event,
      _contents: unknown,
      url: string,
      list: Electron.Certificate[],
      callback: (certificate?: Electron.Certificate) => void,
    ): void => {
      event.preventDefault();
      this.#choose(url, list).then(callback, (error: unknown) => {
        log.write("error", "No client certificate could be chosen", { reason: String(error) });
        callback();
      });
    };
    app.on("select-client-certificate", onSelect);
    this.#ends.push(() => app.off("select-client-certificate", onSelect));
    this.#ends.push(policies.subscribe(() => void this.#apply()));
  }

  async #apply(): Promise<void> {
    const { policies, contacts, log } = this.#parts;
    const folder = policies.get("CertificateFolder");
    this.#authorities = folder === undefined ? [] : await readCertificateFolder(folder, log);
    this.#rules = parseRules(policies.get("AutoSelectCertificateForUrls") ?? [], (_text, why) =>
      log.write("warning", "A rule of AutoSelectCertificateForUrls cannot be read", { reason: why }),
    );
    const proxy = chromiumProxy(policies);
    this.#routes.clear();
    if (proxy.pacScript !== undefined) await contacts.begin(proxy.pacScript, "proxy");
    for (const one of [session.defaultSession, session.fromPartition(UPDATE_SESSION, { cache: false })]) {
      one.setCertificateVerifyProc((request, callback) => callback(this.#judge(request)));
      await one.setProxy({ ...proxy });
      // Connections that are kept would go on through the former one.
      await one.closeAllConnections();
    }
  }

  /** Chromium's own judgement, but for an authority that only the organisation's folder names. */
  #judge({ hostname, certificate, errorCode }: Electron.Request): number {
    const isUnknown = errorCode === CERT_AUTHORITY_INVALID && this.#authorities.length > 0;
    const chain = chainOf(certificate);
    const refusal = isUnknown
      ? refusalOfChain({ chain, anchors: this.#authorities, hostname, now: Date.now() })
      : "";
    const isFromFolder = refusal === undefined;
    if (!isFromFolder && refusal !== "")
      this.#parts.log.write("warning", "A certificate does not lead to CertificateFolder", {
        hostname,
        refusal,
      });
    this.#seen.set(hostname, {
      subject: certificate.subjectName,
      issuer: certificate.issuerName,
      validFrom: new Date(certificate.validStart * 1000).toISOString(),
      validUntil: new Date(certificate.validExpiry * 1000).toISOString(),
      isFromFolder,
    });
    return isFromFolder ? GOOD : AS_JUDGED;
  }

  async #choose(url: string, list: Electron.Certificate[]): Promise<Electron.Certificate | undefined> {
    const address = url.includes("://") ? url : `https://${url}`;
    const known = list.map((certificate): ClientCertificate & { certificate: Electron.Certificate } => ({
      certificate,
      fingerprint: certificate.fingerprint,
      subject: principalOf(certificate.subject),
      issuer: principalOf(certificate.issuer),
      validUntil: new Date(certificate.validExpiry * 1000).toISOString(),
    }));
    return (await this.#choice.choose(address, known))?.certificate;
  }

  /** The proxy that leads there is a host that is contacted, too. */
  async #noteProxy(url: string): Promise<void> {
    const { origin } = new URL(url);
    const known = this.#routes.get(origin);
    const way =
      known !== undefined && Date.now() - known.at < ROUTE_MS ? known.way : await this.proxyFor(url);
    if (way !== known?.way) this.#routes.set(origin, { at: Date.now(), way });
    if (way.address !== undefined) await this.#parts.contacts.begin(`http://${way.address}`, "proxy");
  }

  /** Whether it is worth making the call again. */
  async #signInToProxy(url: string): Promise<boolean> {
    const request = net.request({
      method: "HEAD",
      url: new URL("/v1/capabilities", url).href,
      credentials: "omit",
    });
    let refused: Credentials | undefined;
    let isAnswered = false;
    const answer = async (authInfo: Electron.AuthInfo): Promise<Credentials | undefined> => {
      if (!authInfo.isProxy) return undefined;
      const host = `${authInfo.host}:${authInfo.port}`;
      const given = await this.#parts.credentials.get({
        host,
        realm: authInfo.realm,
        ...(refused === undefined ? {} : { refused }),
      });
      refused = given;
      isAnswered = given !== undefined;
      return given;
    };
    request.on("login", (authInfo, callback) => {
      answer(authInfo).then(
        (given) => callback(given?.username, given?.password),
        () => callback(),
      );
    });
    return new Promise((resolve) => {
      request.on("response", (response) => {
        response.on("data", () => undefined);
        resolve(isAnswered && response.statusCode !== 407);
      });
      request.on("error", () => resolve(false));
      request.end();
    });
  }
}

function asksForLogin(error: unknown): boolean {
  return (
    error instanceof Error && /ERR_PROXY_AUTH_REQUESTED|ERR_TUNNEL_CONNECTION_FAILED/.test(error.message)
  );
}

function chainOf(certificate: Electron.Certificate): X509Certificate[] {
  const chain: X509Certificate[] = [];
  let current: Electron.Certificate | undefined = certificate;
  while (current !== undefined && current.data !== "" && chain.length < MAX_CHAIN) {
    chain.push(new X509Certificate(current.data));
    current = current.issuerCert;
  }
  return chain;
}

function principalOf(principal: Electron.CertificatePrincipal): Principal {
  return {
    CN: principal.commonName,
    O: principal.organizations,
    OU: principal.organizationUnits,
    L: principal.locality,
  };
}
