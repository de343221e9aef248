import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { spawnSync } from "node:child_process";
import type { IncomingMessage, ServerResponse } from "node:http";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { setDefaultCACertificates, getCACertificates } from "node:tls";
import { expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { accountIdSchema } from "#contract/bridge.ts";
import { AppError, problemSchema, type Problem } from "#contract/problem.ts";
import { CAPABILITIES } from "../testing/capabilities-fixture.ts";
import { tempFolder } from "../testing/temp-folder.ts";
import { deadAddress, httpServer, httpsServer, tcpServer } from "../testing/test-server.ts";
import { createGateway, type Gateway, type GatewayOptions } from "./gateway.ts";

const ID = accountIdSchema.parse("a1");

interface Setup extends Partial<GatewayOptions> {
  refresh?: () => string;
}

function gatewayTo(serverUrl: string, { refresh, ...options }: Setup = {}): Gateway {
  let token = "first";
  return createGateway({
    accounts: {
      serverUrl: () => serverUrl,
      accessToken: async (_id, refused) => {
        if (refused === token && refresh !== undefined) token = refresh();
        return token;
      },
    },
    backoffMs: 1,
    ...options,
  });
}

function request(path: string, init?: RequestInit): Request {
  return new Request(`http://127.0.0.1:1/gateway/${ID}${path}`, init);
}

async function problemOf(response: Response): Promise<Problem> {
  expect(response.headers.get("content-type")).toBe("application/problem+json");
  return problemSchema.parse(await response.json());
}

function json(response: ServerResponse, value: unknown, status = 200): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(value));
}

test("adds the token and the contract version, and keeps cookies, origins and credentials of the page to itself", async () => {
  const url = await httpServer((incoming, response) => {
    response.setHeader("set-cookie", "a=b");
    json(response, { url: incoming.url, headers: incoming.headers });
  });
  const response = await gatewayTo(url).handle(
    request("/v1/scopes?x=1", {
      headers: {
        cookie: "parvis-1=secret",
        origin: "http://127.0.0.1:1",
        referer: "http://127.0.0.1:1/",
        authorization: "Bearer stolen",
        "x-forwarded-for": "10.0.0.1",
        "last-event-id": "7",
      },
    }),
  );
  const { url: seen, headers } = z
    .object({ url: z.string(), headers: z.record(z.string(), z.string()) })
    .parse(await response.json());
  expect(seen).toBe("/v1/scopes?x=1");
  expect(headers).toMatchObject({
    authorization: "Bearer first",
    "parvis-contract": "1",
    "last-event-id": "7",
  });
  for (const name of ["cookie", "origin", "referer", "x-forwarded-for"])
    expect(headers).not.toHaveProperty(name);
  expect(response.headers.get("set-cookie")).toBeNull();
  expect(response.headers.get("cache-control")).toBe("no-store");
  expect(response.headers.get("content-security-policy")).toContain("sandbox");
});

test("serves nothing but /v1 of accounts, and no page ever gets a token", async () => {
  const gateway = gatewayTo("http://127.0.0.1:1");
  for (const path of [
    "/v2/x",
    "/",
    "/v1",
    "/../v1/x",
    "/%2e%2e/v1/x",
    "/v1/token",
    "/v1/token/revoke",
    "/v1/./token",
    "/v1/%74oken",
    "/v1/TOKEN",
    "/v1//token",
    "/v1/x%2f..%2ftoken",
    "/v1/x/%5c../token",
  ]) {
    expect((await gateway.handle(request(path))).status).toBe(404);
  }
  expect((await gateway.handle(new Request("http://x/gateway/UPPER/v1/x"))).status).toBe(404);
});

test("says that nobody listens, and that the name is unknown", async () => {
  const refused = await gatewayTo(await deadAddress()).handle(request("/v1/scopes"));
  expect(await problemOf(refused)).toMatchObject({ kind: "offline", status: 502 });
  const unknown = await gatewayTo("https://no-such-name.invalid").handle(request("/v1/scopes"));
  expect(await problemOf(unknown)).toMatchObject({ kind: "nameNotFound" });
});

