import { EVENTS_HEARTBEAT_MS } from "#contract/events.ts";
import { scopeListSchema } from "#contract/sync.ts";
import type { Scope } from "#contract/scope.ts";
import { Client } from "../client.ts";
import { EventStream } from "../event-stream.ts";
import { expectEqual, expectPresent, expectThat, show } from "../expect.ts";
import { checks } from "../runner.ts";
import { envelopesOf, syncAll } from "../sync.ts";
import { expectAscending } from "./sync.ts";

/** Opens a stream, and closes it whatever happens. */
async function listening(
  client: Client,
  use: (stream: EventStream) => Promise<void>,
  headers: Record<string, string> = {},
): Promise<void> {
  const stream = await EventStream.open(client, headers);
  try {
    await stream.wait("hello", "the first frame");
    await use(stream);
  } finally {
    stream.close();
  }
}

function changesIn(stream: EventStream, scope: Scope): { seq: number; id: string; collection: string }[] {
  return stream.all("change").flatMap(({ data }) => (data.scope === scope ? [data] : []));
}

function sortedNames(list: readonly { scope: string }[]): string[] {
  return list.map(({ scope }) => scope).sort();
}

async function expectNotResumed(stream: EventStream): Promise<void> {
  const { data } = await stream.wait("hello", "the first frame");
  expectEqual(data.isResumed, false, "Without isResumed false, the client believes that it missed nothing.");
}

export const eventChecks = checks("events", "contract/events.ts", {
  "hello comes first, with the scopes and the epoch": async (world) => {
    const { client } = await world.first();
    const { epoch } = await world.capabilities();
    await listening(client, async (stream) => {
      expectEqual(stream.received[0]?.event, "hello", "Send hello before anything else.");
      const { data } = await stream.wait("hello", "the first frame");
      expectEqual(data.epoch, epoch, "hello and the capabilities have the same epoch.");
      const { scopes } = await client.read("/v1/scopes", scopeListSchema, "scopeListSchema");
      expectEqual(sortedNames(data.scopes), sortedNames(scopes), "hello lists what /v1/scopes lists.");
    });
  },
  "a change arrives live, as sync gives it, with an id": async (world) => {
    const { client } = await world.first();
    const place = await world.group();
    await listening(client, async (stream) => {
      const [message] = await world.send(place, ["live"]);
      const { data, id } = await stream.wait(
        "change",
        "of the message",
        (change) => change.id === message?.id,
      );
      expectPresent(id, "an id on the change frame", "Give change frames an id, to resume from.");
      const row = envelopesOf(await syncAll(client, place.scope)).find(
        (envelope) => envelope.id === message?.id,
      );
      expectEqual(data, row, "Events and sync carry the same envelope.");
    });
  },
  "changes of a scope come in the order of their seq": async (world) => {
    const { client } = await world.first();
    const place = await world.group();
    await listening(client, async (stream) => {
      const sent = await Promise.all(
        Array.from({ length: 20 }, (_, index) => world.send(place, [`burst ${index}`])),
      );
      const wanted = new Set<string>(sent.flat().map(({ id }) => id));
      const arrived = (): number => changesIn(stream, place.scope).filter(({ id }) => wanted.has(id)).length;
      await stream.until(() => arrived() >= wanted.size, 8000);
      expectEqual(arrived(), wanted.size, "Send every change once.");
      expectAscending(stream.all("change").flatMap(({ data }) => (data.scope === place.scope ? [data] : [])));
    });
  },
  "a new conversation is told as scopeAdded": async (world) => {
    const { client } = await world.first();
    await listening(client, async (stream) => {
      const { scope } = await world.group();
      await stream.wait("scopeAdded", scope, (data) => data.scope === scope);
    });
  },
  "a connection resumed from an event misses nothing, or says that it does": async (world) => {
    const { client } = await world.first();
    const place = await world.group();
    let lastId = "";
    await listening(client, async (stream) => {
      const [message] = await world.send(place, ["before the cut"]);
      lastId = (await stream.wait("change", "before the cut", ({ id }) => id === message?.id)).id ?? "";
    });
    const missed = await world.send(place, ["missed 1", "missed 2", "missed 3"]);
    await listening(
      client,
      async (stream) => {
        const { data } = await stream.wait("hello", "after the cut");
        if (!data.isResumed) return;
        const [live] = await world.send(place, ["live again"]);
        await stream.wait("change", "live again", ({ id }) => id === live?.id);
        // A backend may write other rows with a message, such as the sender's receipt.
        const changes = changesIn(stream, place.scope).filter(({ collection }) => collection === "message");
        const ids = changes.map(({ id }) => id);
        const expected: (string | undefined)[] = [...missed.map(({ id }) => id), live?.id];
        expectEqual(
          ids,
          expected,
          "With isResumed true, all that came after Last-Event-ID is sent, in order.",
        );
      },
      { "last-event-id": lastId },
    );
  },
  "an event id that means nothing here is not resumed": async (world) => {
    const { client } = await world.first();
    await listening(client, expectNotResumed, { "last-event-id": "made-up" });
  },
  "a revoked session hears signedOut, and its connection ends": async (world) => {
    const tokens = await world.signIn(world.firstCredentials());
    const client = new Client(world.url, tokens.access_token);
    await listening(client, async (stream) => {
      await world.nobody.call("/v1/token/revoke", { json: { token: tokens.refresh_token } });
      await stream.wait("signedOut", "after the revocation");
      const hasEnded = await stream.until(() => stream.hasEnded, 8000);
      expectThat(hasEnded, {
        expected: "the end of the connection",
        got: "silence",
        todo: "End it after signedOut.",
      });
    });
  },
  "a quiet connection is kept alive by comments": async (world) => {
    const stream = await world.heartbeat();
    await stream.until(() => stream.comments > 0, EVENTS_HEARTBEAT_MS + 3000);
    expectThat(stream.comments > 0, {
      expected: `a comment line within ${EVENTS_HEARTBEAT_MS / 1000} seconds`,
      got: show(stream.received.map(({ event }) => event)),
      todo: "Write a comment regularly: it keeps proxies from closing, and lets clients notice a dead connection.",
    });
  },
});
