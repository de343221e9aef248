import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer, request, type Server } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { once } from "node:events";
import { connect } from "node:net";
import { join } from "node:path";
import { expect, test } from "playwright/test";
import { temporaryFolder } from "#tests/support/processes.ts";
import { openDesktop, type Desktop } from "./desktop.ts";

/** What `net` and `session` say of proxies and certificates: the same on the stand-in and on a real binary. */

const data = temporaryFolder("net");
let desktop: Desktop;
let plain: Server;
let secure: Server;
let proxy: Server;
const seen: string[] = [];

async function listen(server: Server): Promise<number> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : 0;
}

function createCertificate(): { key: Buffer; cert: Buffer } {
  const [key, cert] = [join(data.path, "key.pem"), join(data.path, "cert.pem")];
  execFileSync(
    "openssl",
    [
      "req",
      "-x509",
      "-newkey",
      "ec",
      "-pkeyopt",
      "ec_paramgen_curve:prime256v1",
      "-nodes",
      "-days",
      "2",
      "-subj",
      "/CN=somewhere.test/O=Essai",
      "-addext",
      "subjectAltName=DNS:somewhere.test,IP:127.0.0.1",
      "-keyout",
      key,
      "-out",
      cert,
    ],
    { stdio: "ignore" },
  );
  return { key: readFileSync(key), cert: readFileSync(cert) };
}

const ports = { plain: 0, secure: 0, proxy: 0 };

test.beforeAll(async () => {
  plain = createServer((incoming, response) => {
    if (incoming.url === "/elsewhere") response.writeHead(302, { location: "/there" }).end();
    else response.end(`plain ${incoming.url}`);
  });
  secure = createTlsServer(createCertificate(), (_incoming, response) => response.end("secure"));
  proxy = createServer((incoming, response) => {
    seen.push(`${incoming.method} ${incoming.url}`);
    if (incoming.headers["proxy-authorization"] !== `Basic ${btoa("camille:secret")}`) {
      response.writeHead(407, { "proxy-authenticate": 'Basic realm="Région"' }).end();
      return;
    }
    const onward = request(
      `http://127.0.0.1:${ports.plain}${new URL(incoming.url ?? "").pathname}`,
      (answer) => {
        response.writeHead(answer.statusCode ?? 200);
        answer.pipe(response);
      },
    );
    onward.end();
  });
  proxy.on("connect", (incoming, socket) => {
    seen.push(`CONNECT ${incoming.url}`);
    if (incoming.headers["proxy-authorization"] === undefined) {
      socket.end('HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm="a"\r\n\r\n');
      return;
    }
    const onward = connect(ports.secure, "127.0.0.1", () => {
      socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
      onward.pipe(socket).pipe(onward);
    });
    onward.on("error", () => socket.destroy());
    socket.on("error", () => onward.destroy());
  });
  Object.assign(ports, {
    plain: await listen(plain),
    secure: await listen(secure),
    proxy: await listen(proxy),
  });
  desktop = await openDesktop({ dataDir: data.path, root: join(import.meta.dirname, "fixture") });
});
test.afterAll(async () => {
  await desktop.close();
  for (const server of [plain, secure, proxy]) {
    server.closeAllConnections();
    server.close();
  }
  data.remove();
});

/** What a fetch of the main process brought, or why it failed. */
function fetched(url: string, redirect: RequestRedirect = "follow"): Promise<string> {
  return desktop.evaluate(
    async ({ net }, [address, mode]) => {
      try {
        return await (
          await net.fetch(address, { redirect: mode, bypassCustomProtocolHandlers: true })
        ).text();
      } catch (error) {
        return error instanceof Error ? error.message : String(error);
      }
    },
    [url, redirect] as const,
  );
}

test("what cannot be reached has Chromium's names", async () => {
  expect(await fetched(`http://127.0.0.1:${ports.plain}/here`)).toBe("plain /here");
  expect(await fetched("http://127.0.0.1:1/")).toMatch(/ERR_CONNECTION_REFUSED|ERR_UNSAFE_PORT/);
  expect(await fetched("http://nowhere.invalid/")).toBe("net::ERR_NAME_NOT_RESOLVED");
  expect(await fetched(`http://127.0.0.1:${ports.plain}/elsewhere`)).toBe("plain /there");
  expect(await fetched(`http://127.0.0.1:${ports.plain}/elsewhere`, "manual")).toContain(
    "Redirect was cancelled",
  );
});

test("an unknown authority is refused unless the session's handler knows it", async () => {
  const address = `https://127.0.0.1:${ports.secure}/`;
  expect(await fetched(address)).toBe("net::ERR_CERT_AUTHORITY_INVALID");
  await desktop.evaluate(({ session }) => {
    session.defaultSession.setCertificateVerifyProc(({ certificate, errorCode }, callback) => {
      Reflect.set(globalThis, "judged", [
        certificate.subjectName,
        certificate.subject.organizations,
        errorCode,
      ]);
      callback(certificate.data.startsWith("-----BEGIN CERTIFICATE-----") ? 0 : -2);
    });
  });
  // What was decided before is forgotten with its connections.
  await desktop.evaluate(({ session }) => session.defaultSession.closeAllConnections());
  expect(await fetched(address)).toBe("secure");
  const judged = await desktop.evaluate((): unknown => Reflect.get(globalThis, "judged"));
  expect(judged).toEqual(["somewhere.test", ["Essai"], -202]);
});

test("the session's proxy is taken, and its login asked of the request that listens", async () => {
  await desktop.evaluate(async ({ session }, port) => {
    await session.defaultSession.setProxy({
      proxyRules: `127.0.0.1:${port}`,
      proxyBypassRules: "<-loopback>",
    });
  }, ports.proxy);
  expect(
    await desktop.evaluate(({ session }) => session.defaultSession.resolveProxy("http://parvis.test/")),
  ).toBe(`PROXY 127.0.0.1:${ports.proxy}`);
  expect(await fetched("https://somewhere.test/")).toMatch(/ERR_TUNNEL_CONNECTION_FAILED|ERR_PROXY_AUTH/);
  const asked = await desktop.evaluate(
    ({ net }) =>
      new Promise<unknown[]>((resolve, reject) => {
        const told: unknown[] = [];
        const one = net.request("http://parvis.test/asked");
        one.on("login", ({ isProxy, realm }, callback) => {
          told.push(isProxy, realm);
          callback("camille", "secret");
        });
        one.on("response", (response) => resolve([...told, response.statusCode]));
        one.on("error", reject);
        one.end();
      }),
  );
  expect(asked.at(0)).toBe(true);
  expect(asked.at(-1)).toBe(200);
  // Known from then on.
  expect(await fetched("http://parvis.test/again")).toBe("plain /again");
  expect(seen).toEqual(
    expect.arrayContaining(["CONNECT somewhere.test:443", "GET http://parvis.test/again"]),
  );
});
