import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Envelope } from "#contract/envelope.ts";
import {
  blobIdSchema,
  conversationIdSchema,
  createId,
  messageIdSchema,
  mutationIdSchema,
  personIdSchema,
  reactionId,
  spaceIdSchema,
  type ConversationId,
  type PersonId,
} from "#contract/ids.ts";
import { AppError } from "#contract/problem.ts";
import { DIRECTORY, personScope, spaceScope, type Scope } from "#contract/scope.ts";
import { addReaders, createAccounts, loadRows } from "../seed/load-rows.ts";
import type { RowWrite, Store, StoredLines, StoreEvent } from "./store.ts";

/** What every store must do. `open` gives an empty one; `reopen` closes it and opens the same data again. */
export interface StoreUnderTest {
  open: () => Promise<Store>;
  reopen: (store: Store) => Promise<Store>;
}

export function describeStore(name: string, under: StoreUnderTest): void {
  describe(`${name}: behaviour`, () => {
    let store: Store;
    beforeAll(async () => {
      store = await under.open();
    });
    afterAll(() => store.close());

    test("gives each change of a scope the next place and counts the revisions of a row", async () => {
      const scope = newScope();
      const [first, second] = await write(store, [person("a", "Ada", scope), person("b", "Bo", scope)]);
      expect([first?.seq, second?.seq]).toEqual([1, 2]);
      const [again] = await write(store, [person("a", "Ada L.", scope)]);
      expect(again).toMatchObject({ seq: 3, rev: 2, op: "put", data: { displayName: "Ada L." } });
      expect(await store.head(scope)).toBe(3);
      const read = await store.get(scope, "group", idOf("a"));
      expect(read).toEqual(again);
    });

    test("leaves a row alone that already stands exactly so", async () => {
      const scope = newScope();
      const [first] = await write(store, [person("a", "Ada", scope)]);
      const [same] = await write(store, [person("a", "Ada", scope)]);
      expect(same).toEqual(first);
      const fields = Object.entries(first?.data ?? {});
      expect(fields.length).toBeGreaterThan(1);
      const turned = { ...person("a", "Ada", scope), data: Object.fromEntries(fields.toReversed()) };
      expect(await write(store, [turned])).toEqual([first]);
      expect(await store.head(scope)).toBe(1);
    });

    test("writes one row twice in one batch: the last state, both revisions counted", async () => {
      const scope = newScope();
      const results = await write(store, [person("a", "Ada", scope), person("a", "Ada L.", scope)]);
      expect(results.map(({ seq, rev }) => [seq, rev])).toEqual([
        [1, 1],
        [2, 2],
      ]);
      expect(await linesOf(store.readTail(scope, 0, 100))).toEqual([results[1]]);
    });

    test("knows what is due, the longest due first, until it is done, moved or its row deleted", async () => {
      const scope = newScope();
      const key = (id: string) => ({ scope, collection: "group" as const, id: idOf(id) });
      const dueHere = async (nowMs: number) =>
        (await store.due(nowMs, 1000)).filter((row) => row.key.scope === scope);
      await write(store, [person("a", "Ada", scope), person("b", "Bo", scope), person("c", "Cy", scope)]);
      const heard = await listening(store, () =>
        store.transaction(async (tx) => {
          await tx.setDue(key("a"), 3000);
          await tx.setDue(key("b"), 1000);
          await tx.setDue(key("c"), 2000);
        }),
      );
      expect(heard).toContainEqual({ type: "due", dueAtMs: 1000 });
      expect(await dueHere(999)).toEqual([]);
      expect(await dueHere(2000)).toEqual([
        { key: key("b"), dueAtMs: 1000 },
        { key: key("c"), dueAtMs: 2000 },
      ]);
      await store.transaction(async (tx) => {
        expect(await tx.dueAt(key("a"))).toBe(3000);
        await tx.setDue(key("a"), 500);
        await tx.setDue(key("b"), null);
        expect(await tx.dueAt(key("b"))).toBeUndefined();
      });
      expect(await dueHere(5000)).toEqual([
        { key: key("a"), dueAtMs: 500 },
        { key: key("c"), dueAtMs: 2000 },
      ]);
      await write(store, [{ ...person("c", "Cy", scope), op: "delete", data: { id: idOf("c") } }]);
      expect(await dueHere(5000)).toEqual([{ key: key("a"), dueAtMs: 500 }]);
      const failing = store.transaction(async (tx) => {
        await tx.setDue(key("a"), null);
        throw new AppError("conflict");
      });
      await expect(failing).rejects.toMatchObject({ kind: "conflict" });
      expect(await dueHere(5000)).toHaveLength(1);
    });

    test("takes everything out of a scope: rows without a trace, readers, what is due; its files are named", async () => {
      const scope = newScope();
      const reader = newPerson();
      const blobId = blobIdSchema.parse(createId());
      const file = { id: blobId, scope, name: "f", mediaType: "text/plain", sizeBytes: 1 };
      await store.blobs.begin({ ...file, receivedBytes: 0, isComplete: false, ownerId: reader });
      await write(store, [person("a", "Ada", scope)]);
      await store.transaction(async (tx) => {
        await tx.addReaders(scope, [reader]);
        await tx.setDue({ scope, collection: "group", id: idOf("a") }, 1000);
      });
      const heard = await listening(store, () => store.transaction((tx) => tx.removeScope(scope)));
      expect(heard).toContainEqual({ type: "readerRemoved", scope, personId: reader });
      expect(await linesOf(store.readTail(scope, 0, 100))).toEqual([]);
      expect(await store.get(scope, "group", idOf("a"))).toBeUndefined();
      expect(await store.canRead(reader, scope)).toBe(false);
      expect((await store.due(5000, 1000)).filter((row) => row.key.scope === scope)).toEqual([]);
      const files = await store.transaction((tx) => tx.filesOf(scope, 10));
      expect(files).toEqual([{ id: blobId, ownerId: reader }]);
      const [again] = await write(store, [person("a", "Ada", scope)]);
      expect(again).toMatchObject({ seq: 2, rev: 1 });
    });

    test("undoes the whole transaction when it fails, readers and scope included", async () => {
      const scope = newScope();
      const heard = await listening(store, async () => {
        const failing = store.transaction(async (tx) => {
          await tx.write([person("a", "Ada", scope)]);
          await tx.addReaders(scope, [newPerson()]);
          throw new AppError("conflict");
        });
        await expect(failing).rejects.toMatchObject({ kind: "conflict" });
      });
      expect(await store.head(scope)).toBe(0);
      expect(await store.readers(scope)).toEqual([]);
      expect(heard.filter((event) => event.type === "change" && event.scope === scope)).toEqual([]);
      const [row] = await write(store, [person("a", "Ada", scope)]);
      expect(row).toMatchObject({ seq: 1, rev: 1 });
    });

    test("keeps places without gaps or doubles under 100 writers at once", async () => {
      const scope = newScope();
      await Promise.all(
        Array.from({ length: 100 }, (_, index) => write(store, [person(`w${index}`, `W${index}`, scope)])),
      );
      const rows = await linesOf(store.readTail(scope, 0, 1000));
      expect(rows.map((row) => row.seq)).toEqual(Array.from({ length: 100 }, (_, index) => index + 1));
    });

    test("takes transactions over the same scopes in crossing orders without giving one up", async () => {
      const scopes = [newScope(), newScope(), newScope()];
      await Promise.all(
        Array.from({ length: 40 }, (_, index) => {
          const order = index % 2 === 0 ? scopes : scopes.toReversed();
          return write(
            store,
            order.map((scope) => person(`x${index}`, `X${index}`, scope)),
          );
        }),
      );
      for (const scope of scopes) expect(await store.head(scope)).toBe(40);
    });

    test("lets a locked scope be read, decided upon and written by one transaction at a time", async () => {
      const scope = newScope();
      await Promise.all(
        Array.from({ length: 20 }, () =>
          store.transaction(async (tx) => {
            await tx.lock(scope);
            const row = await tx.get(scope, "group", idOf("counter"));
            const count = Number(row?.data["displayName"] ?? 0) + 1;
            await tx.write([person("counter", String(count), scope)]);
          }),
        ),
      );
      const row = await store.get(scope, "group", idOf("counter"));
      expect(row?.data["displayName"]).toBe("20");
    });

    test("announces commits in order, to all who listen, until they stop", async () => {
      const scope = newScope();
      const reader = newPerson();
      const heard = await listening(store, async () => {
        await addReaders(store, scope, [reader]);
        await write(store, [person("a", "Ada", scope)]);
        await write(store, [person("b", "Bo", scope)]);
        await store.transaction((tx) => tx.removeReaders(scope, [reader]));
      });
      const ours = heard.filter((event) => "scope" in event && event.scope === scope);
      expect(ours.map((event) => event.type)).toEqual(["readerAdded", "change", "change", "readerRemoved"]);
      const lines = ours.flatMap((event) => (event.type === "change" ? [parse(event.line)] : []));
      expect(lines).toEqual(await linesOf(store.readTail(scope, 0, 10)));
    });

    test("says who may read: directory for all, own area for one, the rest for its readers", async () => {
      const [ada, bo] = [newPerson(), newPerson()];
      const scope = newScope();
      await addReaders(store, scope, [ada]);
      expect(await store.canRead(ada, scope)).toBe(true);
      expect(await store.canRead(bo, scope)).toBe(false);
      expect(await store.canRead(bo, DIRECTORY)).toBe(true);
      expect(await store.canRead(bo, personScope(bo))).toBe(true);
      expect(await store.canRead(bo, personScope(ada))).toBe(false);
      const scopes = await store.scopesOf(ada);
      expect(scopes.map((each) => each.scope)).toEqual([personScope(ada), DIRECTORY, scope]);
      await store.transaction((tx) => tx.removeReaders(scope, [ada]));
      expect(await store.canRead(ada, scope)).toBe(false);
    });

    test("names the scopes with the newest messages first", async () => {
      const ada = newPerson();
      const [older, newer, empty] = [newScope(), newScope(), newScope()];
      for (const scope of [empty, older, newer]) await addReaders(store, scope, [ada]);
      await write(store, [message(older, 1), message(newer, 2)]);
      const scopes = await store.scopesOf(ada);
      expect(scopes.slice(2).map((each) => each.scope)).toEqual([newer, older, empty]);
    });

    test("reads a timeline newest first, each message before its reactions, in pages", async () => {
      const scope = newScope();
      const messages = Array.from({ length: 1200 }, (_, index) => message(scope, index));
      const target = messages[700];
      if (target === undefined) throw new Error("no message");
      const reactions = [reaction(target, "👍"), reaction(target, "🎉")];
      await loadRows(store, [...messages, ...reactions], { batch: 500 });
      const rows = await linesOf(store.readTimeline(scope, 5000, undefined, 5000));
      const ids = rows.filter((row) => row.collection === "message").map((row) => row.id);
      expect(ids).toEqual(messages.map((row) => row.id).toReversed());
      const at = rows.findIndex((row) => row.id === target.id);
      expect(new Set(rows.slice(at + 1, at + 3).map((row) => row.id))).toEqual(
        new Set(reactions.map((row) => row.id)),
      );
      const early = await linesOf(store.readTimeline(scope, 100, undefined, 5000));
      expect(early.map((row) => row.seq)).toEqual(Array.from({ length: 100 }, (_, index) => 100 - index));
      expect(await store.count(scope)).toEqual({ small: 0, timeline: 1202 });
    });

    test("leaves deleted rows out of snapshots and keeps them in the tail", async () => {
      const scope = newScope();
      const root = message(scope, 1);
      const thumb = reaction(root, "👍");
      await write(store, [person("a", "Ada", scope), root, thumb]);
      await write(store, [
        { ...thumb, op: "delete" },
        { ...person("a", "Ada", scope), op: "delete", data: { id: idOf("a") } },
      ]);
      const head = await store.head(scope);
      expect(await linesOf(store.readSmall(scope, head, 0, 10))).toEqual([]);
      const timeline = await linesOf(store.readTimeline(scope, head, undefined, 10));
      expect(timeline.map((row) => row.id)).toEqual([root.id]);
      const tail = await linesOf(store.readTail(scope, 0, 10));
      expect(tail.map((row) => [row.collection, row.op])).toEqual([
        ["message", "put"],
        ["reaction", "delete"],
        ["group", "delete"],
      ]);
    });

    test("reads the history of a conversation and of a thread, with the reactions on them", async () => {
      const scope = newScope();
      const conversationId = newConversation();
      const main = Array.from({ length: 25 }, (_, index) => message(scope, index, { conversationId }));
      const root = main[3];
      if (root === undefined) throw new Error("no root");
      const replies = [100, 101].map((at) => message(scope, at, { conversationId, threadId: root.id }));
      const other = message(scope, 50);
      const thumb = reaction(root, "👍");
      await write(store, [...main, ...replies, other, thumb]);

      const query = { scope, conversationId, threadId: undefined, limit: 10 };
      const first = await store.readHistory({ ...query, before: undefined });
      expect(idsOf(first.messages)).toEqual(idsOf(main.slice(15)).toReversed());
      expect(first.hasOlder).toBe(true);
      const oldest = first.messages.at(-1);
      const before = `${String(oldest?.data["sentAt"])}~${oldest?.id}`;
      const second = await store.readHistory({ ...query, before, limit: 15 });
      expect(idsOf(second.messages)).toEqual(idsOf(main.slice(0, 15)).toReversed());
      expect(idsOf(second.parts)).toEqual([thumb.id]);
      expect(second.hasOlder).toBe(false);
      const thread = await store.readHistory({ ...query, threadId: root.id, before: undefined });
      expect(idsOf(thread.messages)).toEqual(idsOf(replies).toReversed());
    });

    test("knows the newest time of a scope's timeline", async () => {
      const scope = newScope();
      const newest = (of: Scope) => store.transaction((tx) => tx.newestSentAt(of));
      expect(await newest(scope)).toBeUndefined();
      await write(store, [message(scope, 5), message(scope, 3)]);
      expect(await newest(scope)).toBe(timeAt(5));
    });

    test("brings every text back as it was written", async () => {
      const scope = newScope();
      for (const [index, text] of awkwardTexts.entries()) {
        const [row] = await write(store, [person(`t${index}`, text, scope)]);
        expect(row?.data["displayName"]).toBe(text);
        const read = await store.get(scope, "group", idOf(`t${index}`));
        expect(read?.data["displayName"]).toBe(text);
      }
      const lines = await linesOf(store.readTail(scope, 0, 100));
      expect(lines.map((row) => row.data["displayName"])).toEqual(awkwardTexts);
      expect(await store.get(scope, "group", "a\0b")).toBeUndefined();
    });

    test("remembers the outcome of a mutation, per person, once", async () => {
      const [ada, bo] = [newPerson(), newPerson()];
      const id = mutationIdSchema.parse(createId());
      const outcome = { status: "applied" as const, rows: [] };
      await store.transaction((tx) => tx.saveOutcome(ada, id, outcome));
      expect(await store.transaction((tx) => tx.outcome(ada, id))).toEqual(outcome);
      expect(await store.transaction((tx) => tx.outcome(bo, id))).toBeUndefined();
    });

    test("keeps accounts and finds them by name, address and subject", async () => {
      const [ada, bo] = [newPerson(), newPerson()];
      const suffix = ada.slice(-12);
      await createAccounts(store, [
        { personId: ada, username: `Ada.${suffix}`, email: `Ada.${suffix}@Example.org`, passwordHash: "x" },
        { personId: bo, username: `bo.${suffix}` },
      ]);
      const found = await store.accounts.byUsername(`ada.${suffix}`);
      expect(found).toMatchObject({ personId: ada, email: `ada.${suffix}@example.org`, passwordHash: "x" });
      if (found === undefined) throw new Error("not found");
      await store.accounts.save([{ ...found, issuer: "https://id.example", subject: suffix }]);
      expect(await store.accounts.bySubject("https://id.example", suffix)).toMatchObject({ personId: ada });
      expect(await store.accounts.byEmail(`ada.${suffix}@example.org`)).toMatchObject({ subject: suffix });
      expect(await store.accounts.byPerson(bo)).toMatchObject({ email: undefined, isDisabled: false });
      const thief = newPerson();
      await expect(
        createAccounts(store, [{ personId: thief, username: `ada.${suffix}` }]),
      ).rejects.toMatchObject({
        kind: "conflict",
      });
      expect(await store.accounts.byPerson(thief)).toBeUndefined();
      await createAccounts(store, [{ personId: ada, username: `ada.${suffix}` }]);
      expect(await store.accounts.byPerson(ada)).toMatchObject({ passwordHash: "x", subject: suffix });
    });

    test("tells a refresh token sent again from a replay, and when a session ends or its account is closed", async () => {
      const ada = newPerson();
      await createAccounts(store, [{ personId: ada, username: `a${ada}` }]);
      const session = (kind: "access" | "refresh", sessionId: string, generation = 0) => ({
        tokenHash: createId(),
        kind,
        sessionId,
        personId: ada,
        expiresAtMs: Date.now() + 60_000,
        generation,
      });
      const [access, refresh, other] = [
        session("access", "s1"),
        session("refresh", "s1"),
        session("access", "s2"),
      ];
      for (const each of [access, refresh, other]) await store.accounts.saveSession(each);
      expect(await store.accounts.session(access.tokenHash)).toEqual(access);
      const use = (tokenHash: string, nowMs: number) => store.accounts.useRefreshToken(tokenHash, nowMs, 30);
      expect(await Promise.all([1, 2, 3].map(() => use(refresh.tokenHash, 1000)))).toEqual([
        true,
        true,
        true,
      ]);
      expect([await use(refresh.tokenHash, 1030), await use(refresh.tokenHash, 1031)]).toEqual([true, false]);
      const [next, sibling] = [session("refresh", "s1", 1), session("refresh", "s1", 1)];
      await store.accounts.saveSession(next);
      await store.accounts.saveSession(sibling);
      expect(await use(next.tokenHash, 2000)).toBe(true);
      expect([await use(refresh.tokenHash, 1000), await use(sibling.tokenHash, 2031)]).toEqual([
        false,
        false,
      ]);
      expect(await use(access.tokenHash, 2000)).toBe(false);
      const account = await store.accounts.byPerson(ada);
      if (account === undefined) throw new Error("no account");
      const heard = await listening(store, async () => {
        await store.accounts.endSession("s1");
        await store.accounts.save([{ ...account, isDisabled: true }]);
      });
      const ended = heard.flatMap((event) => (event.type === "sessionEnded" ? [event.sessionId] : []));
      expect(ended).toEqual(["s1", "s2"]);
      expect(await store.accounts.session(access.tokenHash)).toBeUndefined();
      expect(await store.accounts.session(other.tokenHash)).toBeUndefined();
    });

    test("takes a file in parts, refuses one out of place, and reads any range of it", async () => {
      const bytes = randomBytes(3 * 1024 * 1024 + 17);
      const blob = newBlob(bytes.byteLength);
      await store.blobs.begin(blob);
      const half = 2 * 1024 * 1024 + 5;
      expect(await store.blobs.append(blob.id, 0, chunked(bytes.subarray(0, half)))).toBe(half);
      await expect(store.blobs.append(blob.id, 10, chunked(bytes))).rejects.toMatchObject({
        kind: "conflict",
      });
      await expect(store.blobs.complete(blob.id, undefined)).rejects.toMatchObject({ kind: "conflict" });
      await expect(store.blobs.append(blob.id, half, chunked(bytes))).rejects.toMatchObject({
        kind: "badRequest",
      });
      expect(await store.blobs.state(blob.id)).toMatchObject({ receivedBytes: half, isComplete: false });
      await store.blobs.append(blob.id, half, chunked(bytes.subarray(half)));
      const sha256 = createHash("sha256").update(bytes).digest("hex");
      expect(await store.blobs.complete(blob.id, sha256)).toMatchObject({ isComplete: true, sha256 });
      expect(await collect(store.blobs.read(blob.id, 0, bytes.byteLength - 1))).toEqual(bytes);
      const [first, last] = [1024 * 1024 - 3, 2 * 1024 * 1024 + 9];
      expect(await collect(store.blobs.read(blob.id, first, last))).toEqual(bytes.subarray(first, last + 1));
      expect(await store.blobs.ownerOf(blob.id)).toBe(blob.ownerId);
      await store.blobs.remove(blob.id);
      expect(await store.blobs.state(blob.id)).toBeUndefined();
    });

    test("starts an upload over when its hash differs, and takes an empty file", async () => {
      const bytes = randomBytes(1000);
      const blob = newBlob(1000);
      await store.blobs.begin(blob);
      await store.blobs.append(blob.id, 0, chunked(bytes));
      await expect(store.blobs.complete(blob.id, "00".repeat(32))).rejects.toMatchObject({
        kind: "badRequest",
      });
      expect(await store.blobs.state(blob.id)).toMatchObject({ receivedBytes: 0, isComplete: false });
      await store.blobs.append(blob.id, 0, chunked(bytes));
      expect(await store.blobs.complete(blob.id, undefined)).toMatchObject({ isComplete: true });
      const empty = newBlob(0);
      await store.blobs.begin(empty);
      expect(await store.blobs.complete(empty.id, undefined)).toMatchObject({ isComplete: true });
      expect(await collect(store.blobs.read(empty.id, 0, -1))).toHaveLength(0);
    });

    test("still has everything, under the same epoch, after it was closed and opened again", async () => {
      const scope = newScope();
      const [row] = await write(store, [person("a", "Ada", scope)]);
      const { epoch } = store;
      store = await under.reopen(store);
      expect(store.epoch).toBe(epoch);
      expect(await store.get(scope, "group", idOf("a"))).toEqual(row);
      const [next] = await write(store, [person("b", "Bo", scope)]);
      expect(next?.seq).toBe(2);
    });
  });
}

