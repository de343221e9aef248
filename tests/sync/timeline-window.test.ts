import { afterEach, beforeEach, expect, it } from "vitest";
import { conversationIdSchema, createId } from "#contract/ids.ts";
import { conversationScope } from "#contract/scope.ts";
import { toIsoTime } from "#contract/time.ts";
import type { Cache } from "#renderer/db/cache.ts";
import { messageStream } from "#renderer/db/streams.ts";
import { TimelineWindow } from "#renderer/db/timeline-window.ts";
import { openCache } from "./open-cache.ts";

let cache: Cache;
const conversationId = conversationIdSchema.parse(createId());
const scope = conversationScope(conversationId);
const place = {
  conversationId,
  scope,
  kind: "group" as const,
  name: "",
  topic: "",
  spaceId: null,
  memberIds: [],
  createdAt: toIsoTime(0),
  isArchived: false,
  isWall: false,
  isListed: true,
  conversation: null,
};

async function arrive(from: number, count: number): Promise<void> {
  const stream = messageStream(scope, conversationId);
  const placed = Array.from({ length: count }, (_, index) => {
    const id = String(from + index);
    const sentAt = toIsoTime((from + index) * 1000);
    return { stream, entry: { key: `${sentAt}~${id}`, id, rev: 1, isDeleted: false, data: { sentAt } } };
  });
  await cache.store.apply(placed);
}

beforeEach(async () => {
  cache = await openCache();
});

afterEach(() => {
  cache.close();
});

it("a window left open at the live end lets its oldest messages go, and grows back when asked", async () => {
  await arrive(0, 60);
  const window = new TimelineWindow(cache, { conversationId, at: "end", count: 50 });
  const read = () => window.read(cache.createReader(), place);
  expect(await read()).toHaveLength(50);
  await arrive(60, 1000);
  expect(await read()).toHaveLength(1050);
  await arrive(1060, 1);
  const trimmed = await read();
  expect(trimmed).toHaveLength(50);
  expect(trimmed.at(-1)?.id).toBe("1060");
  expect(await window.hasCachedOlder(place)).toBe(true);
  expect(await window.growOlder(place, 100)).toBe(100);
  expect(await read()).toHaveLength(150);
});
