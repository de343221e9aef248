import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { accountSchema, type Account } from "#contract/bridge.ts";
import { createId, directConversationId, personIdSchema } from "#contract/ids.ts";
import { mutationRequestSchema, type Mutation } from "#contract/mutations.ts";
import { AppError } from "#contract/problem.ts";
import { scopeSchema } from "#contract/scope.ts";
import { createGateway } from "../gateway/gateway.ts";
import { memorySecrets } from "../testing/memory-secrets.ts";
import { tempFolder } from "../testing/temp-folder.ts";
import { httpServer } from "../testing/test-server.ts";
import { NoticeKey } from "./notice-key.ts";
import { NoticeCommands } from "./notice-commands.ts";
import type { NoticeContext } from "./notice-context.ts";

/** Against a server that is away, cuts and refuses. */

const personId = personIdSchema.parse(createId());
const conversationId = directConversationId(personId, personIdSchema.parse(createId()));

type Mood = "takes" | "away" | "refuses";

async function open() {
  const dataDir = await tempFolder();
  const store = await memorySecrets(dataDir);
  const vault = { isLocked: false };
  const opened = <T>(use: () => Promise<T>): Promise<T> =>
    vault.isLocked ? Promise.reject(new AppError("locked")) : use();
  const secrets = {
    get: (name: string) => opened(() => store.get(name)),
    set: (name: string, value: string) => opened(() => store.set(name, value)),
  };
  const server = { mood: "takes" as Mood };
  const seen: Mutation[] = [];
  const url = await httpServer(async (incoming, response) => {
    if (incoming.method === "GET") {
      response.writeHead(200, { "content-type": "application/x-ndjson" });
      const mark = { cursor: "c", seq: 1, isEnd: true };
      response.end(`${JSON.stringify(draftRow)}\n${JSON.stringify({ mark })}\n`);
      return;
    }
    let text = "";
    for await (const chunk of incoming) text += String(chunk);
    const { mutations } = mutationRequestSchema.parse(JSON.parse(text));
    seen.push(...mutations);
    if (server.mood === "away") {
      // It has arrived, and nobody will ever hear of it.
      response.destroy();
      return;
    }
    const results = mutations.map(({ id, name }) =>
      server.mood === "refuses" && name === "message.send"
        ? { id, status: "rejected", error: { kind: "forbidden", title: "Lecture seule" } }
        : { id, status: "applied", changes: [] },
    );
    response.writeHead(200, { "content-type": "application/json" });
    response.end(JSON.stringify({ results }));
  });
  const account = accountSchema.parse({
    id: "a",
    serverUrl: url,
    name: "Mairie",
    isEmbedded: false,
    personId,
    state: "signedIn",
  });
  const start = (accounts: Account[] = [account]) => {
    const refused: string[] = [];
    const said: string[] = [];
    const counts: object[] = [];
    const commands = new NoticeCommands({
      dataDir,
      key: new NoticeKey(secrets),
      onHeld: () => said.push("held"),
      onGone: () => said.push("gone"),
      onWaiting: (count) => counts.push(count),
      gateway: createGateway({
        accounts: { serverUrl: () => url, accessToken: () => Promise.resolve("token") },
      }),
      accounts: { list: () => accounts },
      onRefused: ({ reason }) => refused.push(reason),
      onNotice: () => undefined,
      now: () => Date.parse("2026-11-23T10:00:00Z"),
      random: () => 0,
      firstMs: 20,
    });
    onTestFinished(() => commands.stop());
    return { commands, refused, said, counts };
  };
  const context: NoticeContext = {
    tag: "t",
    accountId: account.id,
    personId,
    itemIds: ["n0", "n1"],
    link: null,
    replyTo: { scope: scopeSchema.parse(`conversation:${conversationId}`), conversationId },
    actions: ["done", "later"],
  };
  return { dataDir, server, seen, start, context, vault };
}

const draftRow = {
  scope: `person:${personId}`,
  seq: 1,
  collection: "draft",
  id: "d1",
  rev: 1,
  op: "put",
  data: { id: "d1", conversationId, body: "déjà commencé", updatedAt: "2026-11-23T09:00:00.000Z" },
};

const soon = { timeout: 10_000 };
const said = (seen: readonly Mutation[]) => seen.filter(({ name }) => name === "message.send");

