import { createId, messageIdSchema } from "#contract/ids.ts";
import { conversationScope } from "#contract/scope.ts";
import type { Mutation, MutationResult } from "#contract/mutations.ts";
import type { ProblemKind } from "#contract/problem.ts";
import { anyMutation, appliedChanges, changeOf, mutationOf } from "../client.ts";
import { expectEqual, expectThat, show } from "../expect.ts";
import { checks } from "../runner.ts";
import { envelopesOf, standingRows, syncAll } from "../sync.ts";
import { messageOf, type Place, type World } from "../world.ts";

function sending({ scope, conversationId }: Place, body: string): Mutation {
  return mutationOf("message.send", scope, { id: messageIdSchema.parse(createId()), conversationId, body });
}

function expectRejected(
  result: MutationResult | undefined,
  kinds: readonly ProblemKind[],
  todo: string,
): void {
  const isRight = result?.status === "rejected" && kinds.includes(result.error.kind);
  expectThat(isRight, { expected: `rejected with ${kinds.join(" or ")}`, got: show(result), todo });
}

async function messageCount(world: World, place: Place): Promise<number> {
  const { client } = await world.first();
  const rows = standingRows(await syncAll(client, place.scope));
  return [...rows.values()].filter(({ collection }) => collection === "message").length;
}

const ONCE = "Remember every mutation id for ever, in the same transaction as its effect.";

export const idempotenceChecks = checks("idempotence", "contract/mutations.ts, mutationSchema.id", {
  "a mutation sent again is carried out once and answered alike": async (world) => {
    const { client } = await world.first();
    const place = await world.group();
    const mutation = sending(place, "once");
    const [first] = await client.mutate(mutation);
    const [again] = await client.mutate(mutation);
    const before = changeOf(appliedChanges(first, "message.send"), "message");
    const after = changeOf(appliedChanges(again, "message.send"), "message");
    expectEqual([after.rev, after.seq, after.id], [before.rev, before.seq, before.id], ONCE);
    expectEqual(await messageCount(world, place), 1, ONCE);
  },
  "twice in one request is once": async (world) => {
    const { client } = await world.first();
    const place = await world.group();
    const mutation = sending(place, "twice");
    const results = await client.mutate(mutation, mutation);
    expectEqual(
      results.map(({ status }) => status),
      ["applied", "applied"],
      ONCE,
    );
    expectEqual(await messageCount(world, place), 1, ONCE);
  },
  "twenty times at the same moment is once": async (world) => {
    const { client } = await world.first();
    const place = await world.group();
    const mutation = sending(place, "at once");
    const answers = await Promise.all(Array.from({ length: 20 }, () => client.mutate(mutation)));
    const revs = answers.map(([result]) => changeOf(appliedChanges(result, "message.send"), "message").rev);
    expectEqual([...new Set(revs)], [1], ONCE);
    expectEqual(await messageCount(world, place), 1, ONCE);
  },
  "an effect that was undone since is not done again": async (world) => {
    const { client } = await world.first();
    const place = await world.group();
    const [message] = await world.send(place, ["react to me"]);
    const args = {
      messageId: messageIdSchema.parse(message?.id),
      conversationId: place.conversationId,
      emoji: "👀",
    };
    const adding = mutationOf("reaction.add", place.scope, args);
    await client.mutate(adding);
    await client.apply("reaction.remove", place.scope, args);
    await client.mutate(adding);
    const rows = [...standingRows(await syncAll(client, place.scope)).values()];
    expectEqual(
      rows.filter(({ collection }) => collection === "reaction"),
      [],
      ONCE,
    );
  },
  "what was rejected stays rejected": async (world) => {
    const { client } = await world.first();
    const { scope, conversationId } = await world.group();
    const mutation = anyMutation("message.send", scope, { id: "no id", conversationId, body: "x" });
    const [first] = await client.mutate(mutation);
    const [again] = await client.mutate(mutation);
    expectEqual([first?.status, again?.status], ["rejected", "rejected"], ONCE);
  },
});

