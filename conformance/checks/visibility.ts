import { randomBytes } from "node:crypto";
import { notificationSchema, type Notification } from "#contract/entities/notification.ts";
import { createId, directConversationId, messageIdSchema, spaceIdSchema } from "#contract/ids.ts";
import { conversationScope, DIRECTORY } from "#contract/scope.ts";
import { scopeListSchema } from "#contract/sync.ts";
import { mutationOf, type Client } from "../client.ts";
import { EventStream } from "../event-stream.ts";
import { expectEqual, expectFit, expectPresent, expectProblem, expectThat, show } from "../expect.ts";
import { checks } from "../runner.ts";
import { standingRows, syncAll } from "../sync.ts";
import type { Place } from "../world.ts";

const HIDE = "Check on every call that the caller may read the scope, not only when listing scopes.";

async function expectShut(client: Client, { scope, conversationId }: Place): Promise<void> {
  const { scopes } = await client.read("/v1/scopes", scopeListSchema, "scopeListSchema");
  expectThat(!scopes.some((each) => each.scope === scope), {
    expected: `no ${scope}`,
    got: "it is listed",
    todo: HIDE,
  });
  const kinds = ["forbidden", "notFound"] as const;
  await expectProblem(await client.call(`/v1/sync?scope=${scope}`), kinds, HIDE);
  const history = `/v1/history/message?scope=${scope}&conversationId=${conversationId}`;
  await expectProblem(await client.call(history), kinds, HIDE);
  const args = { id: messageIdSchema.parse(createId()), conversationId, body: "intruder" };
  const [result] = await client.mutate(mutationOf("message.send", scope, args));
  expectThat(result?.status === "rejected", { expected: "rejected", got: show(result), todo: HIDE });
}

export const visibilityChecks = checks("visibility", "contract/scope.ts", {
  "a hidden space is closed to others": async (world) => {
    const { client: other } = await world.second();
    const place = await world.space();
    await expectShut(other, place);
    const rows = standingRows(await syncAll(other, DIRECTORY));
    expectEqual(rows.get(`space ${place.spaceId}`), undefined, "Keep hidden spaces out of the directory.");
  },
  "a conversation is closed to those who are not in it": async (world) => {
    const { client: other } = await world.second();
    const place = await world.group();
    await world.send(place, ["between us"]);
    await expectShut(other, place);
  },
  "nobody reads or writes another person's own area": async (world) => {
    const { ownScope, personId } = await world.first();
    const { client: other } = await world.second();
    await expectProblem(await other.call(`/v1/sync?scope=${ownScope}`), ["forbidden", "notFound"], HIDE);
    const conversationId = directConversationId(personId, personId);
    const [result] = await other.mutate(mutationOf("draft.set", ownScope, { conversationId, body: "x" }));
    expectThat(result?.status === "rejected", { expected: "rejected", got: show(result), todo: HIDE });
  },
  "files are closed with their scope": async (world) => {
    const { client } = await world.first();
    const { client: other } = await world.second();
    const { scope } = await world.group();
    const path = `/v1/blobs/${createId()}`;
    await client.call(`${path}?scope=${scope}`, { method: "PUT", body: randomBytes(10) });
    await expectProblem(await other.call(path), ["notFound", "forbidden"], HIDE);
  },
  "events of what one may not read do not come": async (world) => {
    const other = await world.second();
    const closed = await world.group();
    const shared = await world.group(other);
    const stream = await EventStream.open(other.client);
    try {
      await stream.wait("hello", "the first frame");
      await world.send(closed, ["not for you"]);
      const [open] = await world.send(shared, ["for you"]);
      await stream.wait("change", "of the shared conversation", ({ id }) => id === open?.id);
      const leaked = stream.all("change").filter(({ data }) => data.scope === closed.scope);
      expectEqual(leaked, [], "Filter live events by scope for each connection.");
    } finally {
      stream.close();
    }
  },
  "both people of a direct conversation read it, and find it as one": async (world) => {
    const first = await world.first();
    const second = await world.second();
    const id = directConversationId(first.personId, second.personId);
    const scope = conversationScope(id);
    const memberIds = [first.personId, second.personId];
    await first.client.apply("conversation.open", scope, { id, kind: "direct", memberIds });
    await second.client.apply("conversation.open", scope, {
      id,
      kind: "direct",
      memberIds: memberIds.toReversed(),
    });
    const [message] = await world.send({ scope, conversationId: id }, ["Bonjour, ceci est un essai."]);
    const rows = standingRows(await syncAll(second.client, scope));
    expectEqual(rows.get(`message ${message?.id ?? ""}`)?.data["authorId"], first.personId, "Both read it.");
  },
  "a mention is notified to the person mentioned, who marks it done": async (world) => {
    const { client } = await world.first();
    const { client: other, personId, ownScope } = await world.second();
    const { scope, conversationId } = await world.group(await world.second());
    const id = messageIdSchema.parse(createId());
    const mentions = [{ kind: "person" as const, personId }];
    await client.apply("message.send", scope, { id, conversationId, body: `<@${personId}>`, mentions });
    const notified = async (): Promise<Notification | undefined> =>
      [...standingRows(await syncAll(other, ownScope)).values()]
        .filter(({ collection }) => collection === "notification")
        .map(({ data }) => expectFit(notificationSchema, data, "notificationSchema"))
        .find(({ messageId }) => messageId === id);
    const todo =
      "Write a notification into the own area of everyone mentioned (contract/entities/notification.ts).";
    const notification = expectPresent(await notified(), "a notification of the message", todo);
    await other.apply("notification.set", ownScope, { ids: [notification.id], isDone: true });
    expectPresent((await notified())?.doneAt, "doneAt", "notification.set notes when it was done.");
  },
  "nobody edits or deletes what others wrote in a conversation": async (world) => {
    const second = await world.second();
    const place = await world.group(second);
    const [message] = await world.send(place, ["mine"]);
    const id = messageIdSchema.parse(message?.id);
    const { conversationId, scope } = place;
    const results = await second.client.mutate(
      mutationOf("message.edit", scope, { id, conversationId, body: "yours", baseVersion: 1 }),
      mutationOf("message.delete", scope, { id, conversationId }),
    );
    const todo = "Only its author edits a message; who may delete others' is for the space to say.";
    expectEqual(
      results.map(({ status }) => status),
      ["rejected", "rejected"],
      todo,
    );
  },
});

