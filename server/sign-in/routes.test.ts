import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Hono } from "hono";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createId, personIdSchema } from "#contract/ids.ts";
import { AppError } from "#contract/problem.ts";
import { tokenResponseSchema, type TokenResponse } from "#contract/sign-in.ts";
import { openSqliteStore } from "../store/sqlite-store.ts";
import type { AccountRecord, Store } from "../store/store.ts";
import { createPasswordHash } from "./passwords.ts";
import { signInRoutes } from "./routes.ts";
import { ACCESS_TTL_MS, hashToken, REFRESH_GRACE_MS, REFRESH_TTL_MS } from "./tokens.ts";

const passwordHash = await createPasswordHash("demo", { logN: 4, r: 8, p: 1 });
const demo: AccountRecord = {
  personId: personIdSchema.parse(createId()),
  username: "demo",
  email: undefined,
  passwordHash,
  issuer: undefined,
  subject: undefined,
  isDisabled: false,
};

let folder: string;
let store: Store;
let app: Hono;
let now: number;
let ended: string[];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "parvis-sign-in-"));
  now = Date.UTC(2026, 10, 22);
  ended = [];
  store = openSqliteStore({ folder, clock: () => now });
  await store.accounts.save([demo]);
  store.subscribe((events) => {
    for (const event of events) if (event.type === "sessionEnded") ended.push(event.sessionId);
  });
  mount(false);
});

function mount(trustsProxy: boolean): void {
  app = new Hono();
  app.onError((error) => {
    if (!(error instanceof AppError)) throw error;
    return Response.json(error.problem, { status: error.problem.status ?? 500 });
  });
  const config = { signIn: [{ kind: "password" as const }], trustsProxy };
  app.route("/", signInRoutes({ store, clock: () => now, config }));
}

afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

