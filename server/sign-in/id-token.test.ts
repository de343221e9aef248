import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWK } from "jose";
import { afterEach, expect, test } from "vitest";
import { AppError } from "#contract/problem.ts";
import { createIdTokenVerifier, type IdTokenVerifier } from "./id-token.ts";

/** A provider of which the test holds the keys, on a real socket. */
interface Issuer {
  url: string;
  requests: string[];
  /** Publishes a new key and signs with it from now on. */
  rotate(kid: string): Promise<void>;
  sign(claims?: object, header?: object): Promise<string>;
  verifier(): IdTokenVerifier;
  stop(): Promise<void>;
}

const NOW = Date.UTC(2026, 10, 22, 12);
const issuers: Issuer[] = [];

afterEach(async () => {
  for (const issuer of issuers.splice(0)) await issuer.stop();
});

async function startIssuer(describe: (url: string) => object = () => ({})): Promise<Issuer> {
  const requests: string[] = [];
  const keys: JWK[] = [];
  let current: { kid: string; key: CryptoKey };
  const server: Server = createServer((request, response) => {
    requests.push(request.url ?? "");
    const discovery = { issuer: url, jwks_uri: `${url}/jwks`, ...describe(url) };
    const body = request.url === "/jwks" ? { keys } : discovery;
    response.setHeader("content-type", "application/json").end(JSON.stringify(body));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  const url = `http://127.0.0.1:${address.port}`;
  const issuer: Issuer = {
    url,
    requests,
    async rotate(kid) {
      const { publicKey, privateKey } = await generateKeyPair("RS256");
      keys.push({ ...(await exportJWK(publicKey)), kid, alg: "RS256", use: "sig" });
      current = { kid, key: privateKey };
    },
    sign(claims = {}, header = {}) {
      const all = { iss: url, aud: "app", sub: "s1", iat: NOW / 1000, exp: NOW / 1000 + 300, ...claims };
      return new SignJWT(all)
        .setProtectedHeader({ alg: "RS256", kid: current.kid, ...header })
        .sign(current.key);
    },
    verifier: () =>
      createIdTokenVerifier({
        providers: [{ kind: "oidc", issuer: url, clientId: "app", scopes: ["openid"] }],
        clock: () => NOW,
      }),
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
  await issuer.rotate("k1");
  issuers.push(issuer);
  return issuer;
}

function kindOf(run: Promise<unknown>): Promise<string> {
  return run.then(
    () => "ok",
    (error: unknown) => (error instanceof AppError ? error.kind : `bug: ${String(error)}`),
  );
}

test("a good token gives subject and verified address in lower case", async () => {
  const issuer = await startIssuer();
  const token = await issuer.sign({ email: "A.B@Example.org", email_verified: true });
  expect(await issuer.verifier()(token, undefined)).toEqual({
    issuer: issuer.url,
    subject: "s1",
    email: "a.b@example.org",
  });
});

test("an unverified address is no address", async () => {
  const issuer = await startIssuer();
  const verify = issuer.verifier();
  for (const claims of [
    { email: "a@b.c" },
    { email: "a@b.c", email_verified: false },
    { email_verified: "true" },
  ]) {
    expect((await verify(await issuer.sign(claims), undefined)).email).toBeUndefined();
  }
});

test("every claim that does not fit is refused", async () => {
  const issuer = await startIssuer();
  const verify = issuer.verifier();
  const second = NOW / 1000;
  const bad = {
    "another issuer": { iss: "https://elsewhere.example" },
    "another audience": { aud: "other" },
    "made for another application": { aud: ["app", "other"], azp: "other" },
    expired: { exp: second - 61 },
    "not yet valid": { nbf: second + 61 },
    "without expiry": { exp: undefined },
    "without subject": { sub: undefined },
    "of another sign-in": { nonce: "theirs" },
  };
  for (const [why, claims] of Object.entries(bad)) {
    expect([why, await kindOf(verify(await issuer.sign(claims), undefined))]).toEqual([why, "signInFailed"]);
  }
  expect(await kindOf(verify(await issuer.sign({ exp: second - 59 }), undefined))).toBe("ok");
});

test("no algorithm but an asymmetric one passes", async () => {
  const issuer = await startIssuer();
  const verify = issuer.verifier();
  const [, payload = ""] = (await issuer.sign()).split(".");
  const none = `${Buffer.from('{"alg":"none"}').toString("base64url")}.${payload}.`;
  const secret = await new SignJWT({ iss: issuer.url, aud: "app", sub: "s1" })
    .setProtectedHeader({ alg: "HS256", kid: "k1" })
    .setExpirationTime("1h")
    .sign(new TextEncoder().encode("the public key as a secret, as attackers do"));
  for (const token of [none, secret, "rubbish", "a.b.c", ""]) {
    expect([token, await kindOf(verify(token, undefined))]).toEqual([token, "signInFailed"]);
  }
});

test("keys are read once, and again when the provider signs with a new one", async () => {
  const issuer = await startIssuer();
  let stepMs = 0;
  const start = Date.now();
  const realNow = Date.now;
  Date.now = () => start + stepMs;
  try {
    const verify = issuer.verifier();
    for (let n = 0; n < 5; n += 1) await verify(await issuer.sign(), undefined);
    expect(issuer.requests).toEqual(["/.well-known/openid-configuration", "/jwks"]);
    await issuer.rotate("k2");
    // jose waits 30 s between two looks, so that made-up key ids cannot make the server hammer the provider.
    stepMs = 31_000;
    await verify(await issuer.sign(), undefined);
    expect(issuer.requests.filter((path) => path === "/jwks")).toHaveLength(2);
    for (let n = 0; n < 5; n += 1) {
      expect(await kindOf(verify(await issuer.sign({}, { kid: `made-up-${n}` }), undefined))).toBe(
        "signInFailed",
      );
    }
    expect(issuer.requests.filter((path) => path === "/jwks").length).toBeLessThanOrEqual(3);
  } finally {
    Date.now = realNow;
  }
});

test("a provider that is away, or that is somebody else, makes sign-in unavailable rather than refused", async () => {
  const impostor = await startIssuer(() => ({ issuer: "https://elsewhere.example" }));
  expect(await kindOf(impostor.verifier()(await impostor.sign(), undefined))).toBe("unavailable");
  const away = await startIssuer();
  const verify = away.verifier();
  const token = await away.sign();
  await away.stop();
  issuers.splice(issuers.indexOf(away), 1);
  expect(await kindOf(verify(token, undefined))).toBe("unavailable");
});
