import { spawn } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { TLSSocket } from "node:tls";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import type { NetworkAnswer, NetworkQuestion } from "#contract/desktop/network.ts";
import type { PolicyName } from "#contract/policies.ts";
import { HostEvents } from "../events.ts";
import { nameFailure } from "../gateway/failures.ts";
import { silentLog } from "../log/log.ts";
import { noPolicies, type Policies } from "../policy/policies.ts";
import { memorySecrets } from "../testing/memory-secrets.ts";
import { tempFolder } from "../testing/temp-folder.ts";
import { TestAuthority } from "../testing/test-certificates.ts";
import { TestProxy, type TestProxyOptions } from "../testing/test-proxy.ts";
import { deadAddress, httpServer, httpsServer } from "../testing/test-server.ts";
import { Network } from "./network.ts";
import { NodeTransport, trustCertificates } from "./node-transport.ts";

const HOST = "parvis.example.test";
const LOGIN = { username: "ada", password: "é2 & «mot»" };

afterAll(() => trustCertificates());
beforeAll(() => {
  for (const name of ["http_proxy", "https_proxy", "all_proxy", "no_proxy"]) {
    delete process.env[name];
    delete process.env[name.toUpperCase()];
  }
});

function policiesOf(values: Partial<Record<PolicyName, unknown>>): Policies {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- each test gives values of the right shape
  return { ...noPolicies, get: ((name: PolicyName) => values[name]) as Policies["get"] };
}

interface SetupOptions {
  policies?: Partial<Record<PolicyName, unknown>>;
  env?: NodeJS.ProcessEnv;
  answers?: (question: NetworkQuestion) => NetworkAnswer;
  folder?: string;
}

async function setUp({ policies = {}, env = {}, answers, folder }: SetupOptions) {
  const dataDir = folder ?? (await tempFolder());
  const events = new HostEvents();
  const asked: NetworkQuestion[] = [];
  const secrets = await memorySecrets(dataDir);
  const network = await Network.open({
    dataDir,
    policies: policiesOf(policies),
    events,
    secrets,
    log: silentLog,
    now: Date.now,
    onNotice: () => undefined,
    onSecret: () => undefined,
    fetch,
    createTransport: (parts) => NodeTransport.open({ ...parts, env, platform: "linux" }),
  });
  events.subscribe((event) => {
    if (event.type !== "networkQuestions") return;
    for (const question of event.questions) {
      asked.push(question);
      if (answers !== undefined)
        queueMicrotask(() => network.questions.answer(question.id, answers(question)));
    }
  });
  onTestFinished(() => network.stop());
  const get = network.fetchFor("workplace");
  const kindOf = async (url: string): Promise<string> => {
    try {
      return String((await get(url, {})).status);
    } catch (error) {
      return nameFailure(error, new URL(url).origin).error.kind;
    }
  };
  return { network, get, kindOf, asked, dataDir, secrets };
}

async function openProxy(options?: TestProxyOptions): Promise<TestProxy> {
  const proxy = await TestProxy.open(options);
  onTestFinished(() => proxy.close());
  return proxy;
}

/** A server with a certificate of the organisation's own authority, behind a proxy that knows its name. */
async function organisation(proxyOptions: TestProxyOptions = {}) {
  const folder = await tempFolder();
  const authority = new TestAuthority(folder);
  const trusted = join(folder, "trusted");
  await mkdir(trusted);
  await writeFile(join(trusted, "internal.pem"), authority.pem);
  const url = await httpsServer(authority.issue(HOST), (_incoming, response) => response.end("hello"));
  const proxy = await openProxy({
    hosts: new Map([[HOST, Number(new URL(url).port)]]),
    ...proxyOptions,
  });
  return { folder, authority, trusted, proxy };
}

function giveLogin(password = LOGIN.password): NetworkAnswer {
  return { kind: "credentials", username: LOGIN.username, password, isRemembered: true };
}