test("says timeout when the headers do not come and when a body stops in the middle", async () => {
  const silent = await httpServer(() => undefined);
  const limits = { headersMs: 50, idleMs: 50 };
  expect(await problemOf(await gatewayTo(silent, { limits }).handle(request("/v1/scopes")))).toMatchObject({
    kind: "timeout",
  });
  const stuck = await httpServer((_, response) => {
    response.writeHead(200, { "content-type": "application/x-ndjson" }).write("{}\n");
  });
  const response = await gatewayTo(stuck, { limits }).handle(request("/v1/sync"));
  await expect(response.text()).rejects.toMatchObject({ kind: "timeout" });
});

test("gives live events the time of their heartbeat", async () => {
  const url = await httpServer((_, response) => {
    response.writeHead(200, { "content-type": "text/event-stream" }).write(":\n\n");
    setTimeout(() => response.end(":\n\n"), 150);
  });
  const limits = { idleMs: 20, eventsIdleMs: 5000 };
  const response = await gatewayTo(url, { limits }).handle(request("/v1/events"));
  expect(await response.text()).toBe(":\n\n:\n\n");
});

test("tells a page, a redirect and bytes that are not HTTP from a workplace", async () => {
  const html = await httpServer((_, response) =>
    response.setHeader("content-type", "text/html").end("<p>Wifi"),
  );
  expect(await problemOf(await gatewayTo(html).handle(request("/v1/scopes")))).toMatchObject({
    kind: "notAWorkplace",
  });
  const redirect = await httpServer((_, response) =>
    response.writeHead(302, { location: "https://x.example/" }).end(),
  );
  expect(await problemOf(await gatewayTo(redirect).handle(request("/v1/scopes")))).toMatchObject({
    kind: "wrongAddress",
    detail: expect.stringContaining("https://x.example/"),
  });
  const ssh = await tcpServer((socket) => socket.end("SSH-2.0-OpenSSH_9.2\r\n"));
  expect(await problemOf(await gatewayTo(ssh).handle(request("/v1/scopes")))).toMatchObject({
    kind: "notAWorkplace",
  });
});

test("judges the capabilities: another service, a newer contract, an older one", async () => {
  const kinds: string[] = [];
  const answers = [
    { service: "other" },
    { ...CAPABILITIES, contract: { version: 9, oldest: 9 } },
    { service: "parvis", contract: "changed" },
    CAPABILITIES,
  ];
  for (const answer of answers) {
    const url = await httpServer((_, response) => json(response, answer));
    const response = await gatewayTo(url).handle(request("/v1/capabilities"));
    kinds.push(response.ok ? "ok" : (await problemOf(response)).kind);
  }
  expect(kinds).toEqual(["notAWorkplace", "contractTooNew", "contractTooNew", "ok"]);
});

test("refuses a certificate that nobody vouches for, with the reason, and accepts it once the system does", async () => {
  const folder = await tempFolder();
  const names = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"];
  const files = ["-keyout", join(folder, "key.pem"), "-out", join(folder, "cert.pem")];
  const kind = ["-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2"];
  const made = spawnSync("openssl", ["req", ...kind, ...names, ...files]);
  expect(made.status).toBe(0);
  const cert = readFileSync(join(folder, "cert.pem"), "utf8");
  const key = readFileSync(join(folder, "key.pem"), "utf8");
  const url = await httpsServer({ cert, key }, (_, response) => json(response, {}));
  expect(await problemOf(await gatewayTo(url).handle(request("/v1/scopes")))).toMatchObject({
    kind: "certificateUntrusted",
    detail: expect.stringContaining("self-signed certificate"),
  });
  const before = getCACertificates("default");
  onTestFinished(() => setDefaultCACertificates(before));
  setDefaultCACertificates([...before, cert]);
  expect((await gatewayTo(url).handle(request("/v1/scopes"))).status).toBe(200);
  const wrongName = url.replace("localhost", "127.0.0.1");
  expect(await problemOf(await gatewayTo(wrongName).handle(request("/v1/scopes")))).toMatchObject({
    kind: "certificateWrongHost",
    detail: expect.stringContaining("127.0.0.1"),
  });
});

/** Breaks the first `failures` connections, then answers. */
function flaky(
  failures: number,
  calls: string[],
): (incoming: IncomingMessage, response: ServerResponse) => void {
  return (incoming, response) => {
    calls.push(`${incoming.method} ${incoming.url}`);
    if (calls.length <= failures) incoming.socket.destroy();
    else json(response, { ok: true });
  };
}