export const conflictChecks = checks(
  "conflicts",
  "contract/mutations.ts, message.edit; mutationResultSchema",
  {
    "an edit of a text that has changed meanwhile conflicts, with the row as it stands": async (world) => {
      const { client } = await world.first();
      const place = await world.group();
      const [message] = await world.send(place, ["first"]);
      const id = messageIdSchema.parse(message?.id);
      const edit = (body: string): Mutation =>
        mutationOf("message.edit", place.scope, {
          id,
          conversationId: place.conversationId,
          body,
          baseVersion: 1,
        });
      await client.mutate(edit("from the desk"));
      const late = edit("from the train");
      for (const [result] of [await client.mutate(late), await client.mutate(late)]) {
        expectThat(result?.status === "conflict", {
          expected: "conflict, the second time too",
          got: show(result),
          todo: "Compare baseVersion with the message's version before writing.",
        });
        expectEqual(
          messageOf(result.current).body,
          "from the desk",
          "`current` is the row that stands in the way.",
        );
      }
      const row = standingRows(await syncAll(client, place.scope)).get(`message ${id}`);
      expectEqual(row?.data["body"], "from the desk", "A conflict changes nothing.");
    },
  },
);

export const rejectionChecks = checks("rejections", "contract/mutations.ts, mutationResultSchema", {
  "an unknown mutation is rejected as unsupported, its neighbours are carried out": async (world) => {
    const { client } = await world.first();
    const place = await world.group();
    const unknown = anyMutation("teapot.brew", place.scope, {});
    const [before, between, after] = await client.mutate(sending(place, "a"), unknown, sending(place, "b"));
    expectEqual([before?.status, after?.status], ["applied", "applied"], "Judge each mutation by itself.");
    expectRejected(
      between,
      ["unsupported"],
      "Reject names you do not know, one by one: newer clients send them.",
    );
  },
  "arguments that do not fit are rejected": async (world) => {
    const { client } = await world.first();
    const { scope, conversationId } = await world.group();
    const [result] = await client.mutate(anyMutation("message.send", scope, { conversationId, body: 3 }));
    expectRejected(result, ["badRequest"], "Parse args with the schema of their mutation.");
  },
  "a message over the limit is rejected, one at the limit is not": async (world) => {
    const { client } = await world.first();
    const { limits } = await world.capabilities();
    const place = await world.group();
    // Two bytes each in UTF-8.
    const atLimit = "é".repeat(Math.floor(limits.messageBytes / 2));
    const [fits, tooLong] = await client.mutate(sending(place, atLimit), sending(place, `${atLimit}éé`));
    appliedChanges(fits, "message.send");
    expectRejected(
      tooLong,
      ["tooLarge"],
      "Count the bytes of the body in UTF-8 against limits.messageBytes.",
    );
  },
  "writing where there is nothing is rejected": async (world) => {
    const { client } = await world.first();
    const { conversationId } = await world.group();
    const elsewhere = {
      scope: conversationScope(conversationId),
      conversationId: messageIdSchema.parse(createId()),
    };
    const mutation = anyMutation("message.send", elsewhere.scope, {
      id: createId(),
      conversationId: elsewhere.conversationId,
      body: "x",
    });
    const [result] = await client.mutate(mutation);
    expectRejected(
      result,
      ["notFound", "forbidden", "badRequest"],
      "The conversation must exist in the scope named.",
    );
  },
  "a refused mutation changes nothing": async (world) => {
    const { client } = await world.first();
    const place = await world.group();
    const before = envelopesOf(await syncAll(client, place.scope)).length;
    await client.mutate(
      anyMutation("teapot.brew", place.scope, {}),
      anyMutation("message.edit", place.scope, {}),
    );
    expectEqual(
      envelopesOf(await syncAll(client, place.scope)).length,
      before,
      "Undo what a refused mutation began.",
    );
  },
});

export const unknownChecks = checks("unknown fields", "contract/entities/*.ts (loose objects)", {
  "fields of a later contract are no reason to refuse": async (world) => {
    const { client } = await world.first();
    const { scope, conversationId } = await world.group();
    const args = { id: createId(), conversationId, body: "from tomorrow", xTomorrow: { mood: 1 } };
    const [result] = await client.mutate({ ...anyMutation("message.send", scope, args), xAlso: true });
    appliedChanges(result, "message.send");
  },
  "unknown fields inside what is kept survive": async (world) => {
    const { client } = await world.first();
    const { scope, conversationId } = await world.group();
    const attachments = [{ name: "plan.pdf", xPages: 3 }];
    const args = { id: createId(), conversationId, body: "see there", attachments };
    const [result] = await client.mutate(anyMutation("message.send", scope, args));
    const { attachments: kept } = messageOf(changeOf(appliedChanges(result, "message.send"), "message"));
    expectEqual(kept, attachments, "Store rows whole: a field you do not know may matter to a newer client.");
  },
});
