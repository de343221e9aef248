import { writeFile, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { messageSchema, type Message } from "#contract/entities/message.ts";
import { directConversationId, naturalId, personIdSchema, type PersonId } from "#contract/ids.ts";
import { AppError } from "#contract/problem.ts";
import { conversationScope, DIRECTORY, spaceScope, type Scope } from "#contract/scope.ts";
import { createAccounts } from "../../seed/load-rows.ts";
import { openSqliteStore } from "../../store/sqlite-store.ts";
import type { Store } from "../../store/store.ts";
import { storeTarget } from "../target.ts";
import { temporaryFolder, writeFiles } from "../test-folder.ts";
import { openExport } from "./export-source.ts";
import { channels, fullExport, said, user, users } from "./fixture.ts";
import { importSlack, type SlackReport } from "./import-slack.ts";
import { slackSpaceId } from "./places.ts";

const person = (id: string): PersonId => personIdSchema.parse(naturalId("slack", "T1", id));
const space = spaceScope(slackSpaceId("T1", ""));

async function openTestStore(): Promise<Store> {
  const store = openSqliteStore({ folder: await temporaryFolder() });
  onTestFinished(() => store.close());
  return store;
}

async function importFiles(store: Store, files: Record<string, unknown>): Promise<SlackReport> {
  return importPath(store, await writeFiles(await temporaryFolder(), files));
}

async function importPath(store: Store, path: string): Promise<SlackReport> {
  const source = await openExport(path);
  try {
    return await importSlack({ source, target: storeTarget(store) });
  } finally {
    source.close();
  }
}

async function messagesOf(store: Store, scope: Scope): Promise<Message[]> {
  const rows = await store.list(scope, "message");
  return rows.map((row) => messageSchema.parse(row.data)).toSorted((a, b) => (a.sentAt < b.sentAt ? -1 : 1));
}

function saying(messages: Message[], body: string): Message {
  const found = messages.find((message) => message.body.includes(body));
  if (found === undefined) throw new Error(`nobody says ${body}`);
  return found;
}

describe("a Slack export", () => {
  it("brings people, channels, threads, reactions, edits, notices, files and traces", async () => {
    const store = await openTestStore();
    const report = await importFiles(store, fullExport());
    expect(report).toMatchObject({
      people: 3,
      conversations: 5,
      messages: 12,
      replies: 2,
      reactions: 3,
      strangers: 1,
      failed: [],
    });

    const messages = await messagesOf(store, space);
    const root = saying(messages, "Bonjour");
    expect(root.body).toBe(`Bonjour <@${person("U2")}> & **tous** 🎉`);
    expect(root).toMatchObject({
      replyCount: 2,
      lastReplyAt: "2024-01-02T12:53:20.000Z",
      replyPersonIds: [person("U3"), person("U2")],
    });
    expect(saying(messages, "Réponse tardive").threadId).toBe(root.id);
    expect(saying(messages, "corrigé")).toMatchObject({ version: 2, editedAt: "2024-01-01T09:08:19.000Z" });
    expect(messages.find((message) => message.notice === "joined")?.body).toContain("has joined");
    expect(messages.find((message) => message.attachments)?.attachments).toEqual([
      { name: "plan.pdf", mediaType: "application/pdf", sizeBytes: 1234 },
    ]);
    expect(messages.find((message) => message.deletedAt)?.body).toBe("");
    const robot = await store.get(DIRECTORY, "person", saying(messages, "build ok").authorId);
    expect(robot?.data["displayName"]).toBe("robot");
    const reactions = (await store.list(space, "reaction")).map((row) => String(row.data["emoji"]));
    expect(reactions.toSorted()).toEqual([":maison:", "👍", "👍"]);
    expect((await store.get(DIRECTORY, "person", person("U3")))?.data["isDeactivated"]).toBe(true);
  });

  it("keeps private conversations to their members", async () => {
    const store = await openTestStore();
    await importFiles(store, fullExport());
    const direct = conversationScope(directConversationId(person("U1"), person("U2")));
    expect((await messagesOf(store, direct)).map((message) => message.body)).toEqual(["en privé"]);
    expect(await store.canRead(person("U3"), direct)).toBe(false);
    const scopes = async (id: string): Promise<number> =>
      (await store.scopesOf(person(id))).filter(({ scope }) => scope.startsWith("conversation:")).length;
    expect([await scopes("U1"), await scopes("U2"), await scopes("U3")]).toEqual([3, 2, 2]);
  });

  it("changes nothing when it comes again, and keeps what people did since", async () => {
    const store = await openTestStore();
    const folder = await writeFiles(await temporaryFolder(), fullExport());
    await importPath(store, folder);
    const heads = await store.scopesOf(person("U1"));
    expect((await importPath(store, folder)).changed).toBe(0);
    expect(await store.scopesOf(person("U1"))).toEqual(heads);

    const edited = saying(await messagesOf(store, space), "build ok");
    const data = { ...edited, body: "revu ici", version: 3 };
    await store.transaction(async (tx) => {
      await tx.write([{ scope: space, collection: "message", id: edited.id, op: "put", data }]);
      await tx.write([
        {
          scope: DIRECTORY,
          collection: "space",
          id: slackSpaceId("T1", ""),
          op: "put",
          data: { ...(await tx.get(DIRECTORY, "space", slackSpaceId("T1", "")))?.data, name: "Renommé" },
        },
      ]);
    });
    expect((await importPath(store, folder)).changed).toBe(0);
    expect(saying(await messagesOf(store, space), "revu ici").version).toBe(3);
    expect((await store.get(DIRECTORY, "space", slackSpaceId("T1", "")))?.data["name"]).toBe("Renommé");
  });

  it("lets every existing account read it, and knows people by their address", async () => {
    const store = await openTestStore();
    const here = personIdSchema.parse(naturalId("test", "ada"));
    const data = { id: here, displayName: "Ada M.", email: "U1@chat.example" };
    await store.transaction((tx) =>
      tx.write([{ scope: DIRECTORY, collection: "person", id: here, op: "put", data }]),
    );
    await createAccounts(store, [{ personId: here, username: "ada" }]);
    await importFiles(store, fullExport());
    expect(await store.canRead(here, space)).toBe(true);
    expect(saying(await messagesOf(store, space), "Bonjour").authorId).toBe(here);
    expect((await store.get(DIRECTORY, "person", here))?.data["displayName"]).toBe("Ada M.");
    expect(await store.get(DIRECTORY, "person", person("U1"))).toBeUndefined();
  });

  it("orders messages of the same millisecond by the rest of their time", async () => {
    const store = await openTestStore();
    const day = ["1704100000.000003", "1704100000.000001", "1704100000.000002"].map((ts) =>
      said(ts, "U1", ts),
    );
    await importFiles(store, {
      "users.json": users,
      "channels.json": channels,
      "general/2024-01-01.json": day,
    });
    const messages = await messagesOf(store, space);
    expect(messages.toSorted((a, b) => (a.id < b.id ? -1 : 1)).map((message) => message.body)).toEqual(
      day.map((message) => message.ts).toSorted(),
    );
  });
});

describe("a damaged or hostile export", () => {
  it("names the broken file, imports nothing of it, and completes once it is mended", async () => {
    const store = await openTestStore();
    const good = fullExport();
    const broken = '[{"type":"message","user":"U1","text":"avant","ts":"1704300000.000000"},\n{"type":}]';
    const folder = await writeFiles(await temporaryFolder(), { ...good, "general/2024-01-03.json": broken });
    const report = await importPath(store, folder);
    expect(report.failed.map(({ file }) => file)).toEqual(["general/2024-01-03.json"]);
    expect(report.failed[0]?.problem.detail).toContain("general/2024-01-03.json: byte 73, line 2");
    expect((await messagesOf(store, space)).some((message) => message.body === "avant")).toBe(false);
    expect(report.messages).toBe(12);

    await writeFiles(folder, { "general/2024-01-03.json": [said("1704300000.000000", "U1", "avant")] });
    expect(await importPath(store, folder)).toMatchObject({ failed: [], changed: 1 });
  });

  it("refuses an archive cut short, and one that is no archive", async () => {
    const store = await openTestStore();
    const folder = await temporaryFolder();
    const archive = await zip(folder, fullExport());
    const bytes = await readFile(archive);
    await writeFile(archive, bytes.subarray(0, bytes.length / 2));
    await expect(importPath(store, archive)).rejects.toThrow("The archive cannot be read");
    await writeFile(archive, "ceci n'est pas une archive");
    await expect(importPath(store, archive)).rejects.toThrow("The archive cannot be read");
  });

  it("reads the same from an archive, also when the export lies in a folder of it", async () => {
    const store = await openTestStore();
    const nested = Object.fromEntries(
      Object.entries(fullExport()).map(([name, value]) => [`Export mars/${name}`, value]),
    );
    expect((await importPath(store, await zip(await temporaryFolder(), nested))).messages).toBe(12);
    expect((await importPath(store, await zip(await temporaryFolder(), fullExport()))).changed).toBe(0);
  });

  it("refuses a file that unpacks to far too much", async () => {
    const store = await openTestStore();
    const bomb = `[${" ".repeat(80 * 1024 * 1024)}]`;
    const files = { "users.json": users, "channels.json": channels, "general/2024-01-01.json": bomb };
    const report = await importPath(store, await zip(await temporaryFolder(), files));
    expect(report.failed[0]?.problem.title).toBe("A file of the archive unpacks to far too much");
  });

  it("refuses a folder that holds no export", async () => {
    const empty = await temporaryFolder();
    await expect(openExport(empty)).rejects.toBeInstanceOf(AppError);
    await expect(openExport(join(empty, "absent"))).rejects.toThrow("Nothing is there");
  });

  it("keeps messages of unknown people, replies without a root, and reads without users.json", async () => {
    const store = await openTestStore();
    const day = [
      said("1704100000.000000", "U77", "inconnue", { user_profile: { real_name: "Nour Ext" } }),
      said("1704100001.000000", "U88", "réponse perdue", { thread_ts: "1600000000.000000" }),
      { type: "message", text: "sans auteur", ts: "1704100002.000000" },
      { type: "message", user: "U77", text: "sans date" },
      said("1704100003.000000", "U77", "a\u0000b", { thread_ts: "1704100003.000000" }),
    ];
    const report = await importFiles(store, { "channels.json": channels, "general/2024-01-01.json": day });
    expect(report).toMatchObject({ messages: 3, strangers: 2, orphanReplies: 1, unreadable: 2 });
    const team = (await store.list(DIRECTORY, "space"))[0]?.scope;
    expect(team).toBe(DIRECTORY);
    const names = (await store.list(DIRECTORY, "person")).map((row) => String(row.data["displayName"]));
    expect(names.toSorted()).toEqual(["Nour Ext", "U88"]);
  });

  it("finds a root that its exporter did not mark", async () => {
    const store = await openTestStore();
    const files = {
      "users.json": users,
      "channels.json": channels,
      "general/2024-01-01.json": [said("1704100000.000000", "U1", "racine")],
      "general/2024-01-02.json": [
        said("1704200000.000000", "U2", "feuille", { thread_ts: "1704100000.000000" }),
      ],
    };
    await importFiles(store, files);
    const messages = await messagesOf(store, space);
    expect(saying(messages, "racine").replyCount).toBe(1);
    expect(saying(messages, "feuille").threadId).toBe(saying(messages, "racine").id);
  });

  it("cuts a message of a million characters and says so", async () => {
    const store = await openTestStore();
    const day = [said("1704100000.000000", "U1", "é".repeat(1_000_000))];
    const report = await importFiles(store, {
      "users.json": users,
      "channels.json": channels,
      "general/2024-01-01.json": day,
    });
    expect(report.truncated).toBe(1);
    const [message] = await messagesOf(store, space);
    expect(Buffer.byteLength(message?.body ?? "")).toBeLessThanOrEqual(64 * 1024);
    expect(message?.body).toMatch(/é \[…\]$/);
  });

  it("makes a private channel of more than a hundred people a hidden space", async () => {
    const store = await openTestStore();
    const many = Array.from({ length: 150 }, (_, index) => user(`W${index}`, `Personne ${index}`));
    const group = { id: "G9", name: "grand", created: 1, members: many.map((_, index) => `W${index}`) };
    await importFiles(store, {
      "users.json": many,
      "channels.json": [],
      "groups.json": [group],
      "grand/2024-01-01.json": [said("1704100000.000000", "W3", "bonjour")],
    });
    const scope = spaceScope(slackSpaceId("T1", "G9"));
    expect((await store.list(scope, "space"))[0]?.data["visibility"]).toBe("hidden");
    expect(await store.canRead(person("W149"), scope)).toBe(true);
    expect(await messagesOf(store, scope)).toHaveLength(1);
  });
});

async function zip(folder: string, files: Record<string, unknown>): Promise<string> {
  const { ZipFile } = await import("yazl");
  const archive = new ZipFile();
  for (const [name, content] of Object.entries(files)) {
    archive.addBuffer(Buffer.from(typeof content === "string" ? content : JSON.stringify(content)), name);
  }
  archive.end();
  const chunks: Uint8Array[] = [];
  for await (const chunk of archive.outputStream) chunks.push(Buffer.from(chunk));
  const path = join(folder, "export.zip");
  await writeFile(path, Buffer.concat(chunks));
  return path;
}