const awkwardTexts = [
  '<script>alert("x")</script>',
  "مرحبا بالعالم‏ עברית",
  "👩‍👩‍👧‍👦 🇫🇷 👍🏽 é é",
  "nul:\0:end",
  "lone surrogate: \uD83D",
  'quotes " \\ \n\r\t\u2028\u2029',
  "𝕌𝕟𝕚𝕔𝕠𝕕𝕖 ﷽ Z͑ͫ̓a̴l̶g̷o̸",
];

const EPOCH_MS = Date.parse("2026-01-05T08:00:00.000Z");

function timeAt(minute: number): string {
  return new Date(EPOCH_MS + minute * 60_000).toISOString();
}

function newScope(): Scope {
  return spaceScope(spaceIdSchema.parse(createId()));
}

function newPerson(): PersonId {
  return personIdSchema.parse(createId());
}

function newConversation(): ConversationId {
  return conversationIdSchema.parse(createId());
}

function idOf(name: string): string {
  return `person-${name}`;
}

function person(name: string, displayName: string, scope: Scope): RowWrite {
  const id = idOf(name);
  return { scope, collection: "group", id, op: "put", data: { id, displayName } };
}

function message(
  scope: Scope,
  minute: number,
  more: { conversationId?: ConversationId; threadId?: string } = {},
): RowWrite {
  const id = createId();
  const data = {
    id,
    conversationId: newConversation(),
    body: `message ${minute}`,
    sentAt: timeAt(minute),
    ...more,
  };
  return { scope, collection: "message", id, op: "put", data };
}