async function post(
  path: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<{ status: number; body: unknown; response: Response }> {
  const response = await app.request(path, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
  return { status: response.status, body: await response.json(), response };
}

const signIn = (username: string, password: string) =>
  post("/v1/token", { grant_type: "password", username, password });
const refresh = (token: string) => post("/v1/token", { grant_type: "refresh_token", refresh_token: token });

const signInFrom = (address: string, password: string) =>
  post(
    "/v1/token",
    { grant_type: "password", username: "demo", password },
    { "x-forwarded-for": `${createId()}, ${address}` },
  );

async function tokensOf(answer: Promise<{ body: unknown }>): Promise<TokenResponse> {
  return tokenResponseSchema.parse((await answer).body);
}

test("a name in any case and its password give tokens of 256 bits, of which only hashes are stored", async () => {
  const { response, body } = await signIn(" Demo ", "demo");
  const tokens = tokenResponseSchema.parse(body);
  expect(tokens).toMatchObject({
    person_id: demo.personId,
    expires_in: ACCESS_TTL_MS / 1000,
    token_type: "Bearer",
  });
  expect(response.headers.get("cache-control")).toBe("no-store");
  expect(Buffer.from(tokens.access_token, "base64url")).toHaveLength(32);
  expect(await store.accounts.session(tokens.access_token)).toBeUndefined();
  expect(await store.accounts.session(hashToken(tokens.access_token))).toMatchObject({
    kind: "access",
    personId: demo.personId,
  });
});

test("wrong name, wrong password, no password and disabled account answer with the same words", async () => {
  const others = { issuer: undefined, subject: undefined, email: undefined };
  await store.accounts.save([
    {
      ...others,
      personId: personIdSchema.parse(createId()),
      username: "sso",
      passwordHash: undefined,
      isDisabled: false,
    },
    {
      ...others,
      personId: personIdSchema.parse(createId()),
      username: "gone",
      passwordHash,
      isDisabled: true,
    },
  ]);
  const answers = [
    await signIn("nobody", "demo"),
    await signIn("demo", "wrong"),
    await signIn("sso", "demo"),
    await signIn("gone", "demo"),
  ];
  expect(answers[0]).toMatchObject({ status: 401, body: { kind: "signInFailed" } });
  for (const answer of answers) expect(answer.body).toEqual(answers[0]?.body);
});

test("a refresh token whose answer was lost may come again, until its successor is used", async () => {
  const first = await tokensOf(signIn("demo", "demo"));
  const lost = await tokensOf(refresh(first.refresh_token));
  now += REFRESH_GRACE_MS;
  const second = await tokensOf(refresh(first.refresh_token));
  expect(await store.accounts.session(hashToken(second.access_token))).toBeDefined();
  const third = await tokensOf(refresh(second.refresh_token));
  expect((await refresh(first.refresh_token)).status).toBe(401);
  expect(ended).toHaveLength(1);
  for (const { refresh_token: token } of [lost, second, third])
    expect((await refresh(token)).status).toBe(401);
});

test("of two pairs for one refresh token, the one left behind is a replay once the other has gone on", async () => {
  const first = await tokensOf(signIn("demo", "demo"));
  const stolen = await tokensOf(refresh(first.refresh_token));
  const own = await tokensOf(refresh(first.refresh_token));
  const next = await tokensOf(refresh(own.refresh_token));
  now += REFRESH_GRACE_MS + 1;
  expect((await refresh(stolen.refresh_token)).status).toBe(401);
  expect(await store.accounts.session(hashToken(next.access_token))).toBeUndefined();
});

test("a refresh token that comes back late ends the whole session, and no other", async () => {
  const first = await tokensOf(signIn("demo", "demo"));
  const other = await tokensOf(signIn("demo", "demo"));
  const second = await tokensOf(refresh(first.refresh_token));
  expect(second.access_token).not.toBe(first.access_token);
  const sessionId = (await store.accounts.session(hashToken(second.access_token)))?.sessionId;
  now += REFRESH_GRACE_MS + 1;

  expect(await refresh(first.refresh_token)).toMatchObject({ status: 401, body: { kind: "signInRequired" } });
  expect(ended).toEqual([sessionId]);
  expect(await store.accounts.session(hashToken(second.access_token))).toBeUndefined();
  expect((await refresh(second.refresh_token)).status).toBe(401);
  expect((await refresh(other.refresh_token)).status).toBe(200);
});

test("of many refreshes at the same moment each gives a pair, and after the first use of one the others end", async () => {
  const { refresh_token: token } = await tokensOf(signIn("demo", "demo"));
  const pairs = await Promise.all(Array.from({ length: 10 }, () => tokensOf(refresh(token))));
  const [used, other] = pairs;
  if (used === undefined || other === undefined) throw new Error("no pairs");
  const next = await tokensOf(refresh(used.refresh_token));
  await tokensOf(refresh(next.refresh_token));
  expect((await refresh(other.refresh_token)).status).toBe(401);
});

test("a refresh token ends after 30 days, an access token is none", async () => {
  const { refresh_token: token, access_token: access } = await tokensOf(signIn("demo", "demo"));
  expect((await refresh(access)).status).toBe(401);
  now += REFRESH_TTL_MS;
  expect((await refresh(token)).status).toBe(401);
});

test("a disabled account cannot refresh", async () => {
  const { refresh_token: token } = await tokensOf(signIn("demo", "demo"));
  await store.accounts.save([{ ...demo, isDisabled: true }]);
  expect((await refresh(token)).status).toBe(401);
});

test("revoking ends the session with all its tokens, and never fails", async () => {
  const tokens = await tokensOf(signIn("demo", "demo"));
  expect((await post("/v1/token/revoke", { token: tokens.refresh_token })).status).toBe(200);
  expect(await store.accounts.session(hashToken(tokens.access_token))).toBeUndefined();
  expect((await refresh(tokens.refresh_token)).status).toBe(401);
  expect(ended).toHaveLength(1);
  expect((await post("/v1/token/revoke", { token: "never existed" })).status).toBe(200);
});

test("ten wrong passwords make the name wait, from this address", async () => {
  for (let n = 0; n < 10; n += 1) expect((await signIn("demo", "wrong")).status).toBe(401);
  const refused = await signIn("DEMO", "demo");
  expect(refused).toMatchObject({ status: 429, body: { kind: "rateLimited", retryAfter: 300 } });
  now += 300_000;
  expect((await signIn("demo", "demo")).status).toBe(200);
});

test.each([true, false])(
  "the address that a proxy adds counts when it is trusted (%s)",
  async (trustsProxy) => {
    mount(trustsProxy);
    for (let n = 0; n < 10; n += 1) await signInFrom("192.0.2.1", "wrong");
    expect((await signInFrom("192.0.2.1", "demo")).status).toBe(429);
    expect((await signInFrom("192.0.2.2", "demo")).status).toBe(trustsProxy ? 200 : 429);
  },
);

test("what is no token request is a bad request that names the field", async () => {
  expect(await post("/v1/token", "{")).toMatchObject({ status: 400, body: { kind: "badRequest" } });
  expect(await post("/v1/token", { grant_type: "magic" })).toMatchObject({
    status: 400,
    body: { pointer: "grant_type" },
  });
  expect(await post("/v1/token", { grant_type: "password", username: "demo" })).toMatchObject({
    body: { pointer: "password" },
  });
  expect(await post("/v1/token", { padding: "x".repeat(70_000) })).toMatchObject({ status: 413 });
});
