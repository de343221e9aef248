import { expect, it } from "vitest";
import { conversationIdSchema, createId, mutationIdSchema, personIdSchema } from "#contract/ids.ts";
import type { Mutation } from "#contract/mutations.ts";
import { personScope } from "#contract/scope.ts";
import { toIsoTime } from "#contract/time.ts";
import { coalesce, laneOf } from "./outbox-rules.ts";
import type { OutboxEntry } from "./outbox.ts";

const scope = personScope(personIdSchema.parse(createId()));
const conversationId = conversationIdSchema.parse(createId());

function mutation(name: string, args: Record<string, unknown>): Mutation {
  return { id: mutationIdSchema.parse(createId()), name, scope, args, madeAt: toIsoTime(0) };
}

function waiting(order: number, made: Mutation, attempts = 0): OutboxEntry {
  return { order, mutation: made, status: "waiting", problem: null, attempts, current: null, place: "" };
}

it("of settings that wait only one is sent, with the latest of each choice", () => {
  const entries = [
    waiting(1, mutation("placeSetting.set", { id: "a", isMuted: true, notify: "all" })),
    waiting(2, mutation("placeSetting.set", { id: "a", notify: "none" })),
    waiting(3, mutation("placeSetting.set", { id: "b", isMuted: true })),
  ];
  const made = mutation("placeSetting.set", { id: "a", isFavourite: true });
  const { mutation: sent, replaced } = coalesce(made, entries);
  expect(sent.args).toEqual({ id: "a", isMuted: true, notify: "none", isFavourite: true });
  expect(replaced.map((entry) => entry.order)).toEqual([1, 2]);
});

it("of votes the last counts, and one that was tried stays", () => {
  const first = waiting(1, mutation("vote.set", { conversationId, messageId: "m", optionIds: ["a"] }), 1);
  const second = waiting(2, mutation("vote.set", { conversationId, messageId: "m", optionIds: ["b"] }));
  const made = mutation("vote.set", { conversationId, messageId: "m", optionIds: ["c"] });
  const { mutation: sent, replaced } = coalesce(made, [first, second]);
  expect(sent.args["optionIds"]).toEqual(["c"]);
  expect(replaced).toEqual([second]);
});

it("to mark as unread and to read do not stand for each other, or what was read would stay in the inbox", () => {
  const marker = (readAt: string, more = {}) =>
    mutation("readMarker.set", { conversationId, readAt, ...more });
  const entries = [
    waiting(1, marker("2026-01-03")),
    waiting(2, marker("2026-01-02", { isUnread: true })),
    waiting(3, marker("2026-01-05")),
  ];
  const read = coalesce(marker("2026-01-04"), entries);
  expect(read.mutation.args).toEqual({ conversationId, readAt: "2026-01-05" });
  expect(read.replaced.map((entry) => entry.order)).toEqual([3]);
  const unread = coalesce(marker("2026-01-01", { isUnread: true }), entries);
  expect(unread.mutation.args).toMatchObject({ readAt: "2026-01-01", isUnread: true });
  expect(unread.replaced).toEqual([]);
});

it("how far a thread was read does not go back when it is merged", () => {
  const first = mutation("follow.set", { threadId: "t", readAt: "2026-01-02" });
  const made = mutation("follow.set", { threadId: "t", readAt: "2026-01-01", isFollowed: false });
  const { mutation: sent } = coalesce(made, [waiting(1, first)]);
  expect(sent.args).toEqual({ threadId: "t", readAt: "2026-01-02", isFollowed: false });
});

it("a scheduled message that waits for its files holds up neither markers nor other articles", () => {
  const lanes = [
    mutation("message.schedule", { id: "1" }),
    mutation("scheduledMessage.remove", { id: "1" }),
    mutation("article.save", { id: "2" }),
    mutation("readMarker.set", { conversationId }),
  ].map(laneOf);
  expect(lanes).toEqual(["scheduled:1", "scheduled:1", "article:2", scope]);
});
