import { X509Certificate } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, expect, onTestFinished, test, vi } from "vitest";
import type { NetworkAnswer, NetworkQuestion } from "#contract/desktop/network.ts";
import type { PolicyName } from "#contract/policies.ts";
import { HostEvents } from "#host/events.ts";
import { silentLog } from "#host/log/log.ts";
import { Network } from "#host/network/network.ts";
import { noPolicies, type Policies } from "#host/policy/policies.ts";
import { memorySecrets } from "#host/testing/memory-secrets.ts";
import { tempFolder } from "#host/testing/temp-folder.ts";
import { TestAuthority } from "#host/testing/test-certificates.ts";
import { httpServer } from "#host/testing/test-server.ts";
import { ChromiumTransport } from "./network.ts";
import { app, fetching, requests, session, type FakeRequest } from "./testing/fake-electron.ts";

const before = requests.onRequest;
afterEach(() => {
  fetching.failure = undefined;
  requests.onRequest = before;
  session.defaultSession.resolved = "DIRECT";
});

interface SetupOptions {
  policies?: Partial<Record<PolicyName, unknown>>;
  answers?: (question: NetworkQuestion) => NetworkAnswer;
}

async function setUp({ policies = {}, answers }: SetupOptions = {}) {
  const dataDir = await tempFolder();
  const events = new HostEvents();
  const asked: NetworkQuestion[] = [];
  const network = await Network.open({
    dataDir,
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- each test gives values of the right shape
    policies: { ...noPolicies, get: ((name: PolicyName) => policies[name]) as Policies["get"] },
    events,
    secrets: await memorySecrets(dataDir),
    log: silentLog,
    now: Date.now,
    onNotice: () => undefined,
    onSecret: () => undefined,
    fetch,
    createTransport: (parts) => ChromiumTransport.open(parts),
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
  return { network, asked };
}

function certificate(pem: string, issuer?: Electron.Certificate): Partial<Electron.Certificate> {
  const parsed = new X509Certificate(pem);
  return {
    data: pem,
    fingerprint: parsed.fingerprint256,
    subjectName: "s",
    issuerName: "i",
    validStart: 0,
    validExpiry: 4_000_000_000,
    ...(issuer === undefined ? {} : { issuerCert: issuer }),
  };
}

/** What the session says to a certificate: 0 accepts, -3 leaves it to Chromium. */
function judge(pem: string, errorCode: number, hostname = "parvis.example.test"): number | undefined {
  let verdict: number | undefined;
  const request = { hostname, errorCode, certificate: certificate(pem) };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the part of a request that is looked at
  session.defaultSession.onVerify?.(request as Electron.Request, (value) => {
    verdict = value;
  });
  return verdict;
}

test("the proxy of the policy is set for the pages' session and that of updates, the system's where there is none", async () => {
  await setUp({
    policies: {
      ProxyMode: "fixed",
      ProxyAddress: "http://proxy.example.org:3128/x",
      ProxyBypass: ["*.a.test", "<local>"],
    },
  });
  const wanted = {
    mode: "fixed_servers",
    proxyRules: "http://proxy.example.org:3128",
    proxyBypassRules: "*.a.test,<local>",
  };
  expect(session.defaultSession.proxy).toEqual(wanted);
  expect(session.fromPartition("electron-updater").proxy).toEqual(wanted);
  const pac = await setUp({
    policies: { ProxyMode: "pac", ProxyPacAddress: "http://pac.example.org/p.pac" },
  });
  expect(session.defaultSession.proxy).toEqual({
    mode: "pac_script",
    pacScript: "http://pac.example.org/p.pac",
  });
  expect(pac.network.contacts.list()).toMatchObject([{ origin: "http://pac.example.org", module: "proxy" }]);
  await setUp();
  expect(session.defaultSession.proxy).toEqual({ mode: "system" });
});

test("the proxy that leads to a host is in the log beside it", async () => {
  const url = await httpServer((_incoming, response) => response.end());
  session.defaultSession.resolved = "PROXY proxy.example.org:3128;DIRECT";
  const { network } = await setUp();
  await network.fetchFor("workplace")(url, {});
  expect(
    network.contacts
      .list()
      .map(({ origin }) => origin)
      .toSorted(),
  ).toEqual([url, "http://proxy.example.org:3128"].toSorted());
  expect(await network.transport.proxyFor(url)).toMatchObject({ kind: "proxy", source: "system" });
});

test("a proxy that asks is answered through a plain request, asked again when it refused, and the call made anew", async () => {
  const url = await httpServer((_incoming, response) => response.end());
  fetching.failure = new Error("net::ERR_TUNNEL_CONNECTION_FAILED");
  const given: unknown[][] = [];
  requests.onRequest = (request: FakeRequest) => {
    const ask = (onAnswer: () => void): void => {
      request.emit(
        "login",
        { isProxy: true, host: "proxy", port: 3128, realm: "Mairie", scheme: "basic" },
        (...answer: unknown[]) => {
          given.push(answer);
          onAnswer();
        },
      );
    };
    ask(() =>
      ask(() => {
        fetching.failure = undefined;
        request.emit("response", { statusCode: 200, on: () => undefined });
      }),
    );
  };
  const passwords = ["wrong", "right"];
  const { network, asked } = await setUp({
    answers: () => ({
      kind: "credentials",
      username: "ada",
      password: passwords.shift() ?? "",
      isRemembered: false,
    }),
  });
  expect((await network.fetchFor("workplace")(url, {})).status).toBe(200);
  expect(given).toEqual([
    ["ada", "wrong"],
    ["ada", "right"],
  ]);
  expect(asked.map((one) => one.kind === "proxyCredentials" && one.isAgain)).toEqual([false, true]);
});

test("a server's own question for a password is not answered with the proxy's", async () => {
  fetching.failure = new Error("net::ERR_TUNNEL_CONNECTION_FAILED");
  const given: unknown[][] = [];
  requests.onRequest = (request: FakeRequest) => {
    request.emit(
      "login",
      { isProxy: false, host: "evil", port: 443, realm: "x", scheme: "basic" },
      (...answer: unknown[]) => {
        given.push(answer);
        request.emit("response", { statusCode: 401, on: () => undefined });
      },
    );
  };
  const { network, asked } = await setUp();
  await expect(network.fetchFor("workplace")("https://evil.example.test", {})).rejects.toThrow("ERR_TUNNEL");
  expect(network.contacts.list()).toMatchObject([{ lastFailure: "proxyRefused" }]);
  expect(given).toEqual([[undefined, undefined]]);
  expect(asked).toEqual([]);
});

test("a certificate is accepted beyond Chromium's judgement only if it leads to the folder and nothing else is wrong", async () => {
  const folder = await tempFolder();
  const authority = new TestAuthority(folder);
  const trusted = join(folder, "trusted");
  await mkdir(trusted);
  await writeFile(join(trusted, "internal.pem"), authority.pem);
  const { network } = await setUp({ policies: { CertificateFolder: trusted } });
  const unknown = -202;
  const good = authority.issue("parvis.example.test").cert;
  expect(judge(good, unknown)).toBe(0);
  expect(network.transport.certificateOf("https://parvis.example.test")).toMatchObject({
    isFromFolder: true,
  });
  expect(judge(good, 0)).toBe(-3);
  // Revoked, or another thing that only Chromium knows.
  expect(judge(good, -206)).toBe(-3);
  expect(judge(good, unknown, "other.example.test")).toBe(-3);
  expect(judge(authority.issue("parvis.example.test", { until: "20260102000000Z" }).cert, unknown)).toBe(-3);
  expect(judge(authority.issue("parvis.example.test", { isClient: true }).cert, unknown)).toBe(-3);
  expect(judge(new TestAuthority(folder, "Autre").issue("parvis.example.test").cert, unknown)).toBe(-3);
  await setUp();
  expect(judge(good, unknown)).toBe(-3);
});

test("no client certificate is sent by itself: by rule, or as the person chooses, or none", async () => {
  const list = ["ada", "bea"].map((name) => ({
    fingerprint: name,
    subject: { commonName: name, organizations: [], organizationUnits: [], locality: "" },
    issuer: { commonName: "CA", organizations: [], organizationUnits: [], locality: "" },
    validExpiry: 4_000_000_000,
  }));
  const ask = async (): Promise<unknown> => {
    const callback = vi.fn<(chosen?: unknown) => void>();
    const event = { preventDefault: vi.fn<() => void>() };
    app.emit("select-client-certificate", event, null, "https://parvis.example.test", list, callback);
    expect(event.preventDefault).toHaveBeenCalled();
    await vi.waitFor(() => expect(callback).toHaveBeenCalledTimes(1));
    return callback.mock.calls[0]?.[0];
  };
  const rule = JSON.stringify({ pattern: "https://[*.]example.test", filter: { SUBJECT: { CN: "bea" } } });
  const byRule = await setUp({ policies: { AutoSelectCertificateForUrls: [rule] } });
  expect(await ask()).toBe(list[1]);
  await byRule.network.stop();
  const asked = await setUp({
    answers: () => ({ kind: "certificate", fingerprint: "ada", isRemembered: false }),
  });
  expect(await ask()).toBe(list[0]);
  expect(await ask()).toBe(list[0]);
  expect(asked.asked).toHaveLength(1);
  await asked.network.stop();
  await setUp({ answers: () => ({ kind: "cancel" }) });
  expect(await ask()).toBe(undefined);
});