test("tries reads and mutations again after a broken connection, at most twice, and nothing else", async () => {
  const statuses: number[] = [];
  const counts: number[] = [];
  const attempts: [number, string, RequestInit?][] = [
    [2, "/v1/scopes"],
    [3, "/v1/scopes"],
    [2, "/v1/mutations", { method: "POST", body: "{}" }],
    [1, "/v1/docs/x", { method: "POST", body: "{}" }],
    [1, "/v1/events"],
  ];
  for (const [failures, path, init] of attempts) {
    const calls: string[] = [];
    const url = await httpServer(flaky(failures, calls));
    statuses.push((await gatewayTo(url).handle(request(path, init))).status);
    counts.push(calls.length);
  }
  expect(statuses).toEqual([200, 502, 200, 502, 502]);
  expect(counts).toEqual([3, 3, 3, 1, 1]);
});

test("tries again after 503, and leaves it when told to come back much later", async () => {
  let calls = 0;
  const passing = await httpServer((_, response) => {
    calls += 1;
    if (calls < 3) json(response, { kind: "unavailable", title: "busy" }, 503);
    else json(response, {});
  });
  expect((await gatewayTo(passing).handle(request("/v1/scopes"))).status).toBe(200);
  let later = 0;
  const closed = await httpServer((_, response) => {
    later += 1;
    response.setHeader("retry-after", "600");
    response.writeHead(503, { "content-type": "text/html" }).end("maintenance");
  });
  const answer = await gatewayTo(closed).handle(request("/v1/scopes"));
  expect(await problemOf(answer)).toMatchObject({ kind: "unavailable", retryAfter: 600 });
  expect(later).toBe(1);
});

test("renews the token once after 401 and sends the same call again, body included", async () => {
  const seen: string[] = [];
  const url = await httpServer(async (incoming, response) => {
    let body = "";
    for await (const chunk of incoming) body += String(chunk);
    seen.push(`${incoming.headers.authorization} ${body}`);
    if (incoming.headers.authorization === "Bearer second") json(response, { ok: true });
    else json(response, { kind: "signInRequired", title: "expired" }, 401);
  });
  const gateway = gatewayTo(url, { refresh: () => "second" });
  const response = await gateway.handle(request("/v1/mutations", { method: "POST", body: "hello" }));
  expect(response.status).toBe(200);
  expect(seen).toEqual(["Bearer first hello", "Bearer second hello"]);
});

test("passes on that the person has to sign in again", async () => {
  const url = await httpServer((_, response) =>
    json(response, { kind: "signInRequired", title: "expired" }, 401),
  );
  const gateway = createGateway({
    accounts: {
      serverUrl: () => url,
      accessToken: async (_id, refused) => {
        if (refused === undefined) return "old";
        throw new AppError("signInRequired");
      },
    },
  });
  expect(await problemOf(await gateway.handle(request("/v1/scopes")))).toMatchObject({
    kind: "signInRequired",
  });
});

const HUGE = 200 * 2 ** 20;

/** `HUGE` bytes in pieces of 64 KiB, made only when asked for; `onMade` is told of each. */
function hugeBody(onMade: (size: number) => void): ReadableStream<Uint8Array> {
  const piece = new Uint8Array(65_536);
  let left = HUGE;
  return new ReadableStream({
    pull(controller) {
      left -= piece.byteLength;
      onMade(piece.byteLength);
      controller.enqueue(piece);
      if (left === 0) controller.close();
    },
  });
}

/** How far what was made ran ahead of what was taken, at most: what somebody in between must have held. */
function createLedger() {
  let made = 0;
  let taken = 0;
  let lead = 0;
  return {
    onMade: (size: number): void => {
      made += size;
      lead = Math.max(lead, made - taken);
    },
    take: async (body: AsyncIterable<Uint8Array> | null): Promise<number> => {
      for await (const piece of body ?? []) taken += piece.byteLength;
      return taken;
    },
    lead: () => lead,
  };
}

test("streams huge bodies both ways, holding only a little of them", async () => {
  const up = createLedger();
  const down = createLedger();
  const url = await httpServer(async (incoming, response) => {
    if (incoming.method === "PUT") return json(response, { received: await up.take(incoming) });
    response.writeHead(200, { "content-type": "application/octet-stream" });
    for await (const piece of hugeBody(down.onMade)) {
      if (!response.write(piece)) await new Promise((resolve) => response.once("drain", resolve));
    }
    response.end();
  });
  const sent = await gatewayTo(url).handle(
    request("/v1/blobs/x", { method: "PUT", body: hugeBody(up.onMade), duplex: "half" }),
  );
  expect(await sent.json()).toEqual({ received: HUGE });
  const received = await gatewayTo(url).handle(request("/v1/blobs/x"));
  expect(await down.take(received.body)).toBe(HUGE);
  for (const ledger of [up, down]) expect(ledger.lead()).toBeLessThan(16 * 2 ** 20);
});