test("a fixed proxy of the policy is used, the organisation's authority trusted, and both hosts are in the log", async () => {
  const { proxy, trusted } = await organisation();
  const policies = { ProxyMode: "fixed", ProxyAddress: proxy.url, CertificateFolder: trusted };
  const { network, get } = await setUp({ policies });
  expect(await (await get(`https://${HOST}/v1/x?secret=1`, {})).text()).toBe("hello");
  expect(proxy.asked).toEqual([`${HOST}:443`]);
  const contacts = network.contacts.list().map(({ origin, module }) => `${module} ${origin}`);
  expect(contacts.toSorted()).toEqual([`proxy ${proxy.url}`, `workplace https://${HOST}`]);
  expect(await network.transport.proxyFor(`https://${HOST}/`)).toEqual({
    kind: "proxy",
    address: new URL(proxy.url).host,
    source: "policy",
    isScript: false,
  });
  expect(network.transport.certificateOf(`https://${HOST}`)).toMatchObject({
    subject: HOST,
    issuer: "Autorité interne",
    isFromFolder: true,
  });
});

test("name and password for the proxy are asked once for many requests, remembered, and not asked after a restart", async () => {
  const { proxy, trusted } = await organisation({ login: LOGIN });
  const policies = { ProxyMode: "fixed", ProxyAddress: proxy.url, CertificateFolder: trusted };
  const first = await setUp({ policies, answers: () => giveLogin() });
  const all = await Promise.all([1, 2, 3, 4].map(() => first.kindOf(`https://${HOST}/`)));
  expect(all).toEqual(["200", "200", "200", "200"]);
  expect(first.asked).toMatchObject([{ kind: "proxyCredentials", realm: "Mairie", isAgain: false }]);
  expect(await first.secrets.get(`proxy/${new URL(proxy.url).host}`)).toContain(LOGIN.username);
});

test("a wrong password is asked again and said to be wrong; giving up fails with words and asks no more for a while", async () => {
  const { proxy, trusted } = await organisation({ login: LOGIN });
  const policies = { ProxyMode: "fixed", ProxyAddress: proxy.url, CertificateFolder: trusted };
  const answers: NetworkAnswer[] = [giveLogin("wrong"), giveLogin()];
  const good = await setUp({ policies, answers: () => answers.shift() ?? { kind: "cancel" } });
  expect(await good.kindOf(`https://${HOST}/`)).toBe("200");
  expect(good.asked.map((one) => one.kind === "proxyCredentials" && one.isAgain)).toEqual([false, true]);
  const bad = await setUp({ policies, answers: () => ({ kind: "cancel" }) });
  expect(await bad.kindOf(`https://${HOST}/`)).toBe("proxySignInRequired");
  expect(await bad.kindOf(`https://${HOST}/`)).toBe("proxySignInRequired");
  expect(bad.asked).toHaveLength(1);
});

test("a proxy that refuses every password is not asked for ever", async () => {
  const { proxy, trusted } = await organisation({ login: LOGIN });
  const policies = { ProxyMode: "fixed", ProxyAddress: proxy.url, CertificateFolder: trusted };
  const { kindOf, asked } = await setUp({ policies, answers: () => giveLogin("wrong") });
  expect(await kindOf(`https://${HOST}/`)).toBe("proxySignInRequired");
  expect(asked.length).toBeLessThanOrEqual(6);
});

test("a proxy that only takes the system's account is said to", async () => {
  const { proxy } = await organisation({ login: LOGIN, challenge: "Negotiate" });
  const { get, asked } = await setUp({ policies: { ProxyMode: "fixed", ProxyAddress: proxy.url } });
  const error: unknown = await get(`https://${HOST}/`, {}).catch((cause: unknown) => cause);
  const { problem } = nameFailure(error, `https://${HOST}`).error;
  expect(problem.kind).toBe("proxySignInRequired");
  expect(problem.detail).toContain("Negotiate");
  expect(asked).toEqual([]);
});

