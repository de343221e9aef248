import { request as httpRequest, type ClientRequest, type IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import type { Readable } from "node:stream";
import { connect, getCACertificates, type TLSSocket } from "node:tls";
import type * as Electron from "electron";
import { judge, type VerifyProc } from "./certificates.ts";
import { toNetError } from "./errors.ts";

/** One request as Chromium's network would make it: by the session's proxy, judged by its certificate handler. */

export type Login = (info: Electron.AuthInfo) => Promise<{ username: string; password: string } | undefined>;

export interface Way {
  resolveProxy: (url: string) => Promise<string>;
  verify: () => VerifyProc;
  /** Proxies' credentials that were good, by address. */
  credentials: Map<string, string>;
}

export interface Outgoing {
  method: string;
  url: string;
  headers: Record<string, string>;
  body: Readable | undefined;
  signal?: AbortSignal | undefined;
  login: Login;
}

/** Chromium asks for as long as somebody answers; a test that never ends tells nobody anything. */
const ROUNDS = 10;
const AUTHORITIES = [...new Set([...getCACertificates(), ...getCACertificates("system")])];

export async function send(outgoing: Outgoing, way: Way): Promise<IncomingMessage> {
  const [first = "DIRECT"] = (await way.resolveProxy(outgoing.url)).split(";");
  const [, address] = /^(?:PROXY|HTTP)\s+(\S+)/i.exec(first.trim()) ?? [];
  try {
    return await attempt(outgoing, way, address);
  } catch (error) {
    throw toNetError(error, address !== undefined);
  }
}

async function attempt(outgoing: Outgoing, way: Way, proxy: string | undefined): Promise<IncomingMessage> {
  const { protocol } = new URL(outgoing.url);
  if (protocol === "https:") return overTls(outgoing, way, proxy);
  if (proxy === undefined) return answerTo(httpRequest(outgoing.url, optionsOf(outgoing)), outgoing);
  const response = await answerTo(viaProxy(outgoing, way, proxy), outgoing);
  if (response.statusCode !== 407 || outgoing.body !== undefined) return response;
  const isKnown = await logIn(outgoing, way, proxy, response);
  // Nobody knew a name: what the proxy said is the answer.
  if (!isKnown) return response;
  response.resume();
  return answerTo(viaProxy(outgoing, way, proxy), outgoing);
}

function viaProxy(outgoing: Outgoing, way: Way, proxy: string): ClientRequest {
  const { hostname, port } = new URL(`http://${proxy}`);
  const { headers, ...options } = optionsOf(outgoing);
  return httpRequest({
    ...options,
    hostname,
    port: port || 80,
    path: outgoing.url,
    headers: { ...headers, host: new URL(outgoing.url).host, ...authorization(way, proxy) },
  });
}

async function overTls(outgoing: Outgoing, way: Way, proxy: string | undefined): Promise<IncomingMessage> {
  const { hostname, port } = new URL(outgoing.url);
  const target = { host: hostname.replaceAll(/[[\]]/g, ""), port: Number(port || 443) };
  const plain =
    proxy === undefined ? undefined : await tunnel(outgoing, way, proxy, `${hostname}:${target.port}`);
  const socket = connect({
    ...(plain === undefined ? target : { socket: plain }),
    servername: /^[\d.:]+$/.test(target.host) ? "" : target.host,
    rejectUnauthorized: false,
    ca: AUTHORITIES,
  });
  await secured(socket);
  const refusal = await judge(socket, hostname, way.verify());
  if (refusal !== undefined) {
    socket.destroy();
    throw new Error(refusal);
  }
  const { pathname, search, host } = new URL(outgoing.url);
  const { headers, ...options } = optionsOf(outgoing);
  // The connection is there and judged already.
  const request = httpRequest({
    ...options,
    path: `${pathname}${search}`,
    headers: { ...headers, host },
    createConnection: () => socket,
  });
  return answerTo(request, outgoing);
}

async function secured(socket: TLSSocket): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    socket.once("secureConnect", resolve);
    socket.once("error", reject);
  });
}

async function tunnel(outgoing: Outgoing, way: Way, proxy: string, target: string): Promise<Socket> {
  for (let round = 0; round < ROUNDS; round += 1) {
    const { response, socket } = await connectVia(way, proxy, target);
    if (response.statusCode === 200) return socket;
    socket.destroy();
    if (response.statusCode !== 407 || !(await logIn(outgoing, way, proxy, response))) break;
  }
  throw new Error("net::ERR_TUNNEL_CONNECTION_FAILED");
}

function connectVia(
  way: Way,
  proxy: string,
  target: string,
): Promise<{ response: IncomingMessage; socket: Socket }> {
  const { hostname, port } = new URL(`http://${proxy}`);
  const headers = { host: target, ...authorization(way, proxy) };
  const request = httpRequest({
    method: "CONNECT",
    hostname,
    port: port || 80,
    path: target,
    headers,
    agent: false,
  });
  return new Promise((resolve, reject) => {
    request.once("connect", (response, stream) => resolve({ response, socket: stream }));
    request.once("error", reject);
    request.end();
  });
}

function authorization(way: Way, proxy: string): Record<string, string> {
  const known = way.credentials.get(proxy);
  return known === undefined ? {} : { "proxy-authorization": known };
}

/** https://www.electronjs.org/docs/latest/api/client-request#event-login */
async function logIn(
  outgoing: Outgoing,
  way: Way,
  proxy: string,
  response: IncomingMessage,
): Promise<boolean> {
  way.credentials.delete(proxy);
  const challenge = response.headers["proxy-authenticate"] ?? "";
  const { hostname, port } = new URL(`http://${proxy}`);
  const given = await outgoing.login({
    isProxy: true,
    scheme: /^\w+/.exec(challenge)?.[0].toLowerCase() ?? "basic",
    host: hostname,
    port: Number(port || 80),
    realm: /realm="([^"]*)"/.exec(challenge)?.[1] ?? "",
  });
  if (given === undefined) return false;
  const encoded = Buffer.from(`${given.username}:${given.password}`).toString("base64");
  way.credentials.set(proxy, `Basic ${encoded}`);
  return true;
}

function optionsOf({ method, headers, signal }: Outgoing): {
  method: string;
  headers: Record<string, string>;
  signal?: AbortSignal;
} {
  return { method, headers, ...(signal === undefined ? {} : { signal }) };
}

function answerTo(request: ClientRequest, { body }: Outgoing): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    request.once("response", resolve);
    request.once("error", reject);
    if (body === undefined) request.end();
    else body.pipe(request);
  });
}
