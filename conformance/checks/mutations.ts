import type { Message } from "#contract/entities/message.ts";
import {
  conversationIdSchema,
  createId,
  directConversationId,
  membershipId,
  messageIdSchema,
  reactionId,
  spaceIdSchema,
} from "#contract/ids.ts";
import type { Envelope } from "#contract/envelope.ts";
import { collections } from "#contract/collections.ts";
import { conversationScope, DIRECTORY, spaceScope } from "#contract/scope.ts";
import { toIsoTime, type IsoTime } from "#contract/time.ts";
import { appliedChanges, changeOf, mutationOf } from "../client.ts";
import { expectEqual, expectFit, expectThat, Failure, show } from "../expect.ts";
import { checks } from "../runner.ts";
import { standingRows, syncAll } from "../sync.ts";
import { messageOf, type Place, type World } from "../world.ts";

async function oneMessage(world: World, body = "Bonjour"): Promise<Place & { message: Message }> {
  const place = await world.group();
  const [message] = await world.send(place, [body]);
  if (message !== undefined) return { ...place, message };
  throw new Failure({ expected: "a message", got: "none", todo: "Apply message.send." });
}

function at(minute: number): IsoTime {
  return toIsoTime(Date.UTC(2030, 0, 1, 0, minute));
}

export const messageChecks = checks("messages", "contract/mutations.ts; contract/entities/message.ts", {
  "message.send makes a message of its sender, kept as sent": async (world) => {
    const { client, personId } = await world.first();
    const body = "Été à Saint-Brieuc 👩🏽‍🚒 <b>gras</b> \u202b עברית \u0000?".replace("\u0000", "");
    const { scope, message } = await oneMessage(world, body);
    expectEqual(
      [message.body, message.authorId, message.version],
      [body, personId, 1],
      "Keep the text to the letter.",
    );
    const row = standingRows(await syncAll(client, scope)).get(`message ${message.id}`);
    expectEqual(row?.data, message, "What sync gives is what `changes` gave.");
  },
  "sentAt is the server's, strictly increasing, whatever the client's clock says": async (world) => {
    const { client } = await world.first();
    const { scope, conversationId } = await world.group();
    const mutations = ["a", "b", "c", "d"].map((body) =>
      mutationOf("message.send", scope, { id: messageIdSchema.parse(createId()), conversationId, body }),
    );
    for (const [index, mutation] of mutations.entries())
      mutation.madeAt = toIsoTime(Date.UTC(2040 - index, 0, 1));
    const results = await client.mutate(...mutations);
    const times = results.map(
      (result) => messageOf(changeOf(appliedChanges(result, "message.send"), "message")).sentAt,
    );
    const isIncreasing = times.every((time, index) => index === 0 || time > (times[index - 1] ?? ""));
    const isNow = times.every((time) => Math.abs(Date.parse(time) - Date.now()) < 86_400_000);
    expectThat(isIncreasing && isNow, {
      expected: "increasing times of today",
      got: show(times),
      todo: "Give sentAt yourself, always after the newest of the conversation; never take it from madeAt.",
    });
  },
  "mentions and attachments travel with the message": async (world) => {
    const { client, personId } = await world.first();
    const { scope, conversationId } = await world.group();
    const mentions = [{ kind: "person" as const, personId }];
    const attachments = [{ name: "délibération.pdf", mediaType: "application/pdf", sizeBytes: 3 }];
    const id = messageIdSchema.parse(createId());
    const args = { id, conversationId, body: `<@${personId}>`, mentions, attachments };
    const message = messageOf(changeOf(await client.apply("message.send", scope, args), "message", id));
    expectEqual(
      [message.mentions, message.attachments],
      [mentions, attachments],
      "Keep mentions and attachments.",
    );
  },
  "a reply counts on the root of its thread": async (world) => {
    const { client } = await world.first();
    const { message: root, ...place } = await oneMessage(world);
    const [reply] = await world.send(place, ["a reply"], root.id);
    expectEqual(reply?.threadId, root.id, "Keep threadId.");
    const row = standingRows(await syncAll(client, place.scope)).get(`message ${root.id}`);
    expectEqual(row?.data["replyCount"], 1, "Count replies on the root of the thread.");
    expectEqual(row?.data["lastReplyAt"], reply?.sentAt, "Note the time of the last reply on the root.");
  },
  "message.edit changes the text and counts the version": async (world) => {
    const { client } = await world.first();
    const { scope, conversationId, message } = await oneMessage(world);
    const args = { id: message.id, conversationId, body: "Bonsoir", baseVersion: 1 };
    const edited = messageOf(
      changeOf(await client.apply("message.edit", scope, args), "message", message.id),
    );
    expectEqual(
      [edited.body, edited.version, edited.sentAt],
      ["Bonsoir", 2, message.sentAt],
      "Edit in place.",
    );
    expectThat(edited.editedAt !== undefined, {
      expected: "editedAt",
      got: "none",
      todo: "Say that it was edited.",
    });
  },
  "each change of a row counts its rev and takes a higher seq": async (world) => {
    const { client } = await world.first();
    const { scope, conversationId, message } = await oneMessage(world);
    const { id } = message;
    const row = async (): Promise<Envelope | undefined> =>
      standingRows(await syncAll(client, scope)).get(`message ${id}`);
    const before = await row();
    expectEqual(before?.rev, 1, "A new row has rev 1 (contract/envelope.ts).");
    await client.apply("message.edit", scope, { id, conversationId, body: "Bonsoir", baseVersion: 1 });
    const after = await row();
    expectEqual(after?.rev, 2, "Each change of a row adds one to its rev: receivers keep the highest.");
    expectThat((after?.seq ?? 0) > (before?.seq ?? 0), {
      expected: `a seq above ${before?.seq ?? 0}`,
      got: String(after?.seq),
      todo: "A change moves its row to the next seq of the scope.",
    });
  },
  "message.delete leaves a trace without content": async (world) => {
    const { client } = await world.first();
    const { scope, conversationId, message } = await oneMessage(world);
    await client.apply("message.delete", scope, { id: message.id, conversationId });
    const row = standingRows(await syncAll(client, scope)).get(`message ${message.id}`);
    expectEqual(row?.data["body"], "", "Empty the body of a deleted message.");
    expectThat(typeof row?.data["deletedAt"] === "string", {
      expected: "deletedAt",
      got: show(row),
      todo: "Keep a deleted message as a trace: a `put` with deletedAt.",
    });
  },
  "reaction.add and reaction.remove, once per person and emoji": async (world) => {
    const { client, personId } = await world.first();
    const { scope, conversationId, message } = await oneMessage(world);
    const args = { messageId: message.id, conversationId, emoji: "🎉" };
    const id = reactionId(message.id, personId, "🎉");
    const first = changeOf(await client.apply("reaction.add", scope, args), "reaction", id);
    expectFit(collections.reaction, first.data, "reactionSchema");
    await client.apply("reaction.add", scope, args);
    const held = [...standingRows(await syncAll(client, scope)).values()].filter(
      (row) => row.collection === "reaction",
    );
    expectEqual(
      held.map((row) => row.id),
      [id],
      "The same reaction twice is one row.",
    );
    const gone = changeOf(await client.apply("reaction.remove", scope, args), "reaction", id);
    expectEqual(gone.op, "delete", "Removing a reaction deletes its row.");
    expectEqual(
      [gone.data["conversationId"], gone.data["messageId"], gone.data["personId"], gone.data["emoji"]],
      [conversationId, message.id, personId, "🎉"],
      "A deleted reaction carries its key fields (contract/envelope.ts).",
    );
  },
});