test("a page that stops reading stops the backend from sending", async () => {
  let made = 0;
  const url = await httpServer((_, response) => {
    response.writeHead(200, { "content-type": "application/octet-stream" });
    const body = Readable.fromWeb(hugeBody((size) => (made += size)));
    body.pipe(response).on("error", () => undefined);
  });
  const response = await gatewayTo(url).handle(request("/v1/blobs/x"));
  let before = -1;
  while (before !== made) {
    before = made;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  expect(made).toBeLessThan(16 * 2 ** 20);
  await response.body?.cancel();
});

test("ends the call upstream when the page drops the answer or gives up waiting", async () => {
  const closed = Promise.withResolvers<string>();
  const url = await httpServer((incoming, response) => {
    response.once("close", () => closed.resolve(incoming.url ?? ""));
    response.writeHead(200, { "content-type": "text/event-stream" }).write(":\n\n");
  });
  const response = await gatewayTo(url).handle(request("/v1/events"));
  await response.body?.cancel();
  expect(await closed.promise).toBe("/v1/events");

  const gone = Promise.withResolvers<void>();
  const arrived = Promise.withResolvers<void>();
  const silent = await httpServer((_, answer) => {
    arrived.resolve();
    answer.once("close", () => gone.resolve());
  });
  const controller = new AbortController();
  const waiting = gatewayTo(silent).handle(request("/v1/scopes", { signal: controller.signal }));
  await arrived.promise;
  controller.abort();
  await gone.promise;
  expect(await problemOf(await waiting)).toMatchObject({ kind: "cancelled" });
});

test("giving up ends the call upstream also after the request itself was collected", async () => {
  const closed = Promise.withResolvers<void>();
  const url = await httpServer((_, response) => {
    response.once("close", () => closed.resolve());
    response.writeHead(200, { "content-type": "text/event-stream" }).write(":\n\n");
  });
  const controller = new AbortController();
  const { body } = await gatewayTo(url).handle(request("/v1/events", { signal: controller.signal }));
  const reader = body?.getReader();
  await reader?.read();
  const waiting = Promise.allSettled([reader?.read()]);
  setFlagsFromString("--expose-gc");
  const collectGarbage: unknown = runInNewContext("gc");
  if (typeof collectGarbage !== "function") throw new Error("no garbage collector to call");
  for (let round = 0; round < 5; round += 1) {
    collectGarbage();
    await new Promise((resolve) => setImmediate(resolve));
  }
  controller.abort();
  await closed.promise;
  expect(await waiting).toMatchObject([{ status: "rejected", reason: { kind: "cancelled" } }]);
});

test("a connection reset in the middle of a body fails the body, never shortens it", async () => {
  const url = await httpServer((_, response) => {
    response.writeHead(200, { "content-type": "application/x-ndjson", "content-length": "1000" });
    response.write("{}\n");
    setTimeout(() => response.socket?.resetAndDestroy(), 20);
  });
  const response = await gatewayTo(url).handle(request("/v1/sync"));
  expect(response.status).toBe(200);
  await expect(response.text()).rejects.toMatchObject({ kind: "offline" });
});

test("a workplace's refusal of a HEAD is its own: a file that it does not have is not found, and can be sent", async () => {
  const url = await httpServer((_incoming, response) => {
    response.writeHead(404, { "content-type": "application/problem+json" }).end();
  });
  const response = await gatewayTo(url).handle(request("/v1/blobs/b1", { method: "HEAD" }));
  expect(response.status).toBe(404);
});

test("a page of something in between is no refusal of the workplace, to a HEAD neither", async () => {
  const url = await httpServer((_incoming, response) => {
    response.writeHead(404, { "content-type": "text/html" }).end();
  });
  const response = await gatewayTo(url).handle(request("/v1/blobs/b1", { method: "HEAD" }));
  expect((await problemOf(response)).kind).toBe("notAWorkplace");
});
