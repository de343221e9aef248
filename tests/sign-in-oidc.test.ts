import { Hono } from "hono";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createId, personIdSchema } from "#contract/ids.ts";
import { AppError, problemSchema, type Problem } from "#contract/problem.ts";
import { ID_TOKEN_TYPE, TOKEN_EXCHANGE, tokenResponseSchema } from "#contract/sign-in.ts";
import { signInRoutes } from "#server/sign-in/routes.ts";
import { openSqliteStore } from "#server/store/sqlite-store.ts";
import type { AccountRecord, Store } from "#server/store/store.ts";
import { startOidcProvider, type OidcProvider } from "./peers/oidc-provider.ts";
import { temporaryFolder } from "./support/processes.ts";

const anne = { login: "a.morin", email: "Anne.Morin@example.org", isEmailVerified: true, name: "Anne Morin" };
const bruno = { login: "b.petit", email: "b.petit@example.org", isEmailVerified: false, name: "Bruno Petit" };
const chloe = { login: "c.roy", email: "c.roy@example.org", isEmailVerified: true, name: "Chloé Roy" };
const anneReborn = { ...anne, login: "anne.morin.2" };

const folder = temporaryFolder("oidc");
let provider: OidcProvider;
let store: Store;
let app: Hono;

function account(email: string): AccountRecord {
  return {
    personId: personIdSchema.parse(createId()),
    username: email.split("@")[0] ?? "",
    email,
    passwordHash: undefined,
    issuer: undefined,
    subject: undefined,
    isDisabled: false,
  };
}

const anneAccount = account("anne.morin@example.org");

beforeAll(async () => {
  provider = await startOidcProvider([anne, bruno, chloe, anneReborn]);
  store = openSqliteStore({ folder: folder.path });
  await store.accounts.save([anneAccount, account("b.petit@example.org")]);
  app = new Hono();
  app.onError((error) => {
    if (!(error instanceof AppError)) throw error;
    return Response.json(error.problem, { status: error.problem.status ?? 500 });
  });
  const { issuer, clientId } = provider;
  const signIn = [{ kind: "oidc" as const, issuer, clientId, scopes: ["openid", "email"] }];
  app.route("/", signInRoutes({ store, clock: Date.now, config: { signIn, trustsProxy: false } }));
});

afterAll(async () => {
  await provider.stop();
  await store.close();
  folder.remove();
});

function exchange(idToken: string, nonce?: string): Response | Promise<Response> {
  return app.request("/v1/token", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      grant_type: TOKEN_EXCHANGE,
      subject_token: idToken,
      subject_token_type: ID_TOKEN_TYPE,
      ...(nonce === undefined ? {} : { nonce }),
    }),
  });
}

async function problemOf(response: Response | Promise<Response>): Promise<Problem> {
  return problemSchema.parse(await (await response).json());
}

test("someone whom the provider vouches for is found by verified e-mail, then by subject alone", async () => {
  const first = await provider.signIn("a.morin", { nonce: "n-1" });
  const tokens = tokenResponseSchema.parse(await (await exchange(first.id_token, "n-1")).json());
  expect(tokens.person_id).toBe(anneAccount.personId);

  const remembered = await store.accounts.byPerson(anneAccount.personId);
  expect(remembered).toMatchObject({ issuer: provider.issuer, subject: "a.morin" });
  if (remembered === undefined) throw new Error("gone");
  await store.accounts.save([{ ...remembered, email: "other@example.org" }]);
  const second = await provider.signIn("a.morin");
  expect(tokenResponseSchema.parse(await (await exchange(second.id_token)).json()).person_id).toBe(
    anneAccount.personId,
  );
  await store.accounts.save([remembered]);
});

test("an ID token is good only with the nonce of its own sign-in", async () => {
  const { id_token: idToken } = await provider.signIn("a.morin", { nonce: "n-2" });
  expect(await problemOf(exchange(idToken, "n-3"))).toMatchObject({ kind: "signInFailed", status: 401 });
  expect(await problemOf(exchange(idToken))).toMatchObject({ kind: "signInFailed" });
  expect((await exchange(idToken, "n-2")).status).toBe(200);
});

test("an e-mail address that the provider has not verified opens nothing", async () => {
  const { id_token: idToken } = await provider.signIn("b.petit");
  const problem = await problemOf(exchange(idToken));
  expect(problem.kind).toBe("signInFailed");
  expect(problem.detail).toContain("administrator");
});

test("someone unknown here is told to ask the administrator", async () => {
  const { id_token: idToken } = await provider.signIn("c.roy");
  expect((await problemOf(exchange(idToken))).detail).toContain("administrator");
});

test("a second subject with the same address does not take the account over", async () => {
  const { id_token: idToken } = await provider.signIn("anne.morin.2");
  expect(await problemOf(exchange(idToken))).toMatchObject({ kind: "signInFailed" });
});

test("a token with one changed letter in its signature is refused", async () => {
  const { id_token: idToken } = await provider.signIn("a.morin");
  const at = idToken.length - 20;
  const forged = `${idToken.slice(0, at)}${idToken[at] === "A" ? "B" : "A"}${idToken.slice(at + 1)}`;
  expect(await problemOf(exchange(forged))).toMatchObject({ kind: "signInFailed" });
});

test("passwords are not taken where only the provider signs people in", async () => {
  const response = await app.request("/v1/token", {
    method: "POST",
    body: JSON.stringify({ grant_type: "password", username: "anne.morin", password: "x" }),
  });
  expect(problemSchema.parse(await response.json()).kind).toBe("unsupported");
});
