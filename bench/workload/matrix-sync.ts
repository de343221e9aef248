import type { Envelope } from "#contract/envelope.ts";
import type { Workload } from "./workload.ts";

interface MatrixEvent {
  type: string;
  event_id: string;
  sender: string;
  origin_server_ts: number;
  content: object;
  state_key?: string;
}

const user = (id: unknown): string => `@${String(id)}:bench`;
const event = (id: unknown): string => `$${String(id)}`;
const room = (id: unknown): string => `!${String(id)}:bench`;

function stateEvent(type: string, key: string, sender: string, content: object): MatrixEvent {
  return { type, state_key: key, sender, event_id: `$${type}${key}${sender}`, origin_server_ts: 1, content };
}

function messageEvent({ data }: Envelope): MatrixEvent {
  const thread = data["threadId"];
  const relation =
    thread === undefined ? {} : { "m.relates_to": { rel_type: "m.thread", event_id: event(thread) } };
  return {
    type: "m.room.message",
    event_id: event(data["id"]),
    sender: user(data["authorId"]),
    origin_server_ts: Date.parse(String(data["sentAt"])),
    content: { msgtype: "m.text", body: data["body"], ...relation },
  };
}

function reactionEvent({ data }: Envelope): MatrixEvent {
  const target = { rel_type: "m.annotation", event_id: event(data["messageId"]), key: data["emoji"] };
  return {
    type: "m.reaction",
    event_id: event(data["id"]),
    sender: user(data["personId"]),
    origin_server_ts: Date.parse(String(data["createdAt"])),
    content: { "m.relates_to": target },
  };
}

/** The same people, channels, messages and reactions as the first answer of a Matrix server's `/sync`. */
export function matrixFirstSync(workload: Workload): { body: Buffer; events: number } {
  const names = new Map<string, unknown>();
  for (const { small } of workload.scopes) {
    for (const row of small) if (row.collection === "person") names.set(row.id, row.data["displayName"]);
  }
  const join: Record<string, object> = {};
  let events = 0;
  for (const { small, timeline } of workload.scopes) {
    const members = small.filter(({ collection }) => collection === "membership");
    for (const { data: channel } of small.filter(({ collection }) => collection === "channel")) {
      const said = timeline.filter(({ data }) => data["conversationId"] === channel["id"]).toReversed();
      const creator = user(workload.me);
      const state = [
        stateEvent("m.room.create", "", creator, { room_version: "10", creator }),
        stateEvent("m.room.name", "", creator, { name: channel["name"] }),
        ...members.map(({ data }) => {
          const id = user(data["personId"]);
          const displayname = names.get(String(data["personId"]));
          return stateEvent("m.room.member", id, id, { membership: "join", displayname });
        }),
      ];
      events += said.length;
      join[room(channel["id"])] = {
        state: { events: state },
        timeline: {
          limited: false,
          prev_batch: "p",
          events: said.map((row) => (row.collection === "message" ? messageEvent(row) : reactionEvent(row))),
        },
        ephemeral: { events: [] },
        account_data: { events: [] },
        unread_notifications: {},
      };
    }
  }
  return { body: Buffer.from(JSON.stringify({ next_batch: "1", rooms: { join } })), events };
}
