import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { naturalId, personIdSchema, type PersonId } from "#contract/ids.ts";
import { DIRECTORY, spaceScope } from "#contract/scope.ts";
import { createServerApp } from "../app.ts";
import { createAccounts } from "../seed/load-rows.ts";
import { createPasswordHash } from "../sign-in/passwords.ts";
import { openSqliteStore } from "../store/sqlite-store.ts";
import type { RowWrite, Store } from "../store/store.ts";
import { importPeople } from "./people/import-people.ts";
import { openServerTarget } from "./server-target.ts";
import { openExport } from "./slack/export-source.ts";
import { fullExport } from "./slack/fixture.ts";
import { importSlack } from "./slack/import-slack.ts";
import { slackSpaceId } from "./slack/places.ts";
import type { ImportTarget } from "./target.ts";
import { temporaryFolder, writeFiles } from "./test-folder.ts";

const chief = personIdSchema.parse(naturalId("test", "chief"));
const agent = personIdSchema.parse(naturalId("test", "agent"));
const url = "http://parvis.example";

function person(id: PersonId, displayName: string, more: object): RowWrite {
  return { scope: DIRECTORY, collection: "person", id, op: "put", data: { id, displayName, ...more } };
}

const elsewhere: typeof fetch = async () => new Response("<h1>Bonjour</h1>", { status: 404 });

async function openServer(): Promise<{ store: Store; fetch: typeof fetch }> {
  const store = openSqliteStore({ folder: await temporaryFolder() });
  const passwordHash = await createPasswordHash("secret", { logN: 4, r: 8, p: 1 });
  await store.transaction((tx) =>
    tx.write([person(chief, "Cheffe", { roles: ["administrator"] }), person(agent, "Agent", {})]),
  );
  await createAccounts(store, [
    { personId: chief, username: "chief", passwordHash },
    { personId: agent, username: "agent", passwordHash },
  ]);
  const app = await createServerApp({ store });
  onTestFinished(async () => {
    await app.close();
    await store.close();
  });
  return { store, fetch: async (input, init) => app.fetch(new Request(input, init)) };
}

async function targetAs(username: string, server: { fetch: typeof fetch }): Promise<ImportTarget> {
  return openServerTarget({ url, username, password: "secret", fetch: server.fetch });
}

describe("importing into a running server", () => {
  it("brings people and changes nothing the second time", async () => {
    const server = await openServer();
    const folder = await writeFiles(await temporaryFolder(), {
      "a.csv": "Nom complet;Courriel\nAda;ada@v.example\n",
    });
    const target = await targetAs("chief", server);
    const first = await importPeople({ file: join(folder, "a.csv"), target });
    expect(first.plan.created).toHaveLength(1);
    expect((await server.store.accounts.byEmail("ada@v.example"))?.username).toBe("ada@v.example");
    const second = await importPeople({ file: join(folder, "a.csv"), target });
    expect(second.plan).toMatchObject({ created: [], updated: [], unchanged: 1, newAccounts: [] });
  });

  it("brings a Slack export that existing accounts can read", async () => {
    const server = await openServer();
    const source = await openExport(await writeFiles(await temporaryFolder(), fullExport()));
    const target = await targetAs("chief", server);
    expect((await importSlack({ source, target, readers: ["agent"] })).messages).toBe(12);
    expect((await importSlack({ source, target, readers: ["agent"] })).changed).toBe(0);
    const space = spaceScope(slackSpaceId("T1", ""));
    expect(await server.store.canRead(agent, space)).toBe(true);
    expect(await server.store.canRead(chief, space)).toBe(false);
    await expect(importSlack({ source, target, readers: ["nobody"] })).rejects.toThrow(
      "No account has this user name",
    );
  });

  it("is for administrators only", async () => {
    const server = await openServer();
    const target = await targetAs("agent", server);
    await expect(target.apply([])).rejects.toMatchObject({ kind: "forbidden" });
    await expect(target.accounts()).rejects.toMatchObject({ kind: "forbidden" });
    const response = await server.fetch(`${url}/v1/admin/import`, { method: "POST", body: "" });
    expect(response.status).toBe(401);
  });

  it("refuses a whole batch for one bad line, and names it", async () => {
    const server = await openServer();
    const target = await targetAs("chief", server);
    const id = personIdSchema.parse(naturalId("test", "new"));
    const good = {
      kind: "row",
      scope: DIRECTORY,
      collection: "person",
      id,
      data: { id, displayName: "Neuf" },
    } as const;
    const bad = { ...good, data: { id, displayName: "" } };
    await expect(target.apply([good, bad])).rejects.toMatchObject({
      kind: "badRequest",
      problem: { detail: expect.stringContaining("line 2: displayName") },
    });
    expect(await server.store.get(DIRECTORY, "person", id)).toBeUndefined();
    expect(await target.apply([good])).toEqual({ lines: 1, changed: 1 });
    expect(await target.apply([good])).toEqual({ lines: 1, changed: 0 });
  });

  it("refuses a message of the future, after which nobody could write", async () => {
    const server = await openServer();
    const target = await targetAs("chief", server);
    const conversationId = naturalId("test", "conversation");
    const id = naturalId("test", "message");
    const body = { id, conversationId, authorId: agent, body: "bientôt", version: 1 };
    const scope = `conversation:${conversationId}`;
    const line: unknown = {
      kind: "row",
      scope,
      collection: "message",
      id,
      data: { ...body, sentAt: "9999-12-31T00:00:00.000Z" },
    };
    await expect(target.apply(JSON.parse(JSON.stringify([line])))).rejects.toMatchObject({
      problem: { title: "A message lies in the future" },
    });
  });

  it("never writes what is not content: markers, drafts, presence", async () => {
    const server = await openServer();
    const target = await targetAs("chief", server);
    const line: unknown = { kind: "row", scope: `person:${agent}`, collection: "draft", id: agent, data: {} };
    await expect(target.apply(JSON.parse(JSON.stringify([line])))).rejects.toMatchObject({
      kind: "badRequest",
    });
  });

  it("says so when no workplace answers", async () => {
    await expect(
      openServerTarget({ url, username: "a", password: "b", fetch: elsewhere }),
    ).rejects.toMatchObject({ kind: "notAWorkplace" });
  });
});
