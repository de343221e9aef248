import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { messageParts } from "#contract/collections.ts";
import {
  conversationIdSchema,
  createId,
  libraryNameKey,
  personIdSchema,
  spaceIdSchema,
  type ConversationId,
} from "#contract/ids.ts";
import { DIRECTORY, personScope, spaceScope, type Scope } from "#contract/scope.ts";
import type { RowWrite, Store, StoredLines } from "./store.ts";

/** What is looked for by more than its id, over any store. */
export function describeLookups(name: string, open: () => Promise<Store>): void {
  describe(`${name}: lookups`, () => {
    let store: Store;
    beforeAll(async () => {
      store = await open();
    });
    afterAll(() => store.close());

    const write = (rows: RowWrite[]) => store.transaction((tx) => tx.write(rows));

    test("every part of a message follows it in the timeline and in the history", async () => {
      const { scope, conversationId } = newPlace();
      const [first, second] = [message(scope, conversationId, 1), message(scope, conversationId, 2)];
      const parts = messageParts.map((collection) => part(collection, first));
      await write([first, second, ...parts]);
      const timeline = await idsIn(store.readTimeline(scope, 100, undefined, 100));
      expect(timeline.slice(0, 2)).toEqual([second.id, first.id]);
      expect(timeline.slice(2).toSorted()).toEqual(idsOf(parts));
      const query = { scope, conversationId, threadId: undefined, before: undefined, limit: 10 };
      const history = await store.readHistory(query);
      expect(history.messages.map((row) => row.id)).toEqual([second.id, first.id]);
      expect(idsOf(history.parts)).toEqual(idsOf(parts));
      for (const { scope: at, collection, id, data } of parts) {
        await write([{ scope: at, collection, id, op: "delete", data }]);
      }
      expect((await store.readHistory(query)).parts).toEqual([]);
      expect(await store.transaction((tx) => tx.newestSentAt(scope))).toBe(timeAt(2));
    });

    test("a part written with its message, or without one, has a place all the same", async () => {
      const { scope, conversationId } = newPlace();
      const lost = message(scope, conversationId, 5);
      await write([part("vote", lost)]);
      expect(await idsIn(store.readTimeline(scope, 100, undefined, 100))).toHaveLength(1);
    });

    test("items of a library are found in their folder, and by their name unless they are in the trash", async () => {
      const [scope, other] = [newPlace().scope, newPlace().scope];
      const folderId = createId();
      const item = (called: string, more: object = {}, at = scope): RowWrite => {
        const id = createId();
        const data = { id, name: called, ...more };
        return { scope: at, collection: "libraryItem", id, op: "put", data };
      };
      const [inside, trashed] = [
        item("Été.txt", { folderId }),
        item("Été.txt", { folderId, trashed: { at: timeAt(1) } }),
      ];
      const rows = [inside, trashed, item("Été.txt"), item("Été.txt", { folderId }, other)];
      await write(rows);
      const key = libraryNameKey(scope, folderId, "E\u0301TE\u0301.TXT");
      await store.transaction(async (tx) => {
        expect(idsOf(await tx.find.children(scope, folderId))).toEqual(idsOf([inside, trashed]));
        expect(idsOf(await tx.find.ofEveryone("libraryItem", key))).toEqual([inside.id]);
      });
      await write([{ ...inside, op: "delete" }]);
      await store.transaction(async (tx) => {
        expect(idsOf(await tx.find.children(scope, folderId))).toEqual([trashed.id]);
        expect(await tx.find.ofEveryone("libraryItem", key)).toEqual([]);
      });
    });

    test("items of the inbox are found by conversation until they are done", async () => {
      const scope = personScope(personIdSchema.parse(createId()));
      const { conversationId } = newPlace();
      const item = (more: object = {}): RowWrite => {
        const id = createId();
        const data = { id, kind: "direct", conversationId, messageId: createId(), ...more };
        return { scope, collection: "notification", id, op: "put", data };
      };
      const [waiting, done, elsewhere] = [
        item(),
        item({ doneAt: timeAt(1) }),
        item({ conversationId: createId() }),
      ];
      await write([waiting, done, elsewhere]);
      const found = () => store.transaction((tx) => tx.find.waiting(scope, conversationId));
      expect(idsOf(await found())).toEqual([waiting.id]);
      await write([{ ...waiting, data: { ...waiting.data, doneAt: timeAt(2) } }]);
      expect(await found()).toEqual([]);
      await write([waiting]);
      expect(idsOf(await found())).toEqual([waiting.id]);
      await write([{ ...waiting, op: "delete", data: { id: waiting.id } }]);
      expect(await found()).toEqual([]);
    });

    const peopleAt = (email: string) =>
      store.transaction(async (tx) => idsOf(await tx.find.ofEveryone("person", email)));

    test("people are found by their e-mail, however it is spelt, until it is another one", async () => {
      const id = personIdSchema.parse(createId());
      const person = (email: string | undefined): RowWrite => ({
        scope: DIRECTORY,
        collection: "person",
        id,
        op: "put",
        data: { id, displayName: "Ada", ...(email === undefined ? {} : { email }) },
      });
      await write([person("Ada.Lookup@Ville.example")]);
      expect(await peopleAt("ada.lookup@ville.example")).toEqual([id]);
      await write([person("autre.lookup@ville.example")]);
      expect(await peopleAt("ada.lookup@ville.example")).toEqual([]);
      await write([person(undefined)]);
      expect(await peopleAt("autre.lookup@ville.example")).toEqual([]);
    });

    test("rows that many people have of one thing are found together, in what is being written too", async () => {
      const scopes = [0, 1, 2].map(() => personScope(personIdSchema.parse(createId())));
      const id = createId();
      const rows = scopes.map((scope): RowWrite => ({
        scope,
        collection: "follow",
        id,
        op: "put",
        data: { id, isFollowed: true },
      }));
      await store.transaction(async (tx) => {
        await tx.write(rows);
        const found = await tx.find.ofEveryone("follow", id);
        expect(found.map((row) => row.scope).toSorted()).toEqual(scopes.toSorted());
        expect(await tx.find.ofEveryone("placeSetting", id)).toEqual([]);
      });
      const [first] = rows;
      if (first === undefined) throw new Error("no row");
      await write([{ ...first, op: "delete", data: { id } }]);
      expect(await store.transaction((tx) => tx.find.ofEveryone("follow", id))).toHaveLength(2);
    });

    test("many rows are read at once, in the order asked for, gaps included", async () => {
      const { scope, conversationId } = newPlace();
      const rows = [1, 2, 3].map((minute) => message(scope, conversationId, minute));
      await write(rows);
      const keys = [...rows.toReversed(), { scope, collection: "message" as const, id: "none\0" }];
      const found = await store.transaction((tx) => tx.find.many(keys));
      expect(found.map((row) => row?.id)).toEqual([...rows.map((row) => row.id).toReversed(), undefined]);
      expect(await store.transaction((tx) => tx.find.many([]))).toEqual([]);
    });

    test("whoever locks rows before changing them loses nothing of what another adds meanwhile", async () => {
      const scope = personScope(personIdSchema.parse(createId()));
      const other = spaceScope(spaceIdSchema.parse(createId()));
      const id = createId();
      const count = async () => {
        await store.transaction(async (tx) => {
          await tx.lockRows([scope, other]);
          const [row] = await tx.find.many([{ scope, collection: "draft", id }]);
          const value = Number(row?.data["count"] ?? 0) + 1;
          await tx.write([{ scope, collection: "draft", id, op: "put", data: { id, count: value } }]);
        });
      };
      await Promise.all(Array.from({ length: 20 }, count));
      expect((await store.get(scope, "draft", id))?.data["count"]).toBe(20);
    });
  });
}

