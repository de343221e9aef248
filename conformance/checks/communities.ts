import {
  createId,
  joinRequestId,
  membershipId,
  messageIdSchema,
  personalMarkId,
  wallId,
  type MessageId,
} from "#contract/ids.ts";
import { askOf } from "#contract/inbox.ts";
import { notificationSchema, type Notification } from "#contract/entities/notification.ts";
import { ADMINISTRATION, deskScope } from "#contract/scope.ts";
import { mutationOf } from "../client.ts";
import { expectEqual, expectFit, expectPresent, expectThat, show } from "../expect.ts";
import { checks } from "../runner.ts";
import { standingRows, syncAll } from "../sync.ts";
import type { Account, SpacePlace, World } from "../world.ts";

interface SharedSpace extends SpacePlace {
  first: Account;
  second: Account;
}

/** A space that the first account animates and the second is a member of. */
async function shared(world: World): Promise<SharedSpace> {
  const first = await world.first();
  const second = await world.second();
  const place = await world.createSpace("hidden");
  const { personId } = second;
  await first.client.apply("membership.set", place.scope, {
    spaceId: place.spaceId,
    personId,
    role: "member",
  });
  return { ...place, first, second };
}

async function inboxOf({ client, ownScope }: Account): Promise<Notification[]> {
  return [...standingRows(await syncAll(client, ownScope)).values()]
    .filter(({ collection }) => collection === "notification")
    .map(({ data }) => expectFit(notificationSchema, data, "notificationSchema"));
}

function freshId(): MessageId {
  return messageIdSchema.parse(createId());
}

/** A post on the wall; its id. */
async function post({ spaceId, scope, first }: SharedSpace, more: object = {}): Promise<MessageId> {
  const id = messageIdSchema.parse(createId());
  await first.client.apply("message.send", scope, {
    id,
    conversationId: wallId(spaceId),
    body: "Bonjour à l’équipe",
    post: { kind: "post", ...more },
  });
  return id;
}

