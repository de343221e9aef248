import type { PageMessage, WorkerMessage } from "#contract/worker.ts";
import type { WorkerPort } from "#renderer/kit/worker-client.ts";
import { answerParts } from "./parts-fixtures.ts";
import {
  conversationId,
  conversations,
  karim,
  messages,
  outbox,
  people,
  session,
  spaces,
} from "./fixtures.ts";

type Answer = { items: { key: string; sort: string }[]; info: unknown };

/** Answers like the sync worker, from the fixtures. Only the components page uses it. */
export function createFixturePort(): WorkerPort {
  const listeners: ((message: WorkerMessage) => void)[] = [];
  const tell = (message: WorkerMessage) => {
    for (const listener of listeners) listener(message);
  };
  const hear = (message: PageMessage) => {
    if (message.type === "subscribe")
      tell({ type: "reset", id: message.id, ...answer(message.query, message.args) });
    if (message.type === "call") tell({ type: "result", id: message.id, result: { ok: true, value: null } });
  };
  return {
    post: (message) => queueMicrotask(() => hear(message)),
    listen: (listener) => listeners.push(listener),
    close: () => listeners.splice(0),
  };
}

function answer(query: string, args: Record<string, unknown>): Answer {
  switch (query) {
    case "session":
      return { items: [], info: session };
    case "conversations":
      return { items: conversations, info: { unread: 126, mentions: 1 } };
    case "conversation": {
      const summary = conversations.find((item) => item.conversationId === args["conversationId"]) ?? null;
      return { items: [], info: { summary, conversation: null, memberCount: people.length, role: "member" } };
    }
    case "spaces":
      return { items: spaces, info: {} };
    case "members":
    case "people":
      return { items: people, info: {} };
    case "person":
      return { items: [], info: { view: people.find(({ key }) => key === args["personId"]) ?? null } };
    case "timeline":
      return timeline(args);
    case "draft":
      return { items: [], info: { body: "" } };
    case "preferences":
      return { items: [], info: { preferences: null, quiet: null, hours: null, isQuietImposed: false } };
    case "typing":
      return { items: [], info: { people: [karim] } };
    case "outbox":
      return { items: outbox, info: {} };
    default:
      return answerParts(query, args);
  }
}

function timeline(args: Record<string, unknown>): Answer {
  const isThread = args["threadId"] !== undefined;
  const isFixture = args["conversationId"] === conversationId;
  const unreadAfter = args["at"] === "unread" ? (messages[9]?.message.sentAt ?? null) : null;
  const items = isThread ? messages.slice(3, 6) : isFixture ? messages : [];
  return {
    items,
    info: { isLoaded: true, older: "start", newer: "end", unreadAfter, root: isThread ? messages[5] : null },
  };
}
