import { collections, isCollectionName } from "#contract/collections.ts";
import { messageSchema } from "#contract/entities/message.ts";
import type { Envelope } from "#contract/envelope.ts";
import { createId, spaceIdSchema } from "#contract/ids.ts";
import { DIRECTORY, spaceScope, type Scope } from "#contract/scope.ts";
import { scopeListSchema } from "#contract/sync.ts";
import { changeOf, type Client } from "../client.ts";
import {
  expectEqual,
  expectFit,
  expectPresent,
  expectProblem,
  expectThat,
  Failure,
  show,
} from "../expect.ts";
import { checks } from "../runner.ts";
import {
  envelopesOf,
  isTimeline,
  lastMark,
  marksOf,
  standingRows,
  syncAll,
  syncOnce,
  type SyncLine,
} from "../sync.ts";
import type { Place, World } from "../world.ts";

/** A place with threads of rows of every kind that a snapshot orders. */
async function filledPlace(world: World): Promise<Place & { client: Client }> {
  const { client } = await world.first();
  const place = await world.group();
  const messages = await world.send(
    place,
    Array.from({ length: 12 }, (_, index) => `line ${index}`),
  );
  for (const { id } of messages.slice(0, 3)) {
    const args = { messageId: id, conversationId: place.conversationId, emoji: "👍" };
    await client.apply("reaction.add", place.scope, args);
  }
  return { ...place, client };
}

/** Rows as text, to compare two ways of reading them. */
function rowList(lines: readonly SyncLine[]): string[] {
  return [...standingRows(lines)].map(([key, { rev }]) => `${key} rev ${rev}`).sort();
}

export const syncChecks = checks("sync", "contract/sync.ts, GET /v1/sync", {
  "a snapshot ends with a mark that says so": async (world) => {
    const { client } = await world.first();
    const mark = lastMark(await syncAll(client, DIRECTORY));
    expectEqual(mark.isEnd, true, "Set isEnd on the last mark.");
  },
  "one's own person is in the directory": async (world) => {
    const { client, personId } = await world.first();
    const row = standingRows(await syncAll(client, DIRECTORY)).get(`person ${personId}`);
    expectPresent(row, `the person row ${personId}`, "Put everyone with an account into the directory.");
  },
  "every row fits the schema of its collection": async (world) => {
    const { client } = await world.first();
    const { scopes } = await client.read("/v1/scopes", scopeListSchema, "scopeListSchema");
    for (const { scope } of scopes.slice(0, 20)) {
      for (const { collection, id, op, data } of envelopesOf(
        await syncAll(client, scope, { timeline: 300 }),
      )) {
        if (op === "delete" || !isCollectionName(collection)) continue;
        expectFit(collections[collection], data, `collections.${collection}`);
        expectEqual(data["id"], id, `\`data.id\` and \`id\` of a ${collection} row are the same.`);
      }
    }
  },
  "a mark comes at least every 500 lines": async (world) => {
    const { client } = await world.first();
    const { scopes } = await client.read("/v1/scopes", scopeListSchema, "scopeListSchema");
    const largest = [...scopes].sort((a, b) => b.head - a.head)[0]?.scope ?? DIRECTORY;
    let run = 0;
    for (const line of await syncAll(client, largest)) {
      run = "mark" in line ? 0 : run + 1;
      expectThat(run <= 500, {
        expected: "a mark",
        got: `${run} envelopes in a row in ${largest}`,
        todo: "Write a mark after each batch, so that a reader that is cut off keeps what it has.",
      });
    }
  },
  "marks of an unfinished snapshot have seq 0, later ones cover all that was sent": async (world) => {
    const { client, scope } = await filledPlace(world);
    const lines = await syncAll(client, scope, { limit: 4 });
    const newest = Math.max(...envelopesOf(lines).map(({ seq }) => seq));
    const first = marksOf(lines)[0];
    expectEqual(first?.seq, 0, "Until the snapshot is whole, no live event is contained in it.");
    expectThat(lastMark(lines).seq >= newest, {
      expected: `seq of the last mark ≥ ${newest}`,
      got: String(lastMark(lines).seq),
      todo: "The last mark's seq is the seq up to which everything was sent.",
    });
  },
});

export const orderChecks = checks(
  "snapshot order",
  "contract/sync.ts, GET /v1/sync; contract/collections.ts",
  {
    "small rows come before timeline rows": async (world) => {
      const { client, scope } = await filledPlace(world);
      const kinds = envelopesOf(await syncAll(client, scope)).map(isTimeline);
      expectThat(kinds.indexOf(true) > kinds.lastIndexOf(false), {
        expected: "messages and reactions after everything else",
        got: show(kinds.map((timeline) => (timeline ? "timeline" : "small"))),
        todo: "Send small rows first, so that names and channels are there when messages arrive.",
      });
    },
    "messages come newest first": async (world) => {
      const { client, scope } = await filledPlace(world);
      const times = envelopesOf(await syncAll(client, scope))
        .filter(({ collection }) => collection === "message")
        .map(({ data }) => messageSchema.parse(data))
        .map(({ sentAt, id }) => `${sentAt}~${id}`);
      expectEqual(times.length, 12, "All messages sent are in the snapshot.");
      expectEqual(
        times,
        times.toSorted().toReversed(),
        "Order timeline rows of a snapshot by (sentAt, id), newest first.",
      );
    },
    "`timeline` limits the timeline rows, and the mark says that there is older content": async (world) => {
      const { client, scope } = await filledPlace(world);
      const lines = await syncAll(client, scope, { timeline: 2 });
      const timeline = envelopesOf(lines).filter(isTimeline);
      expectThat(timeline.length <= 2, {
        expected: "2 timeline rows at most",
        got: String(timeline.length),
        todo: "Honour `timeline`: older rows are read through history.",
      });
      const says = marksOf(lines).find(({ hasOlder }) => hasOlder !== undefined)?.hasOlder;
      expectEqual(says, true, "Set hasOlder on the mark that ends the snapshot.");
      const whole = marksOf(await syncAll(client, scope)).find(
        ({ hasOlder }) => hasOlder !== undefined,
      )?.hasOlder;
      expectEqual(whole, false, "hasOlder is false when the snapshot had everything.");
    },
  },
);