export const communityChecks = checks("communities", "contract/entities/space.ts, requests.ts", {
  "a space stands in its own scope and has a wall": async (world) => {
    const { first, scope, spaceId } = await shared(world);
    const rows = standingRows(await syncAll(first.client, scope));
    expectPresent(rows.get(`space ${spaceId}`), "the space's row", "Write the space into its own scope too.");
    const wall = rows.get(`channel ${wallId(spaceId)}`);
    expectEqual(
      wall?.data["kind"],
      "wall",
      "Each space has a channel of kind wall with the id wallId(spaceId).",
    );
  },
  "settings changed by two meet field by field": async (world) => {
    const { first, scope, spaceId } = await shared(world);
    const update = (base: object, changes: object) =>
      mutationOf("space.update", scope, { spaceId, base: { ...base }, changes: { ...changes } });
    const results = await first.client.mutate(
      update({ summary: null }, { summary: "Un résumé" }),
      update({ welcome: null }, { welcome: "Bienvenue" }),
      update({ summary: null }, { summary: "Un autre" }),
    );
    expectEqual(
      results.map(({ status }) => status),
      ["applied", "applied", "conflict"],
      "Other fields meet without a conflict; the same field, seen as it no longer is, conflicts.",
    );
    const row = standingRows(await syncAll(first.client, scope)).get(`space ${spaceId}`);
    expectEqual(
      [row?.data["summary"], row?.data["welcome"]],
      ["Un résumé", "Bienvenue"],
      "A conflict changes nothing.",
    );
  },
  "how a space is marked is its animators' to say, and stands wherever the space does": async (world) => {
    const { first, second, scope, spaceId } = await shared(world);
    const change = { spaceId, base: { classification: null }, changes: { classification: "restricted" } };
    const [refused] = await second.client.mutate(mutationOf("space.update", scope, change));
    expectEqual(refused?.status, "rejected", "Members do not say how their space is marked.");
    await first.client.apply("space.update", scope, change);
    const rows = standingRows(await syncAll(second.client, scope));
    expectEqual(
      rows.get(`space ${spaceId}`)?.data["classification"],
      "restricted",
      "The mark is a field of the space's row: clients keep by it what they may keep.",
    );
    const wrong = { spaceId, base: { classification: "restricted" }, changes: { classification: "secret" } };
    const [unknown] = await first.client.mutate(mutationOf("space.update", scope, wrong));
    expectEqual(unknown?.status, "rejected", "Only the levels of contract/classification.ts are known.");
  },
  "joining on request is asked of the animators, and decided once": async (world) => {
    const first = await world.first();
    const second = await world.second();
    const { spaceId, scope } = await world.createSpace("onRequest");
    await second.client.apply("joinRequest.make", second.ownScope, { spaceId, note: "Bonjour" });
    const desk = standingRows(await syncAll(first.client, deskScope(spaceId)));
    const id = joinRequestId(spaceId, second.personId);
    expectEqual(desk.get(`joinRequest ${id}`)?.data["state"], "waiting", "It stands at the space's desk.");
    const asked = (await inboxOf(first)).find(
      ({ kind, object }) => kind === "joinRequest" && show(object).includes(id),
    );
    expectEqual(
      asked === undefined ? "nothing" : askOf(asked),
      "do",
      "Animators have it in their inbox, to do.",
    );
    const decide = (decision: "accepted" | "refused") =>
      mutationOf("joinRequest.decide", deskScope(spaceId), { spaceId, personId: second.personId, decision });
    const results = await first.client.mutate(decide("accepted"), decide("accepted"), decide("refused"));
    expectEqual(
      results.map(({ status }) => status),
      ["applied", "applied", "conflict"],
      "The first decides; the same again changes nothing; another decision conflicts.",
    );
    const members = standingRows(await syncAll(second.client, scope));
    expectPresent(
      members.get(`membership ${membershipId(spaceId, second.personId)}`),
      "the membership",
      "Accepting makes a member.",
    );
    const told = (await inboxOf(second)).some(({ kind }) => kind === "decision");
    expectThat(told, {
      expected: "a decision in the inbox of who asked",
      got: "none",
      todo: "Tell them what became of it.",
    });
  },
  "the desk and the administration are read by those who run them alone": async (world) => {
    const { second, spaceId } = await shared(world);
    for (const scope of [deskScope(spaceId), ADMINISTRATION]) {
      const response = await second.client.call(`/v1/sync?scope=${scope}`);
      expectThat([403, 404].includes(response.status), {
        expected: "403 or 404",
        got: String(response.status),
        todo: `Keep ${scope.split(":")[0]} from whoever does not run it.`,
      });
      await response.body?.cancel();
    }
  },
  "an archived space is read-only until it is restored": async (world) => {
    const { first, scope, spaceId, conversationId } = await shared(world);
    const say = () =>
      mutationOf("message.send", scope, { id: messageIdSchema.parse(createId()), conversationId, body: "…" });
    await first.client.apply("space.archive", scope, { spaceId });
    const [refused] = await first.client.mutate(say());
    expectEqual(refused?.status, "rejected", "Nothing is written in an archived space.");
    await first.client.apply("space.restore", scope, { spaceId });
    const [accepted] = await first.client.mutate(say());
    expectEqual(accepted?.status, "applied", "A restored space can be written in again.");
  },
});

export const feedChecks = checks("walls", "contract/entities/message.ts", {
  "a post is a message of the wall, its comments its thread": async (world) => {
    const place = await shared(world);
    const { second, scope, spaceId } = place;
    const conversationId = wallId(spaceId);
    const id = await post(place, { title: "Bonjour" });
    const commentId = messageIdSchema.parse(createId());
    await second.client.apply("message.send", scope, {
      id: commentId,
      conversationId,
      body: "Oui",
      threadId: id,
    });
    const answerId = messageIdSchema.parse(createId());
    await second.client.apply("message.send", scope, {
      id: answerId,
      conversationId,
      body: "Et non",
      threadId: id,
      replyTo: commentId,
    });
    const rows = standingRows(await syncAll(second.client, scope));
    expectEqual(rows.get(`message ${id}`)?.data["replyCount"], 2, "The post counts its comments.");
    expectEqual(
      rows.get(`message ${answerId}`)?.data["replyTo"],
      commentId,
      "An answer names what it answers.",
    );
  },
  "only posts begin on a wall, and nowhere else": async (world) => {
    const place = await shared(world);
    const { first, scope, spaceId, conversationId } = place;
    const results = await first.client.mutate(
      mutationOf("message.send", scope, {
        id: freshId(),
        conversationId: wallId(spaceId),
        body: "sans post",
      }),
      mutationOf("message.send", scope, {
        id: freshId(),
        conversationId,
        body: "post",
        post: { kind: "post" },
      }),
    );
    expectEqual(
      results.map(({ status }) => status),
      ["rejected", "rejected"],
      "A wall takes posts and comments; other channels take no posts.",
    );
  },
  "a must-read waits in every inbox until it is confirmed": async (world) => {
    const place = await shared(world);
    const { second, scope, spaceId } = place;
    const conversationId = wallId(spaceId);
    const messageId = await post(place, { kind: "article", title: "À lire", isMustRead: true });
    const find = async () => (await inboxOf(second)).find((item) => item.messageId === messageId);
    const item = expectPresent(await find(), "a mustRead item", "Ask every reader of the space.");
    expectEqual([item.kind, item.doneAt], ["mustRead", undefined], "It waits.");
    await second.client.apply("post.acknowledge", scope, { conversationId, messageId });
    expectPresent((await find())?.doneAt, "doneAt", "Confirming settles it.");
    const key = `acknowledgement ${personalMarkId("acknowledgement", messageId, second.personId)}`;
    const rows = standingRows(await syncAll(second.client, scope));
    expectPresent(rows.get(key), "the acknowledgement", "Everyone sees who has read it.");
  },
});