test("what the proxy answers in place of a tunnel is named", async () => {
  const cases: [TestProxyOptions["refuse"] & object, string][] = [
    [{ status: 403 }, "proxyRefused"],
    [{ status: 511 }, "networkSignIn"],
    [{ status: 302, headers: { Location: "https://portail.example.org/accueil?x=1" } }, "networkSignIn"],
    [{ status: 502 }, "offline"],
  ];
  for (const [refuse, kind] of cases) {
    const proxy = await openProxy({ refuse });
    const { kindOf } = await setUp({ env: { HTTPS_PROXY: proxy.url } });
    expect(await kindOf(`https://${HOST}/`)).toBe(kind);
  }
  const { kindOf, network } = await setUp({ env: { https_proxy: await deadAddress() } });
  expect(await kindOf(`https://${HOST}/`)).toBe("proxyUnreachable");
  expect(network.contacts.list()).toMatchObject([{}, {}].map(() => ({ lastFailure: "proxyUnreachable" })));
});

test("a proxy script decides, by host, and the next way is taken when a proxy is not there", async () => {
  const { proxy, trusted } = await organisation();
  const dead = new URL(await deadAddress()).host;
  const { host } = new URL(proxy.url);
  const script = `function FindProxyForURL(url, host) {
    if (url.indexOf("secret") >= 0) return "DIRECT";
    return dnsDomainIs(host, ".example.test") ? "PROXY ${dead}; SOCKS5 x:1; PROXY ${host}" : "DIRECT"; }`;
  const address = await httpServer((_incoming, response) => response.end(script));
  const policies = { ProxyMode: "pac", ProxyPacAddress: `${address}/proxy.pac`, CertificateFolder: trusted };
  const { kindOf, network } = await setUp({ policies });
  expect(await kindOf(`https://${HOST}/secret`)).toBe("200");
  expect(proxy.asked).toEqual([`${HOST}:443`]);
  expect(network.contacts.list().map(({ origin }) => origin)).toContain(address);
  const none = await setUp({
    policies: { ProxyMode: "pac", ProxyPacAddress: `${await deadAddress()}/p.pac` },
  });
  expect(await none.kindOf(`https://${HOST}/`)).toBe("proxyUnreachable");
});

test("what is excepted goes straight, and a name nobody knows is said to be unknown", async () => {
  const proxy = await openProxy();
  const policies = { ProxyMode: "fixed", ProxyAddress: proxy.url, ProxyBypass: ["*.invalid"] };
  const { kindOf } = await setUp({ policies });
  expect(await kindOf("https://parvis.invalid/")).toBe("nameNotFound");
  const own = await httpServer((_incoming, response) => response.end());
  expect(await kindOf(own)).toBe("200");
  expect(proxy.asked).toEqual([]);
});

test("each thing that is wrong with a certificate has a name", async () => {
  const folder = await tempFolder();
  const authority = new TestAuthority(folder);
  const stranger = new TestAuthority(folder, "Autre");
  const trusted = join(folder, "trusted");
  await mkdir(trusted);
  await writeFile(join(trusted, "internal.crt"), authority.pem);
  await writeFile(join(trusted, "note.txt"), "no certificate");
  await writeFile(join(trusted, "broken.pem"), "no certificate");
  const { kindOf } = await setUp({ policies: { CertificateFolder: trusted } });
  expect(await kindOf(await serve(authority.issue("localhost")))).toBe("200");
  expect(await kindOf(await serve(authority.issue("localhost", { until: "20260102000000Z" })))).toBe(
    "certificateExpired",
  );
  expect(await kindOf(await serve(authority.issue("localhost", { from: "20350101000000Z" })))).toBe(
    "certificateNotYetValid",
  );
  expect(await kindOf(await serve(authority.issue("other.example.org")))).toBe("certificateWrongHost");
  expect(await kindOf(await serve(stranger.issue("localhost")))).toBe("certificateUntrusted");
});

