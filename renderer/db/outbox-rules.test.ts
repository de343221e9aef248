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

it("a scheduled message that waits for its files holds up neither markers nor other articles", () => {
  const lanes = [
    mutation("message.schedule", { id: "1" }),
    mutation("scheduledMessage.remove", { id: "1" }),
    mutation("article.save", { id: "2" }),
    mutation("readMarker.set", { conversationId }),
  ].map(laneOf);
  expect(lanes).toEqual(["scheduled:1", "scheduled:1", "article:2", scope]);
});
