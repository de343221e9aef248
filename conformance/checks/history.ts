import { messageSchema, type Message } from "#contract/entities/message.ts";
import { envelopeSchema, type Envelope } from "#contract/envelope.ts";
import { historyMarkSchema } from "#contract/sync.ts";
import type { Client } from "../client.ts";
import { expectEqual, expectFit, expectPresent, expectProblem, expectStatus, Failure } from "../expect.ts";
import { checks } from "../runner.ts";
import { readNdjson } from "../sync.ts";
import type { Place } from "../world.ts";

interface Page {
  messages: Message[];
  reactions: Envelope[];
  hasOlder: boolean;
}

async function readHistory(client: Client, place: Place, more: Record<string, string> = {}): Promise<Page> {
  const { scope, conversationId } = place;
  const query = new URLSearchParams({ scope, conversationId, ...more });
  const response = await client.call(`/v1/history/message?${query.toString()}`);
  await expectStatus(response, [200], "A reader of the scope gets its history.");
  const lines = await readNdjson(response);
  const mark = expectFit(historyMarkSchema, lines.at(-1), "historyMarkSchema as the last line");
  const envelopes = lines.slice(0, -1).map((line) => expectFit(envelopeSchema, line, "envelopeSchema"));
  const ofKind = (kind: string): Envelope[] => envelopes.filter(({ collection }) => collection === kind);
  return {
    messages: ofKind("message").map(({ data }) => expectFit(messageSchema, data, "messageSchema")),
    reactions: ofKind("reaction"),
    hasOlder: mark.history.hasOlder,
  };
}

const idsOf = (messages: readonly Message[]): string[] => messages.map(({ id }) => id);

export const historyChecks = checks("history", "contract/sync.ts, GET /v1/history/{collection}", {
  "pages go back to the beginning, newest first, without a gap": async (world) => {
    const { client } = await world.first();
    const place = await world.group();
    const sent = await world.send(place, ["1", "2", "3", "4", "5", "6", "7"]);
    const expected = idsOf(sent).toReversed();
    const separators: ((message: Message) => string)[] = [
      ({ sentAt }) => sentAt,
      ({ sentAt, id }) => `${sentAt}~${id}`,
    ];
    for (const placeOf of separators) {
      const read: Message[] = [];
      let page = await readHistory(client, place, { limit: "3" });
      for (let n = 0; n < 10; n += 1) {
        read.push(...page.messages);
        if (!page.hasOlder) break;
        const oldest = expectPresent(
          page.messages.at(-1),
          "messages on a page that has older ones",
          "Fill the page.",
        );
        page = await readHistory(client, place, { limit: "3", before: placeOf(oldest) });
      }
      expectEqual(
        idsOf(read),
        expected,
        "Each page is strictly before `before`, newest first by (sentAt, id).",
      );
    }
  },
  "replies are read with their thread, not with the conversation": async (world) => {
    const { client } = await world.first();
    const place = await world.group();
    const [root] = await world.send(place, ["root"]);
    if (root === undefined)
      throw new Failure({ expected: "a message", got: "none", todo: "Apply message.send." });
    const replies = await world.send(place, ["reply 1", "reply 2"], root.id);
    expectEqual(
      idsOf((await readHistory(client, place)).messages),
      [root.id],
      "Leave replies out without threadId.",
    );
    const thread = await readHistory(client, place, { threadId: root.id });
    expectEqual(
      idsOf(thread.messages),
      idsOf(replies).toReversed(),
      "With threadId, give that thread's replies.",
    );
  },
  "the reactions on the messages sent come along": async (world) => {
    const { client } = await world.first();
    const place = await world.group();
    const [message] = await world.send(place, ["react to me"]);
    if (message === undefined)
      throw new Failure({ expected: "a message", got: "none", todo: "Apply message.send." });
    const args = { messageId: message.id, conversationId: place.conversationId, emoji: "👍" };
    await client.apply("reaction.add", place.scope, args);
    const { reactions } = await readHistory(client, place);
    expectEqual(
      reactions.map(({ data }) => data["messageId"]),
      [message.id],
      "Send the reactions after the messages.",
    );
  },
  "an unknown collection has no history": async (world) => {
    const { client } = await world.first();
    const { scope, conversationId } = await world.group();
    const response = await client.call(`/v1/history/teapot?scope=${scope}&conversationId=${conversationId}`);
    await expectProblem(
      response,
      ["notFound", "badRequest", "unsupported"],
      "Refuse collections without a history.",
    );
  },
});