test("a server that demands a certificate: none, the one of the rule, one of several as chosen and remembered", async () => {
  const folder = await tempFolder();
  const authority = new TestAuthority(folder);
  const trusted = join(folder, "trusted");
  const own = join(folder, "own");
  await Promise.all([mkdir(trusted), mkdir(own)]);
  await writeFile(join(trusted, "internal.pem"), authority.pem);
  for (const name of ["ada", "bea"]) {
    const { cert, key } = authority.issue(name, { isClient: true });
    await writeFile(join(own, `${name}.pem`), `${cert}\n${key}`);
  }
  const seen: string[] = [];
  const server = {
    ...authority.issue("localhost"),
    requestCert: true,
    rejectUnauthorized: true,
    ca: authority.pem,
  };
  const url = await httpsServer(server, (incoming, response) => {
    if (incoming.socket instanceof TLSSocket)
      seen.push(incoming.socket.getPeerX509Certificate()?.subject ?? "");
    response.end();
  });
  const rule = (filter: object): string =>
    JSON.stringify({ pattern: `https://localhost:${new URL(url).port}`, filter, file: own });
  const none = await setUp({ policies: { CertificateFolder: trusted } });
  expect(await none.kindOf(await strictServer(folder, authority))).toBe("clientCertificateRequired");
  const byRule = await setUp({
    policies: {
      CertificateFolder: trusted,
      AutoSelectCertificateForUrls: ["{broken", rule({ SUBJECT: { CN: "bea" } })],
    },
  });
  expect(await byRule.kindOf(url)).toBe("200");
  expect(byRule.asked).toEqual([]);
  const policies = {
    CertificateFolder: trusted,
    AutoSelectCertificateForUrls: [rule({ ISSUER: { CN: "Autorité interne" } })],
  };
  const chosen = await setUp({
    policies,
    answers: (question) =>
      question.kind === "clientCertificate"
        ? {
            kind: "certificate",
            fingerprint:
              question.certificates.find(({ subject }) => subject.startsWith("ada"))?.fingerprint ?? "",
            isRemembered: true,
          }
        : { kind: "cancel" },
  });
  expect(await chosen.kindOf(url)).toBe("200");
  const again = await setUp({ policies, folder: chosen.dataDir });
  expect(await again.kindOf(url)).toBe("200");
  expect(again.asked).toEqual([]);
  expect(seen.map((subject) => /CN=(\w+)/.exec(subject)?.[1])).toEqual(["bea", "ada", "ada"]);
  const refused = await setUp({ policies, answers: () => ({ kind: "cancel" }) });
  expect(await refused.kindOf(url)).not.toBe("200");
  expect(seen).toHaveLength(3);
});

function serve(certificate: { cert: string; key: string }): Promise<string> {
  return httpsServer(certificate, (_incoming, response) => response.end());
}

/** Says so in TLS itself when it gets none, as web servers of organisations do; Node's own just hangs up. */
async function strictServer(folder: string, authority: TestAuthority): Promise<string> {
  const { cert, key } = authority.issue("localhost");
  const files = { "server.pem": cert, "server.key": key, "clients.pem": authority.pem };
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  const port = Number(new URL(await deadAddress()).port);
  const child = spawn(
    "openssl",
    [
      "s_server",
      "-accept",
      `127.0.0.1:${port}`,
      "-cert",
      "server.pem",
      "-key",
      "server.key",
      "-CAfile",
      "clients.pem",
      "-Verify",
      "1",
      "-verify_return_error",
      "-www",
    ],
    { cwd: folder, stdio: ["ignore", "pipe", "ignore"] },
  );
  onTestFinished(() => void child.kill());
  await new Promise<void>((resolve) => {
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      if (text.includes("ACCEPT")) resolve();
    });
  });
  return `https://localhost:${port}`;
}