function newPlace() {
  const scope = spaceScope(spaceIdSchema.parse(createId()));
  return { scope, conversationId: conversationIdSchema.parse(createId()) };
}

function timeAt(minute: number): string {
  return new Date(Date.parse("2026-01-05T08:00:00.000Z") + minute * 60_000).toISOString();
}

function message(scope: Scope, conversationId: ConversationId, minute: number): RowWrite {
  const id = createId();
  const data = { id, conversationId, body: "b", sentAt: timeAt(minute) };
  return { scope, collection: "message", id, op: "put", data };
}

function part(collection: (typeof messageParts)[number], on: RowWrite): RowWrite {
  const id = createId();
  const conversationId: unknown = Reflect.get(on.data, "conversationId");
  const data = { id, conversationId, messageId: on.id, votedAt: timeAt(9), createdAt: timeAt(9) };
  return { scope: on.scope, collection, id, op: "put", data };
}

function idsOf(rows: readonly { id: string }[]): string[] {
  return rows.map((row) => row.id).toSorted();
}

async function idsIn(pages: AsyncIterable<StoredLines>): Promise<string[]> {
  const ids: string[] = [];
  for await (const { bytes } of pages) {
    const lines = Buffer.from(bytes).toString().trimEnd().split("\n");
    for (const line of lines) ids.push(String(JSON.parse(line).id));
  }
  return ids;
}
