import { request as httpRequest, type IncomingMessage } from "node:http";
import { request as httpsRequest } from "node:https";
import type { Socket } from "node:net";
import { AppError } from "#contract/problem.ts";
import { nameFailure } from "../gateway/failures.ts";
import type { Credentials, ProxyCredentials } from "./proxy-credentials.ts";

export interface TunnelOptions {
  /** Of the proxy: `http://proxy.example.org:3128`. */
  proxy: URL;
  /** Host and port to be reached. */
  target: string;
  credentials: Pick<ProxyCredentials, "known" | "get">;
  limitMs?: number;
}

interface Answer {
  status: number;
  response: IncomingMessage;
  socket: Socket;
}

const LIMIT_MS = 15_000;
/** A wrong password may be corrected; a proxy that refuses for ever is not asked for ever. */
const MAX_TRIES = 5;

/**
 * A connection through a proxy, by CONNECT. Names and passwords are given when the proxy asks for them (Basic).
 * @throws AppError proxyUnreachable, proxySignInRequired, proxyRefused, networkSignIn, nameNotFound, offline
 */
export async function openTunnel(options: TunnelOptions): Promise<Socket> {
  const { proxy, credentials } = options;
  let current = await credentials.known(proxy.host);
  for (let count = 0; count < MAX_TRIES; count += 1) {
    const { status, response, socket } = await connect(options, current);
    if (status === 200) return socket;
    socket.destroy();
    if (status !== 407) throw refusal(options, status, response);
    const realm = basicRealm(response.headers["proxy-authenticate"]);
    if (realm === undefined) throw otherScheme(options, response);
    current = await credentials.get({
      host: proxy.host,
      realm,
      ...(current === undefined ? {} : { refused: current }),
    });
    if (current === undefined) break;
  }
  throw new AppError("proxySignInRequired", {
    title: "The proxy asks for a name and password",
    detail: `${proxy.host} lets nobody through to ${options.target} without them (407).`,
  });
}

async function connect(options: TunnelOptions, credentials: Credentials | undefined): Promise<Answer> {
  const { proxy, target, limitMs = LIMIT_MS } = options;
  const request = (proxy.protocol === "https:" ? httpsRequest : httpRequest)({
    host: proxy.hostname.replaceAll(/^\[|\]$/g, ""),
    port: proxy.port === "" ? (proxy.protocol === "https:" ? 443 : 80) : Number(proxy.port),
    method: "CONNECT",
    path: target,
    agent: false,
    headers: { host: target, ...(credentials === undefined ? {} : authorization(credentials)) },
  });
  const late = setTimeout(() => request.destroy(tooSlow(options)), limitMs);
  try {
    return await new Promise<Answer>((resolve, reject) => {
      // A proxy may close right after a refusal: the answer counts.
      request.once("connect", (response, socket) => {
        if (!("setNoDelay" in socket)) throw new TypeError("the tunnel is no socket");
        resolve({ status: response.statusCode ?? 0, response, socket: asSocket(socket) });
      });
      request.once("error", (error) => reject(unreachable(options, error)));
      request.end();
    });
  } finally {
    clearTimeout(late);
  }
}

function asSocket(stream: object): Socket {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- documented: a net.Socket unless another was given
  return stream as Socket;
}

function authorization({ username, password }: Credentials): Record<string, string> {
  const value = Buffer.from(`${username}:${password}`, "utf8").toString("base64");
  return { "proxy-authorization": `Basic ${value}` };
}

/** Undefined when the proxy does not take a name and password. */
function basicRealm(header: string | string[] | undefined): string | undefined {
  const text = [header ?? ""].flat().join(", ");
  if (!/(?:^|,)\s*basic(?:\s|,|$)/i.test(text)) return undefined;
  return /basic\s+[^,]*?realm="((?:[^"\\]|\\.)*)"/i.exec(text)?.[1] ?? "";
}

function otherScheme({ proxy }: TunnelOptions, response: IncomingMessage): AppError {
  const schemes = [response.headers["proxy-authenticate"] ?? ""].flat().map((one) => one.split(/[\s,]/)[0]);
  return new AppError("proxySignInRequired", {
    title: "The proxy asks for a sign-in that the browser shell does not know",
    detail: `${proxy.host} takes ${schemes.join(", ") || "nothing that it names"} only. The desktop window of Parvis signs in with the account of the system (Negotiate, NTLM); here the proxy would have to take Basic, or let this machine through.`,
  });
}

function refusal({ proxy, target }: TunnelOptions, status: number, response: IncomingMessage): AppError {
  const detail = `${proxy.host} answered ${status} when asked for ${target}.`;
  if (status === 511 || (status >= 300 && status < 400)) {
    const location = URL.parse(response.headers.location ?? "")?.origin;
    return new AppError("networkSignIn", {
      title: "The network asks to sign in first",
      detail: `${detail}${location === undefined ? "" : ` It sends on to ${location}.`}`,
    });
  }
  if (status === 502 || status === 503 || status === 504)
    return new AppError("offline", { title: "The proxy did not reach the workplace", detail });
  return new AppError("proxyRefused", { title: "The proxy did not let this through", detail });
}

function tooSlow({ proxy }: TunnelOptions): AppError {
  return new AppError("proxyUnreachable", {
    title: "The proxy does not answer",
    detail: `${proxy.host} said nothing within the time allowed.`,
  });
}

function unreachable({ proxy }: TunnelOptions, error: Error): AppError {
  if (error instanceof AppError) return error;
  const { problem } = nameFailure(error, proxy.origin).error;
  return new AppError("proxyUnreachable", {
    title: "The proxy does not answer",
    detail: problem.detail ?? problem.title,
    cause: error,
  });
}
