import { expect, test } from "vitest";
import { accountIdSchema } from "#contract/account.ts";
import type { Envelope } from "#contract/envelope.ts";
import { createId, libraryShareIdSchema, spaceIdSchema } from "#contract/ids.ts";
import { shareScope, spaceScope } from "#contract/scope.ts";
import { createGateway } from "../gateway/gateway.ts";
import { httpServer } from "../testing/test-server.ts";
import { BackendReader } from "./backend-reader.ts";
import { SpaceLevels } from "./space-levels.ts";

/** A server that has one row, which says how its place is marked: a space, unless another is given. */
async function open(classification: string | undefined, marking: Partial<Envelope> = {}) {
  const spaceId = spaceIdSchema.parse(createId());
  const scope = spaceScope(spaceId);
  const server = { requests: 0, isAway: false };
  const data = {
    id: spaceId,
    name: "Budget",
    kind: "service",
    visibility: "hidden",
    createdAt: "2026-11-23T09:00:00.000Z",
    ...(classification === undefined ? {} : { classification }),
  };
  const row = { scope, seq: 1, collection: "space", id: spaceId, rev: 1, op: "put", data, ...marking };
  const url = await httpServer((_incoming, response) => {
    server.requests += 1;
    response.writeHead(server.isAway ? 503 : 200, { "content-type": "application/x-ndjson" });
    const mark = { cursor: "c", seq: 1, isEnd: true };
    response.end(server.isAway ? "" : `${JSON.stringify(row)}\n${JSON.stringify({ mark })}\n`);
  });
  const gateway = createGateway({
    accounts: { serverUrl: () => url, accessToken: () => Promise.resolve("token") },
  });
  const reader = new BackendReader(gateway, accountIdSchema.parse("a"));
  return { levels: new SpaceLevels(reader, AbortSignal.timeout(10_000)), scope, server };
}

test("a space above the ceiling is, one at it is not, and unmarked is internal; each is asked once", async () => {
  for (const [level, isAbove] of [
    ["confidential", true],
    ["restricted", false],
    [undefined, false],
  ] as const) {
    const { levels, scope, server } = await open(level);
    expect(await levels.isAbove(scope, "restricted")).toBe(isAbove);
    await levels.isAbove(scope, "restricted");
    expect(server.requests).toBe(1);
  }
});

test("what was shared is as its share is marked", async () => {
  for (const [level, isAbove] of [
    ["confidential", true],
    ["internal", false],
  ] as const) {
    const id = libraryShareIdSchema.parse(createId());
    const scope = shareScope(id);
    const { levels } = await open(level, { scope, collection: "libraryShare", id });
    expect(await levels.isAbove(scope, "restricted")).toBe(isAbove);
  }
});

test("without a ceiling nobody is asked", async () => {
  const { levels, scope, server } = await open("confidential");
  expect(await levels.isAbove(scope, null)).toBe(false);
  expect(server.requests).toBe(0);
});

test("a space that cannot be asked is taken for one above", async () => {
  const { levels, scope, server } = await open("public");
  server.isAway = true;
  expect(await levels.isAbove(scope, "restricted")).toBe(true);
});