export const ownAreaChecks = checks("own area", "contract/mutations.ts", {
  "readMarker.set goes forward, and back only on purpose": async (world) => {
    const { client, ownScope } = await world.first();
    const { conversationId } = await world.group();
    const set = async (minute: number, isUnread?: boolean): Promise<unknown> => {
      const args = { conversationId, readAt: at(minute), ...(isUnread === undefined ? {} : { isUnread }) };
      await client.apply("readMarker.set", ownScope, args);
      return standingRows(await syncAll(client, ownScope)).get(`readMarker ${conversationId}`)?.data[
        "readAt"
      ];
    };
    expectEqual(await set(5), at(5), "Set the marker.");
    expectEqual(await set(3), at(5), "Another device that is behind must not move the marker back.");
    expectEqual(await set(3, true), at(3), "isUnread moves it back.");
  },
  "draft.set keeps the last text; an empty one removes it": async (world) => {
    const { client, ownScope } = await world.first();
    const { conversationId } = await world.group();
    for (const body of ["a", "ab"]) await client.apply("draft.set", ownScope, { conversationId, body });
    const key = `draft ${conversationId}`;
    const kept = standingRows(await syncAll(client, ownScope)).get(key);
    expectEqual(kept?.data["body"], "ab", "The last draft to arrive wins.");
    await client.apply("draft.set", ownScope, { conversationId, body: "" });
    expectEqual(
      standingRows(await syncAll(client, ownScope)).get(key),
      undefined,
      "An empty draft is removed.",
    );
  },
  "presence.choose is seen in the directory": async (world) => {
    const { client, personId } = await world.first();
    await client.apply("presence.choose", DIRECTORY, { chosen: { state: "busy" } });
    const row = standingRows(await syncAll(client, DIRECTORY)).get(`presence ${personId}`);
    expectEqual(row?.data["state"], "busy", "Show presence in the directory, by the person's id.");
    await client.apply("presence.choose", DIRECTORY, { chosen: null });
  },
});