function reaction(on: RowWrite, emoji: string): RowWrite {
  const messageId = messageIdSchema.parse(on.id);
  const personId = newPerson();
  const id = reactionId(messageId, personId, emoji);
  const conversationId: unknown = Reflect.get(on.data, "conversationId");
  const data = { id, conversationId, messageId, personId, emoji, createdAt: timeAt(10_000) };
  return { scope: on.scope, collection: "reaction", id, op: "put", data };
}

function newBlob(sizeBytes: number) {
  return {
    id: blobIdSchema.parse(createId()),
    ownerId: newPerson(),
    scope: newScope(),
    name: "plan.pdf",
    mediaType: "application/pdf",
    sizeBytes,
    receivedBytes: 0,
    isComplete: false,
  };
}

function write(store: Store, rows: RowWrite[]): Promise<Envelope[]> {
  return store.transaction((tx) => tx.write(rows));
}

function parse(line: string): Envelope {
  const envelope: Envelope = JSON.parse(line);
  return envelope;
}

async function linesOf(batches: AsyncIterable<StoredLines>): Promise<Envelope[]> {
  const rows: Envelope[] = [];
  for await (const batch of batches) {
    const lines = Buffer.from(batch.bytes)
      .toString()
      .split("\n")
      .filter((line) => line !== "");
    expect(lines).toHaveLength(batch.count);
    const parsed = lines.map(parse);
    expect(Math.max(...parsed.map((row) => row.seq))).toBe(batch.lastSeq);
    rows.push(...parsed);
  }
  return rows;
}

function idsOf(rows: readonly { id: string }[]): string[] {
  return rows.map((row) => row.id);
}

/** What is announced while `act` runs: a last write to a scope of its own shows that everything before it was heard. */
async function listening(store: Store, act: () => Promise<void>): Promise<StoreEvent[]> {
  const heard: StoreEvent[] = [];
  const last = newScope();
  let isOver: () => void;
  const over = new Promise<void>((resolve) => {
    isOver = resolve;
  });
  const stop = store.subscribe((events) => {
    heard.push(...events);
    if (events.some((event) => "scope" in event && event.scope === last)) isOver();
  });
  await act();
  await write(store, [person("last", "Last", last)]);
  await over;
  stop();
  return heard.filter((event) => !("scope" in event && event.scope === last));
}

async function* chunked(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.byteLength; at += 65_536) yield bytes.subarray(at, at + 65_536);
}

async function collect(bytes: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of bytes) chunks.push(chunk);
  return new Uint8Array(Buffer.concat(chunks));
}

/** The same bytes in every run. */
function randomBytes(size: number): Uint8Array {
  const bytes = new Uint8Array(size);
  let state = 2_463_534_242;
  for (let at = 0; at < size; at += 1) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    bytes[at] = state & 0xff;
  }
  return bytes;
}