export const resumeChecks = checks("resume", "contract/sync.ts, GET /v1/sync", {
  "answers of three rows each add up to the whole": async (world) => {
    const { client, scope } = await filledPlace(world);
    const whole = rowList(await syncAll(client, scope));
    for (const limit of [1, 3]) {
      const pieces = rowList(await syncAll(client, scope, { limit }));
      expectEqual(pieces, whole, "Going on from the last mark must miss nothing, whatever the limit.");
    }
  },
  "a reader cut off at any mark misses nothing": async (world) => {
    const { client, scope } = await filledPlace(world);
    const lines = await syncAll(client, scope, { limit: 4 });
    const whole = rowList(lines);
    for (const [index, line] of lines.entries()) {
      if (!("mark" in line)) continue;
      const rest = await syncAll(client, scope, { cursor: line.mark.cursor });
      const both = rowList([...lines.slice(0, index + 1), ...rest]);
      expectEqual(both, whole, `Resuming from ${line.mark.cursor} must bring all that came after this mark.`);
    }
  },
  "rows that change while a snapshot is read arrive in their newest form": async (world) => {
    const { client, scope, conversationId } = await filledPlace(world);
    const start = await syncOnce(client, scope, { limit: 4 });
    const [added] = await world.send({ scope, conversationId }, ["meanwhile"]);
    const message = envelopesOf(await syncAll(client, scope)).find(
      ({ collection }) => collection === "message",
    );
    const known = messageSchema.parse(expectPresent(message, "a message", "Sync messages.").data);
    const args = { id: known.id, conversationId, body: "changed meanwhile", baseVersion: known.version };
    await client.apply("message.edit", scope, args);
    const rest = await syncAll(client, scope, { cursor: lastMark(start).cursor });
    const rows = standingRows([...start, ...rest]);
    expectEqual(
      rows.get(`message ${known.id}`)?.data["body"],
      "changed meanwhile",
      "A row that leaves the snapshot by changing must come in the tail.",
    );
    expectPresent(
      rows.get(`message ${added?.id ?? ""}`),
      "the message sent meanwhile",
      "Append the tail to a snapshot.",
    );
  },
  "from the end on, exactly what changed comes, in order": async (world) => {
    const { client, scope, conversationId } = await filledPlace(world);
    const end = lastMark(await syncAll(client, scope));
    const nothing = await syncAll(client, scope, { cursor: end.cursor });
    expectEqual(envelopesOf(nothing), [], "Without changes there is only a mark.");
    const sent = await world.send({ scope, conversationId }, ["a", "b", "c"]);
    const tail = envelopesOf(await syncAll(client, scope, { cursor: end.cursor }));
    const ids = tail.filter(({ collection }) => collection === "message").map(({ id }) => id);
    expectEqual(
      ids,
      sent.map(({ id }) => id),
      "The tail has the changed rows, oldest change first.",
    );
    expectAscending(tail);
    expectThat(
      tail.every(({ seq }) => seq > end.seq),
      {
        expected: `only seqs above ${end.seq}`,
        got: show(tail.map(({ seq }) => seq)),
        todo: "A change takes the next seq of its scope.",
      },
    );
  },
  "a deletion comes as such": async (world) => {
    const { client, ownScope } = await world.first();
    const { conversationId } = await world.group();
    await client.apply("draft.set", ownScope, { conversationId, body: "begun" });
    const end = lastMark(await syncAll(client, ownScope));
    await client.apply("draft.set", ownScope, { conversationId, body: "" });
    const tail = envelopesOf(await syncAll(client, ownScope, { cursor: end.cursor }));
    const gone = changeOf(tail, "draft", conversationId);
    expectEqual(gone.op, "delete", "Say op `delete`, so that a cache that holds the row drops it.");
    expectEqual(gone.data["id"], conversationId, "`data` of a deletion carries the row's key fields.");
    const fresh = standingRows(await syncAll(client, ownScope));
    expectEqual(fresh.get(`draft ${conversationId}`), undefined, "A fresh snapshot no longer has the row.");
  },
  "a cursor that means nothing here is cursorExpired": async (world) => {
    const { client } = await world.first();
    const response = await client.call(`/v1/sync?scope=${DIRECTORY}&cursor=made-up`);
    await expectProblem(
      response,
      ["cursorExpired"],
      "410 tells a client to start over: any other answer strands it.",
    );
  },
  "a scope that is not there is refused": async (world) => {
    const { client } = await world.first();
    const scope: Scope = spaceScope(spaceIdSchema.parse(createId()));
    const response = await client.call(`/v1/sync?scope=${scope}`);
    await expectProblem(
      response,
      ["forbidden", "notFound"],
      "Answer for unknown scopes as for those of others.",
    );
  },
});

export function expectAscending(envelopes: readonly Envelope[]): void {
  const seqs = envelopes.map(({ seq }) => seq);
  if (seqs.every((seq, index) => index === 0 || seq > (seqs[index - 1] ?? 0))) return;
  throw new Failure({
    expected: "ascending seqs",
    got: show(seqs),
    todo: "Changes of one scope come in the order of their seq, each seq once.",
  });
}
