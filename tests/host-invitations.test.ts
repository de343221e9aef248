import { afterAll, beforeAll, expect, test } from "vitest";
import { invitationLinkSchema } from "#contract/guest-invitations.ts";
import { createId } from "#contract/ids.ts";
import { DIRECTORY } from "#contract/scope.ts";
import { toIsoTime } from "#contract/time.ts";
import { createGateway } from "#host/gateway/gateway.ts";
import { openAccounts } from "#host/testing/account-setup.ts";
import { memorySecrets } from "#host/testing/memory-secrets.ts";
import { tempFolder } from "#host/testing/temp-folder.ts";
import { listen, type Listening } from "#server/cli/listen.ts";
import { openSqliteStore } from "#server/store/sqlite-store.ts";
import { TestWorkplace, type TestPerson } from "#server/testing/workplace.ts";
import { temporaryFolder } from "./support/processes.ts";

/** The host's side of a guest's invitation, against the reference server. */

const PASSWORD = "un mot de passe";
const folder = temporaryFolder("host-invitations");
let workplace: TestWorkplace;
let server: Listening;
let ada: TestPerson;

beforeAll(async () => {
  workplace = await TestWorkplace.open(openSqliteStore({ folder: folder.path }), { name: "Mairie" });
  server = await listen(workplace.app, { host: "127.0.0.1", port: 0 });
  ada = await workplace.person("Ada");
});

afterAll(async () => {
  await workplace.app.close();
  await server.close();
  await workplace.store.close();
  folder.remove();
});

async function invite(email: string): Promise<{ url: string; scope: string }> {
  const [spaceId, id] = [createId(), createId()];
  await ada.does("space.create", DIRECTORY, {
    id: spaceId,
    name: "Voirie",
    kind: "project",
    visibility: "hidden",
  });
  const expiresAt = toIsoTime(workplace.nowMs + 86_400_000);
  await ada.does("guest.invite", `desk:${spaceId}`, { id, spaceId, email, expiresAt });
  const answer = await ada.post(`/v1/guest-invitations/${id}/link`, {});
  const { hash } = new URL(invitationLinkSchema.parse(await answer.json()).url);
  return { url: `${server.url}/invitation${hash}`, scope: `space:${spaceId}` };
}

async function openHost() {
  const path = await tempFolder();
  return (await openAccounts({ folder: path, secrets: await memorySecrets(path) })).accounts;
}

test("an invitation is looked at, accepted, and the guest is signed in and reads their space", async () => {
  const { url, scope } = await invite("gil@ailleurs.example");
  const accounts = await openHost();
  expect(await accounts.previewInvitation(` ${url}\n`)).toMatchObject({
    serverUrl: server.url,
    preview: { workplace: "Mairie", space: "Voirie", inviter: "Ada", hasAccount: false },
  });
  const account = await accounts.acceptInvitation(url, "Gil", PASSWORD);
  expect(account).toMatchObject({
    serverUrl: server.url,
    name: "Mairie",
    state: "signedIn",
    isEmbedded: false,
  });
  const gateway = createGateway({ accounts, backoffMs: 1 });
  const answer = await gateway.handle(new Request(`http://x/gateway/${account.id}/v1/sync?scope=${scope}`));
  expect(answer.status).toBe(200);
  expect(await answer.text()).toContain("Ada");
  await expect(accounts.previewInvitation(url)).rejects.toMatchObject({ kind: "notFound" });
});

test("a second invitation comes to the same account here, and somebody else's is left alone", async () => {
  const accounts = await openHost();
  const first = await accounts.acceptInvitation((await invite("luc@ailleurs.example")).url, "Luc", PASSWORD);
  const other = await accounts.acceptInvitation((await invite("eva@ailleurs.example")).url, "Eva", PASSWORD);
  expect(other.id).not.toBe(first.id);
  const { url } = await invite("luc@ailleurs.example");
  expect((await accounts.previewInvitation(url)).preview.hasAccount).toBe(true);
  await expect(accounts.acceptInvitation(url, "Luc", "pas le bon mot")).rejects.toMatchObject({
    kind: "signInFailed",
  });
  const again = await accounts.acceptInvitation(url, "Luc", PASSWORD);
  expect(again.id).toBe(first.id);
  expect(accounts.list().map(({ id }) => id)).toEqual([first.id, other.id]);
});

test("only the address of an invitation is taken for one, and its token goes nowhere else", async () => {
  const accounts = await openHost();
  const token = "x".repeat(43);
  for (const url of [
    `${server.url}/invitation`,
    `${server.url}/invitation#court`,
    `${server.url}/invitation?token=${token}`,
    `${server.url}/autre#${token}`,
    `http://ailleurs.example/invitation#${token}`,
    `https://gil:secret@ailleurs.example/invitation#${token}`,
    `ftp://ailleurs.example/invitation#${token}`,
    `javascript://x/invitation#${token}`,
    "bonjour",
    "",
  ]) {
    await expect(accounts.previewInvitation(url)).rejects.toMatchObject({ kind: "wrongAddress" });
    await expect(accounts.acceptInvitation(url, "x", PASSWORD)).rejects.toMatchObject({
      kind: "wrongAddress",
    });
  }
  expect(accounts.list()).toEqual([]);
});