export const placeChecks = checks("conversations and spaces", "contract/mutations.ts; contract/scope.ts", {
  "a direct conversation is one, however often it is opened": async (world) => {
    const { client, personId } = await world.first();
    const id = directConversationId(personId, personId);
    const args = { id, kind: "direct" as const, memberIds: [personId] };
    const scope = conversationScope(id);
    const first = changeOf(await client.apply("conversation.open", scope, args), "conversation", id);
    const again = changeOf(await client.apply("conversation.open", scope, args), "conversation", id);
    expectEqual(
      [again.rev, again.seq],
      [first.rev, first.seq],
      "Opening an existing conversation changes nothing.",
    );
  },
  "a direct conversation under another id is refused": async (world) => {
    const { client, personId } = await world.first();
    const id = conversationIdSchema.parse(createId());
    const args = { id, kind: "direct" as const, memberIds: [personId] };
    const [result] = await client.mutate(mutationOf("conversation.open", conversationScope(id), args));
    expectEqual(
      result?.status,
      "rejected",
      "Its id is directConversationId(a, b) (contract/ids.ts), or there are two.",
    );
  },
  "a group conversation is a scope of its own": async (world) => {
    const { client, personId } = await world.first();
    const { scope, conversationId } = await world.group();
    const row = standingRows(await syncAll(client, scope)).get(`conversation ${conversationId}`);
    const conversation = expectFit(collections.conversation, row?.data, "conversationSchema");
    expectEqual([conversation.kind, conversation.memberIds], ["group", [personId]], "Keep kind and members.");
  },
  "space.create makes its creator an animator, channel.create a channel": async (world) => {
    const { client, personId } = await world.first();
    const { spaceId, scope, conversationId } = await world.space();
    const rows = standingRows(await syncAll(client, scope));
    const membership = rows.get(`membership ${membershipId(spaceId, personId)}`);
    expectEqual(membership?.data["role"], "animator", "Its creator animates a new space.");
    expectFit(collections.channel, rows.get(`channel ${conversationId}`)?.data, "channelSchema");
  },
  "a hidden space is not in the directory but in its own scope": async (world) => {
    const { client } = await world.first();
    const { spaceId, scope } = await world.space();
    const key = `space ${spaceId}`;
    expectEqual(
      standingRows(await syncAll(client, DIRECTORY)).get(key),
      undefined,
      "Keep hidden spaces out of it.",
    );
    const row = standingRows(await syncAll(client, scope)).get(key);
    expectFit(collections.space, row?.data, "spaceSchema");
  },
  "messages of a channel live in the scope of its space": async (world) => {
    const { client } = await world.first();
    const place = await world.space();
    const [message] = await world.send(place, ["in a channel"]);
    const row = standingRows(await syncAll(client, place.scope)).get(`message ${message?.id ?? ""}`);
    expectEqual(
      row?.data["conversationId"],
      place.conversationId,
      "A channel's id is its messages' conversationId.",
    );
  },
  "an open space can be joined and left": async (world) => {
    const { client: joiner, personId } = await world.second();
    const { spaceId } = await world.createSpace("open");
    const scope = spaceScope(spaceIdSchema.parse(spaceId));
    await joiner.apply("space.join", scope, { spaceId });
    const rows = standingRows(await syncAll(joiner, scope));
    expectEqual(
      rows.get(`membership ${membershipId(spaceId, personId)}`)?.data["role"],
      "member",
      "Joining makes a member.",
    );
    await joiner.apply("space.leave", scope, { spaceId });
    const { status } = await joiner.call(`/v1/sync?scope=${scope}`);
    expectEqual(status >= 400, true, "Who has left a space reads it no more.");
  },
});