test("an answer that finds nobody is kept sealed over an end, and the next start sends the same command again", async () => {
  const { dataDir, server, seen, start, context } = await open();
  server.mood = "away";
  const first = start();
  await first.commands.run(context, { kind: "reply", text: " Entendu, à 14 h " });
  await expect.poll(() => said(seen).length, soon).toBeGreaterThan(0);
  await first.commands.stop();
  const stored = await readFile(join(dataDir, "notice-commands.json"), "utf8");
  expect(stored).not.toContain("Entendu");
  expect(stored).not.toContain(conversationId);
  server.mood = "takes";
  const second = start();
  await second.commands.send();
  expect(await second.commands.waiting()).toBe(0);
  expect(new Set(said(seen).map(({ id }) => id)).size).toBe(1);
  expect(said(seen).at(-1)).toMatchObject({
    scope: `conversation:${conversationId}`,
    args: { conversationId, body: "Entendu, à 14 h" },
  });
});

test("without a start it is tried again by itself", async () => {
  const { server, seen, start, context } = await open();
  server.mood = "away";
  const { commands } = start();
  await commands.run(context, { kind: "reply", text: "oui" });
  await expect.poll(() => said(seen).length, soon).toBeGreaterThan(1);
  server.mood = "takes";
  await expect.poll(() => commands.waiting(), soon).toBe(0);
});

test("a refused answer is a draft behind the one that was there, and it is said", async () => {
  const { server, seen, start, context } = await open();
  server.mood = "refuses";
  const { commands, refused } = start();
  await commands.run(context, { kind: "reply", text: "ma réponse" });
  await expect.poll(() => commands.waiting(), soon).toBe(0);
  expect(refused).toEqual(["Lecture seule"]);
  const drafts = seen.filter(({ name }) => name === "draft.set");
  expect(drafts.map(({ args }) => z.looseObject({ body: z.string() }).parse(args).body)).toEqual([
    "déjà commencé\n\nma réponse",
  ]);
});

test("done and later are commands for the item; an empty answer is none", async () => {
  const { seen, start, context } = await open();
  const { commands } = start();
  await commands.run(context, { kind: "done" });
  await commands.run(context, { kind: "later" });
  await commands.run(context, { kind: "reply", text: "  " });
  await expect.poll(() => seen.length, soon).toBe(2);
  expect(seen.map(({ args, name }) => [name, args])).toEqual([
    ["notification.set", { ids: ["n0", "n1"], isDone: true }],
    ["notification.set", { ids: ["n0", "n1"], snoozedUntil: "2026-11-23T11:00:00.000Z" }],
  ]);
});

test("an answer settles the message that was to be read, not the others of its notice", async () => {
  const { seen, start, context } = await open();
  const { commands } = start();
  expect(await commands.run(context, { kind: "reply", text: "vu" })).toBe(true);
  await expect.poll(() => seen.length, soon).toBe(2);
  expect(seen[1]?.args).toEqual({ ids: ["n1"], isDone: true });
});

test("while the secret store is locked an answer is held in memory, said and counted, and leaves once it is open", async () => {
  const { dataDir, seen, start, context, vault } = await open();
  vault.isLocked = true;
  const { commands, counts, said: told } = start();
  expect(await commands.run(context, { kind: "reply", text: "en attente" })).toBe(true);
  await commands.send();
  expect(told).toEqual(["held"]);
  expect(counts.at(-1)).toEqual({ waiting: 1, held: 1 });
  await expect(readFile(join(dataDir, "notice-commands.json"), "utf8")).rejects.toThrow("ENOENT");
  vault.isLocked = false;
  await commands.send();
  expect(said(seen)).toHaveLength(1);
  expect(counts.at(-1)).toEqual({ waiting: 0, held: 0 });
});

test("an answer without a place is said to lead nowhere", async () => {
  const { start, context } = await open();
  const { commands } = start();
  const { replyTo: _place, ...nowhere } = context;
  expect(await commands.run(nowhere, { kind: "reply", text: "perdu ?" })).toBe(false);
});

test("what belongs to an account that is gone is not sent, and that is said", async () => {
  const { server, seen, start, context } = await open();
  server.mood = "away";
  const first = start();
  await first.commands.run(context, { kind: "reply", text: "trop tard" });
  await expect.poll(() => seen.length, soon).toBeGreaterThan(0);
  await first.commands.stop();
  server.mood = "takes";
  const count = seen.length;
  const second = start([]);
  await second.commands.send();
  expect(await second.commands.waiting()).toBe(0);
  expect(second.said).toEqual(["gone"]);
  expect(seen).toHaveLength(count);
});