export const revocationChecks = checks(
  "revocation",
  "contract/events.ts; contract/mutations.ts, membership.*",
  {
    "who is added hears scopeAdded and reads all; who is removed hears scopeRemoved and reads nothing":
      async (world) => {
        const { client } = await world.first();
        const { client: other, personId } = await world.second();
        const place = await world.space();
        const { spaceId, scope } = place;
        const [old] = await world.send(place, ["before you came"]);
        const stream = await EventStream.open(other);
        try {
          await stream.wait("hello", "the first frame");
          await client.apply("membership.set", scope, { spaceId, personId, role: "member" });
          await stream.wait("scopeAdded", scope, (data) => data.scope === scope);
          const rows = standingRows(await syncAll(other, scope));
          expectThat(rows.has(`message ${old?.id ?? ""}`), {
            expected: "what was written before",
            got: "nothing",
            todo: "A member reads the whole scope.",
          });
          await client.apply("membership.remove", scope, { spaceId, personId });
          await stream.wait("scopeRemoved", scope, (data) => data.scope === scope);
          const afterwards = stream.received.length;
          const [secret] = await world.send(place, ["after you left"]);
          await expectShut(other, place);
          const heard = stream.received
            .slice(afterwards)
            .filter(({ data }) => show(data).includes(secret?.id ?? "?"));
          expectEqual(heard, [], "After scopeRemoved, no change of the scope is sent.");
        } finally {
          stream.close();
        }
      },
    "only animators add people": async (world) => {
      const { client, personId: owner } = await world.first();
      const { client: other, personId } = await world.second();
      const place = await world.createSpace("hidden");
      const spaceId = spaceIdSchema.parse(place.spaceId);
      await client.apply("membership.set", place.scope, { spaceId, personId, role: "member" });
      const [result] = await other.mutate(
        mutationOf("membership.set", place.scope, { spaceId, personId, role: "animator" }),
        mutationOf("membership.remove", place.scope, { spaceId, personId: owner }),
      );
      expectThat(result?.status === "rejected", {
        expected: "rejected",
        got: show(result),
        todo: "Check on the server who animates the space.",
      });
      await other.apply("space.leave", place.scope, { spaceId });
    },
  },
);
