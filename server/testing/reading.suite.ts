import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { capabilitiesSchema } from "#contract/capabilities.ts";
import { createId } from "#contract/ids.ts";
import { problemSchema } from "#contract/problem.ts";
import { DIRECTORY, personScope, scopeSchema, type Scope } from "#contract/scope.ts";
import { addReaders, loadRows } from "../seed/load-rows.ts";
import type { RowWrite, Store } from "../store/store.ts";
import { TestWorkplace, type TestPerson } from "./workplace.ts";

/** The reading side of the contract, over any store. */
export function describeReading(name: string, open: () => Promise<Store>): void {
  describe(`${name}: reading`, () => {
    let workplace: TestWorkplace;
    let ada: TestPerson;
    let bo: TestPerson;
    let call: (path: string, headers?: Record<string, string>) => Promise<Response>;
    beforeAll(async () => {
      workplace = await TestWorkplace.open(await open());
      call = async (path, headers = {}) =>
        workplace.app.fetch(new Request(`http://parvis.test${path}`, { headers }));
      ada = await workplace.person("Ada");
      bo = await workplace.person("Bo");
    });
    afterAll(async () => {
      await workplace.app.close();
      await workplace.store.close();
    });

    test("says what it is to anybody", async () => {
      const response = await workplace.app.fetch(new Request("http://parvis.test/v1/capabilities"));
      const capabilities = capabilitiesSchema.parse(await response.json());
      expect(capabilities).toMatchObject({ service: "parvis", epoch: workplace.store.epoch });
    });

    test("answers everything wrong with a problem that names its kind", async () => {
      expect(await problemOf(await call("/v1/me"))).toMatchObject({ kind: "signInRequired", status: 401 });
      const forged = { authorization: "Bearer forged" };
      expect(await problemOf(await call("/v1/me", forged))).toMatchObject({ kind: "signInRequired" });
      expect(await problemOf(await call("/nowhere"))).toMatchObject({ kind: "notFound", status: 404 });
      expect(await problemOf(await ada.get("/v1/nowhere"))).toMatchObject({ kind: "notFound" });
      expect(await problemOf(await ada.get("/v1/sync?scope=moon"))).toMatchObject({ kind: "badRequest" });
      expect(await problemOf(await ada.post("/v1/mutations", { mutations: [] }))).toMatchObject({
        kind: "badRequest",
        pointer: "mutations",
      });
      const old = await ada.get("/v1/me", { "parvis-contract": "0" });
      expect(old.status).toBe(426);
      expect(await problemOf(old)).toMatchObject({ kind: "contractTooOld" });
      const newer = await ada.get("/v1/me", { "parvis-contract": "9" });
      expect(await newer.json()).toEqual({ personId: ada.id });
    });

    test("lists the caller's scopes, their own and the directory first", async () => {
      const space = await filledSpace(1, [ada]);
      const response = await ada.get("/v1/scopes");
      expect(await response.json()).toEqual({
        scopes: [
          { scope: personScope(ada.id), head: 0 },
          { scope: DIRECTORY, head: await workplace.store.head(DIRECTORY) },
          { scope: space, head: 1 },
        ],
      });
      for (const path of [`/v1/sync?scope=${space}`, `/v1/sync?scope=${personScope(ada.id)}`]) {
        expect(await problemOf(await bo.get(path))).toMatchObject({ kind: "forbidden" });
      }
      const history = await bo.get(`/v1/history/message?scope=${space}&conversationId=${createId()}`);
      expect(await problemOf(history)).toMatchObject({ kind: "forbidden" });
    });

    test("a snapshot can be cut after any mark and resumed there without missing a row", async () => {
      const space = await filledSpace(1300, [ada], 30);
      const whole = await ada.syncPage({ scope: space });
      expect(whole.rows).toHaveLength(1330);
      expect(whole.marks[0]).toMatchObject({ total: 1330, seq: 0 });
      expect(whole.marks.at(-1)).toMatchObject({ isEnd: true, seq: 1330 });
      expect(whole.rows.slice(0, 30).every((row) => row.collection === "channel")).toBe(true);
      const times = whole.rows.slice(30).map((row) => String(row.data["sentAt"]));
      expect(times).toEqual(times.toSorted().toReversed());

      for (const mark of whole.marks) {
        const rest = await ada.syncPage({ scope: space, cursor: mark.cursor });
        const before = await idsBefore(space, mark.cursor);
        const ids = new Set([...before, ...rest.rows.map((row) => row.id)]);
        expect(ids.size).toBe(1330);
        expect(rest.rows.length).toBe(1330 - before.length);
      }
    });

    /** Ids of the rows that come before this mark in a whole answer. */
    async function idsBefore(scope: Scope, cursor: string): Promise<string[]> {
      const response = await ada.get(`/v1/sync?scope=${scope}`);
      const lines = (await response.text()).split("\n");
      const at = lines.findIndex((line) => line.includes(`"cursor":"${cursor}"`));
      return lines.slice(0, at).flatMap((line) => /^\{"scope".*?"id":"([^"]+)"/.exec(line)?.[1] ?? []);
    }

    test("gives small pages that add up to the same as a large one", async () => {
      const space = await filledSpace(700, [ada], 10);
      const ids: string[] = [];
      let cursor: string | undefined;
      for (let page = 0; page < 20; page += 1) {
        const query = { scope: space, limit: "90", ...(cursor === undefined ? {} : { cursor }) };
        const { rows, marks } = await ada.syncPage(query);
        expect(rows.length).toBeLessThanOrEqual(90);
        ids.push(...rows.map((row) => row.id));
        cursor = marks.at(-1)?.cursor;
        if (marks.at(-1)?.isEnd === true) break;
      }
      expect(new Set(ids).size).toBe(710);
      expect(ids).toHaveLength(710);
    });

    test("keeps to the timeline asked for, says that there is more, and history has it", async () => {
      const space = await filledSpace(120, [ada]);
      const { rows, marks } = await ada.syncPage({ scope: space, timeline: "50" });
      expect(rows).toHaveLength(50);
      expect(marks.some((mark) => mark.hasOlder === true)).toBe(true);
      const oldest = rows.at(-1);
      const conversationId = String(oldest?.data["conversationId"]);
      const before = `${String(oldest?.data["sentAt"])}~${oldest?.id}`;
      const query = new URLSearchParams({ scope: space, conversationId, before, limit: "60" });
      const response = await ada.get(`/v1/history/message?${query.toString()}`);
      const lines = (await response.text()).trim().split("\n").map(parseLine);
      expect(lines).toHaveLength(61);
      expect(lines.at(-1)).toEqual({ history: { hasOlder: true } });
      expect(new Set([...rows, ...lines].map((line) => line["id"]))).toHaveProperty("size", 111);
    });

    test("sends what changed during the snapshot after it, and only that from a tail cursor", async () => {
      const space = await filledSpace(600, [ada]);
      const first = await ada.syncPage({ scope: space, limit: "100" });
      const changed = first.rows[0];
      if (changed === undefined) throw new Error("no row");
      const data = { ...changed.data, body: "changed meanwhile" };
      await loadRows(workplace.store, [
        { scope: space, collection: "message", id: changed.id, op: "put", data },
      ]);
      const cursor = first.marks.at(-1)?.cursor ?? "";
      const rest = await ada.syncPage({ scope: space, cursor });
      expect(rest.rows.at(-1)).toMatchObject({ id: changed.id, rev: 2, seq: 601, data });
      const end = rest.marks.at(-1)?.cursor ?? "";
      const nothing = await ada.syncPage({ scope: space, cursor: end });
      expect(nothing).toMatchObject({ rows: [], marks: [{ isEnd: true, seq: 601 }] });
    });

    test("refuses a cursor of other data, from the future, or made up", async () => {
      const space = await filledSpace(5, [ada]);
      const { marks } = await ada.syncPage({ scope: space });
      const cursor = marks.at(-1)?.cursor ?? "";
      const ahead = cursor.replace(/\d+$/, "999999");
      const foreign = cursor.replace(/^[^.]+/, "00000000-0000-4000-8000-000000000000");
      for (const bad of [ahead, foreign, "nonsense", `${cursor}.x`.slice(0, 12)]) {
        const response = await ada.get(`/v1/sync?scope=${space}&cursor=${encodeURIComponent(bad)}`);
        expect(response.status).toBe(410);
        expect(await problemOf(response)).toMatchObject({ kind: "cursorExpired" });
      }
    });

    /** A space with messages of one conversation, and some small rows. */
    async function filledSpace(messages: number, readers: TestPerson[], small = 0): Promise<Scope> {
      const space = scopeSchema.parse(`space:${createId()}`);
      const conversationId = createId();
      const rows: RowWrite[] = [];
      for (let index = 0; index < messages; index += 1) {
        const id = createId();
        const sentAt = new Date(Date.parse("2026-01-01T00:00:00.000Z") + index * 1000).toISOString();
        const data = { id, conversationId, authorId: ada.id, body: `message ${index}`, sentAt, version: 1 };
        rows.push({ scope: space, collection: "message", id, op: "put", data });
      }
      for (let index = 0; index < small; index += 1) {
        const id = createId();
        rows.push({ scope: space, collection: "channel", id, op: "put", data: { id, name: "C" } });
      }
      await loadRows(workplace.store, rows);
      const ids = readers.map((reader) => reader.id);
      await addReaders(workplace.store, space, ids);
      return space;
    }
  });
}

function parseLine(line: string): Record<string, unknown> {
  const value: Record<string, unknown> = JSON.parse(line);
  return value;
}

async function problemOf(response: Response) {
  expect(response.headers.get("content-type")).toBe("application/problem+json");
  return problemSchema.parse(await response.json());
}
