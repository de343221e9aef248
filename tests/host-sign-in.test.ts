import { Hono } from "hono";
import { createAdaptorServer } from "@hono/node-server";
import { once } from "node:events";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createId, personIdSchema } from "#contract/ids.ts";
import { AppError } from "#contract/problem.ts";
import { openAccounts } from "#host/testing/account-setup.ts";
import { CAPABILITIES } from "#host/testing/capabilities-fixture.ts";
import { memorySecrets } from "#host/testing/memory-secrets.ts";
import { tempFolder } from "#host/testing/temp-folder.ts";
import { signInRoutes } from "#server/sign-in/routes.ts";
import { openSqliteStore } from "#server/store/sqlite-store.ts";
import type { Store } from "#server/store/store.ts";
import { startOidcProvider, type OidcProvider } from "./peers/oidc-provider.ts";
import { temporaryFolder } from "./support/processes.ts";

/** The host's sign-in through the browser, against a real provider and the reference server's sign-in. */

const anne = { login: "a.morin", email: "anne.morin@example.org", isEmailVerified: true, name: "Anne Morin" };
const personId = personIdSchema.parse(createId());
const folder = temporaryFolder("host-sign-in");
let provider: OidcProvider;
let store: Store;
let serverUrl: string;
let server: ReturnType<typeof createAdaptorServer>;

beforeAll(async () => {
  provider = await startOidcProvider([anne]);
  store = openSqliteStore({ folder: folder.path });
  const { email, login } = anne;
  await store.accounts.save([
    {
      personId,
      username: login,
      email,
      passwordHash: undefined,
      issuer: undefined,
      subject: undefined,
      isDisabled: false,
    },
  ]);
  const method = {
    kind: "oidc" as const,
    issuer: provider.issuer,
    clientId: provider.clientId,
    scopes: ["openid", "email", "offline_access"],
  };
  const app = new Hono();
  app.onError((error) => {
    if (!(error instanceof AppError)) throw error;
    return Response.json(error.problem, { status: error.problem.status ?? 500 });
  });
  app.get("/v1/capabilities", (context) => context.json({ ...CAPABILITIES, signIn: [method] }));
  app.route("/", signInRoutes({ store, clock: Date.now, config: { signIn: [method], trustsProxy: false } }));
  server = createAdaptorServer({ fetch: app.fetch, overrideGlobalObjects: false });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  serverUrl = `http://127.0.0.1:${address.port}`;
});

afterAll(async () => {
  server.close();
  await provider.stop();
  await store.close();
  folder.remove();
});

async function signInWith(openExternal: (url: string) => Promise<void>, limitMs?: number) {
  const profile = await tempFolder();
  const secrets = await memorySecrets(profile);
  const { accounts } = await openAccounts({
    folder: profile,
    secrets,
    openExternal,
    ...(limitMs === undefined ? {} : { limitMs }),
  });
  const { id } = await accounts.add(serverUrl);
  return { accounts, id };
}

test("the person signs in at the provider and comes back; the browser says so in their language", async () => {
  let page = "";
  const { accounts, id } = await signInWith(async (url) => {
    expect(new URL(url).searchParams.get("scope")).toBe("openid email");
    const back = await provider.followForms(url, anne.login);
    void fetch(back, { headers: { "accept-language": "en-GB,en;q=0.9" } }).then(async (answer) => {
      page = await answer.text();
    });
  });
  expect(await accounts.signInWithBrowser(id)).toMatchObject({ state: "signedIn", personId });
  await expect.poll(() => page).toContain("You are signed in");
  expect(await accounts.accessToken(id)).toBeTruthy();
});

test("a wrong state is not listened to, and the right one still counts afterwards", async () => {
  const { accounts, id } = await signInWith(async (url) => {
    const back = await provider.followForms(url, anne.login);
    const forged = new URL(back);
    forged.searchParams.set("state", "forged");
    expect((await fetch(forged)).status).toBe(404);
    void fetch(back);
  });
  expect(await accounts.signInWithBrowser(id)).toMatchObject({ state: "signedIn" });
});

test("a refusal at the provider, a cancel and too long a wait end the sign-in, each with its reason", async () => {
  const refused = await signInWith(async (url) => {
    const { searchParams } = new URL(url);
    const back = new URL(searchParams.get("redirect_uri") ?? "");
    back.searchParams.set("state", searchParams.get("state") ?? "");
    back.searchParams.set("error", "access_denied");
    back.searchParams.set("iss", provider.issuer);
    void fetch(back);
  });
  await expect(refused.accounts.signInWithBrowser(refused.id)).rejects.toMatchObject({ kind: "cancelled" });

  const opened = Promise.withResolvers<void>();
  const given = await signInWith(async () => opened.resolve());
  const waiting = given.accounts.signInWithBrowser(given.id);
  await opened.promise;
  await expect(given.accounts.signInWithBrowser(given.id)).rejects.toMatchObject({ kind: "conflict" });
  given.accounts.cancelSignIn(given.id);
  await expect(waiting).rejects.toMatchObject({ kind: "cancelled" });
  expect(given.accounts.list()[0]?.state).toBe("signedOut");

  const late = await signInWith(() => Promise.resolve(), 50);
  await expect(late.accounts.signInWithBrowser(late.id)).rejects.toMatchObject({ kind: "timeout" });
});

test("a code that does not belong to this sign-in is refused", async () => {
  const { accounts, id } = await signInWith(async (url) => {
    const back = await provider.followForms(url, anne.login);
    back.searchParams.set("code", "stolen");
    void fetch(back);
  });
  await expect(accounts.signInWithBrowser(id)).rejects.toMatchObject({ kind: "signInFailed" });
});
