import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createId, personIdSchema, type PersonId } from "#contract/ids.ts";
import { DIRECTORY } from "#contract/scope.ts";
import { loadRows } from "../seed/load-rows.ts";
import { openSqliteStore } from "../store/sqlite-store.ts";
import type { Store } from "../store/store.ts";
import { EventReader } from "../testing/event-reader.ts";
import type { Connection } from "./connection.ts";
import { EventsHub } from "./events-hub.ts";
import { RecentEvents } from "./recent-events.ts";

let folder: string;
let store: Store;
let hub: EventsHub;
let ada: PersonId;
/** Reading who may read what waits for it. */
let gate: Promise<void>;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "parvis-hub-"));
  store = openSqliteStore({ folder });
  ada = personIdSchema.parse(createId());
  gate = Promise.resolve();
  hub = new EventsHub({
    store: {
      epoch: store.epoch,
      subscribe: (listener) => store.subscribe(listener),
      scopesOf: async (personId) => {
        await gate;
        return store.scopesOf(personId);
      },
    },
    eventsKept: 1000,
    heartbeatMs: 60_000,
  });
});

afterEach(async () => {
  hub.close();
  await store.close();
  rmSync(folder, { recursive: true });
});

const open = (sessionId: string, lastEventId?: string): Promise<Connection> =>
  hub.open({ personId: ada, sessionId, isPresent: true }, lastEventId);
const read = (connection: Connection): EventReader => new EventReader(new Response(connection.body));

async function write(displayName: string, more: object = {}): Promise<void> {
  const id = createId();
  const data = { id, displayName, ...more };
  await loadRows(store, [{ scope: DIRECTORY, collection: "person", id, op: "put", data }]);
}

test("a session that ends while its stream opens leaves nobody connected", async () => {
  const session = { kind: "access", sessionId: "s", personId: ada, generation: 0 } as const;
  await store.accounts.saveSession({ ...session, tokenHash: "t", expiresAtMs: Date.now() + 60_000 });
  const ready = Promise.withResolvers<void>();
  gate = ready.promise;
  const opening = open("s");
  await store.accounts.endSession("s");
  ready.resolve();
  const events = read(await opening);
  expect((await events.next()).event).toBe("signedOut");
  expect((await events.next()).event).toBe("ended");
  expect(hub.connectedPersons()).toEqual([]);
});

test("more than fits into a connection is not resumed but synced, so that coming back gets somewhere", async () => {
  const first = read(await open("s"));
  await first.next();
  await write("début");
  const { id } = await first.next();
  await first.close();
  for (let count = 0; count < 100; count += 1) await write("long", { note: "x".repeat(60_000) });
  const second = read(await open("s", id));
  expect((await second.next()).data["isResumed"]).toBe(false);
  await write("fin");
  expect((await second.next()).data).toMatchObject({ data: { displayName: "fin" } });
  await second.close();
});

test("of too many connections of one person the oldest go, and the person stays connected", async () => {
  const connections: Connection[] = [];
  for (let count = 0; count < 34; count += 1) connections.push(await open("s"));
  expect(connections.map((connection) => connection.isClosed)).toEqual(
    connections.map((_, index) => index < 2),
  );
  expect(hub.isConnected(ada)).toBe(true);
});

test("recent events hold a bounded amount of text, and the newest are always known", () => {
  const recent = new RecentEvents(10_000);
  const frame = "x".repeat(1024 * 1024);
  for (let count = 0; count < 100; count += 1) recent.add({ scope: DIRECTORY }, () => frame);
  expect(recent.after(60)).toBeUndefined();
  expect(recent.after(90)?.map((event) => event.number)).toEqual([91, 92, 93, 94, 95, 96, 97, 98, 99, 100]);
});
