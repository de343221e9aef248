import { expect, test } from "vitest";
import { createGateway } from "../gateway/gateway.ts";
import { openAccounts } from "../testing/account-setup.ts";
import { memorySecrets } from "../testing/memory-secrets.ts";
import { tempFolder } from "../testing/temp-folder.ts";
import { TokenServer } from "../testing/token-server.ts";

async function setUp(now?: () => number) {
  const folder = await tempFolder();
  const secrets = await memorySecrets(folder);
  const server = await TokenServer.open();
  const { accounts, told } = await openAccounts({ folder, secrets, ...(now === undefined ? {} : { now }) });
  const { id } = await accounts.add(server.url);
  const gateway = createGateway({ accounts, backoffMs: 1 });
  const get = () => gateway.handle(new Request(`http://x/gateway/${id}/v1/scopes`));
  return { folder, secrets, server, accounts, told, id, get };
}

test("a password signs in, is not kept, and the account is there after a new start", async () => {
  const { accounts, id, folder, secrets, told, get } = await setUp();
  expect(await accounts.signInWithPassword(id, "demo", "demo")).toMatchObject({
    state: "signedIn",
    name: "Test",
  });
  expect((await get()).status).toBe(200);
  const states = told.map((event) =>
    event.type === "accountsChanged" ? event.accounts[0]?.state : undefined,
  );
  expect(states).toEqual(["signedOut", "signingIn", "signedIn"]);
  const again = await openAccounts({ folder, secrets });
  expect(again.accounts.list()).toEqual(accounts.list());
});

test("a wrong password is told and leaves the account signed out", async () => {
  const { accounts, id, get } = await setUp();
  await expect(accounts.signInWithPassword(id, "demo", "x")).rejects.toMatchObject({ kind: "signInFailed" });
  expect(accounts.list()[0]?.state).toBe("signedOut");
  expect((await get()).status).toBe(401);
});

test("calls that find the token ended at the same time share one refresh", async () => {
  const { accounts, id, server, get } = await setUp();
  await accounts.signInWithPassword(id, "demo", "demo");
  server.expireAccess();
  const statuses = (await Promise.all([get(), get(), get(), get(), get()])).map(({ status }) => status);
  expect(statuses).toEqual([200, 200, 200, 200, 200]);
  expect(server.refreshes).toBe(1);
});

test("the next refresh token is kept before it is used, also across a start", async () => {
  const { accounts, id, server, folder, secrets, get } = await setUp();
  await accounts.signInWithPassword(id, "demo", "demo");
  server.expireAccess();
  await get();
  server.expireAccess();
  const again = await openAccounts({ folder, secrets });
  expect(await again.accounts.accessToken(id, await again.accounts.accessToken(id))).toBe("access-3");
});

test("a token about to end is renewed before the call", async () => {
  let now = 1_000_000;
  const { accounts, id, server, get } = await setUp(() => now);
  await accounts.signInWithPassword(id, "demo", "demo");
  now += 3600 * 1000 - 10_000;
  expect((await get()).status).toBe(200);
  expect(server.refreshes).toBe(1);
});

test("a refusal to renew means that the person signs in again; a server out of reach does not", async () => {
  const { accounts, id, server, get } = await setUp();
  await accounts.signInWithPassword(id, "demo", "demo");
  server.override = { status: 503, body: { kind: "unavailable", title: "x" } };
  expect((await get()).status).toBe(503);
  expect(accounts.list()[0]?.state).toBe("signedIn");
  server.override = undefined;
  server.revokeAll();
  expect(await (await get()).json()).toMatchObject({ kind: "signInRequired" });
  expect(accounts.list()[0]?.state).toBe("expired");
  await accounts.signInWithPassword(id, "demo", "demo");
  expect((await get()).status).toBe(200);
});

test("signing out removes the tokens here and ends the session there", async () => {
  const { accounts, id, server, secrets, get } = await setUp();
  await accounts.signInWithPassword(id, "demo", "demo");
  expect(await accounts.signOut(id)).toMatchObject({ state: "signedOut" });
  expect(await secrets.get(`tokens/${id}`)).toBeUndefined();
  expect(server.revoked).toEqual(['{"token":"refresh-1"}']);
  expect((await get()).status).toBe(401);
  await accounts.remove(id);
  expect(accounts.list()).toEqual([]);
});

test("tokens that arrive after the person has signed out are not kept, and their session is ended", async () => {
  const { accounts, id, server, secrets, get } = await setUp();
  await accounts.signInWithPassword(id, "demo", "demo");
  server.expireAccess();
  const gate = Promise.withResolvers<void>();
  server.tokenGate = gate.promise;
  const late = get();
  await expect.poll(() => server.asked).toBe(2);
  await accounts.signOut(id);
  gate.resolve();
  expect((await late).status).toBe(401);
  expect(await secrets.get(`tokens/${id}`)).toBeUndefined();
  expect(server.revoked).toEqual(['{"token":"refresh-1"}', '{"token":"refresh-2"}']);
});

test("tokens that were in memory only make the account ask for a new sign-in after a start", async () => {
  const { accounts, id, folder } = await setUp();
  await accounts.signInWithPassword(id, "demo", "demo");
  const again = await openAccounts({ folder, secrets: await memorySecrets(folder) });
  expect(again.accounts.list()[0]?.state).toBe("expired");
});

test("an address is added once while nobody is signed in there, and only if a workplace answers", async () => {
  const { accounts, id, server } = await setUp();
  expect((await accounts.add(`${server.url}/some/page`)).id).toBe(id);
  await accounts.signInWithPassword(id, "demo", "demo");
  expect((await accounts.add(server.url)).id).not.toBe(id);
  server.override = { status: 200, body: { service: "other" } };
  await expect(accounts.add(server.url)).rejects.toMatchObject({ kind: "notAWorkplace" });
  await expect(accounts.add("http://parvis.example")).rejects.toMatchObject({ kind: "wrongAddress" });
});