export const inboxChecks = checks("the inbox", "contract/inbox.ts", {
  "what wants to be known is settled by reading, what wants an answer by answering": async (world) => {
    const first = await world.first();
    const second = await world.second();
    const place = await world.group(second);
    const id = messageIdSchema.parse(createId());
    const mentions = [{ kind: "person" as const, personId: second.personId }];
    const sent = await first.client.apply("message.send", place.scope, {
      id,
      conversationId: place.conversationId,
      body: `<@${second.personId}> ?`,
      mentions,
    });
    const readAt = expectPresent(
      sent.find((row) => row.id === id),
      "the message",
      "Give it back.",
    ).data["sentAt"];
    const find = async () => (await inboxOf(second)).find((item) => item.messageId === id);
    await second.client.mutate(
      mutationOf("readMarker.set", second.ownScope, {
        conversationId: place.conversationId,
        readAt: expectFit(notificationSchema.shape.createdAt, readAt, "isoTimeSchema"),
      }),
    );
    expectEqual((await find())?.doneAt, undefined, "A person's mention waits for an answer.");
    await world.send(place, ["Oui"], undefined, second);
    expectPresent((await find())?.doneAt, "doneAt", "Writing in the same place answers it.");
  },
  "an item put off comes back, one done can be undone": async (world) => {
    const second = await world.second();
    const place = await world.group(second);
    const [message] = await world.send(place, ["Bonjour"]);
    const find = async () => (await inboxOf(second)).find((item) => item.messageId === message?.id);
    const ids = [expectPresent(await find(), "an item", "Tell the members of a conversation.").id];
    const snoozedUntil = expectFit(
      notificationSchema.shape.createdAt,
      new Date(Date.now() + 3_600_000).toISOString(),
      "isoTimeSchema",
    );
    await second.client.apply("notification.set", second.ownScope, { ids, snoozedUntil });
    expectEqual((await find())?.snoozedUntil, snoozedUntil, "snoozedUntil is kept.");
    await second.client.apply("notification.set", second.ownScope, { ids, isDone: true, snoozedUntil: null });
    const done = await find();
    expectThat(done?.doneAt !== undefined && done.snoozedUntil === undefined, {
      expected: "done, no longer put off",
      got: show(done),
      todo: "null takes a choice back.",
    });
    await second.client.apply("notification.set", second.ownScope, { ids, isDone: false });
    expectEqual((await find())?.doneAt, undefined, "isDone false opens it again.");
  },
  "nobody sets what others have in their inbox": async (world) => {
    const first = await world.first();
    const second = await world.second();
    const place = await world.group(second);
    await world.send(place, ["Bonjour"]);
    const [item] = await inboxOf(second);
    const { id } = expectPresent(item, "an item", "Tell the members of a conversation.");
    const args = { ids: [id], isDone: true };
    const [inTheirs] = await first.client.mutate(mutationOf("notification.set", second.ownScope, args));
    expectEqual(inTheirs?.status, "rejected", "Another's scope is refused.");
    await first.client.mutate(mutationOf("notification.set", first.ownScope, args));
    const after = (await inboxOf(second)).find((each) => each.id === id);
    expectEqual(after?.doneAt, item?.doneAt, "Their item is as it was.");
  },
});
