import { describe, expect, test } from "vitest";
import { messageSchema } from "#contract/entities/message.ts";
import { createId, personIdSchema } from "#contract/ids.ts";
import type { MessageView } from "#contract/views/message-view.ts";
import { buildRows, hasGrownAtTop } from "./timeline-rows.ts";

const conversationId = createId();
const people = new Map<string, string>();

function view(author: string, sentAt: string, isMine = false): MessageView {
  const authorId = personIdSchema.parse(people.get(author) ?? createId());
  people.set(author, authorId);
  const message = messageSchema.parse({
    id: createId(),
    conversationId,
    authorId,
    body: "x",
    sentAt,
    version: 1,
  });
  return {
    key: message.id,
    sort: sentAt,
    message,
    author: {
      id: authorId,
      displayName: author,
      photo: null,
      isGuest: false,
      presence: "offline",
      statusEmoji: "",
    },
    mentioned: [],
    reactions: [],
    repliers: [],
    names: {},
    quoteAuthor: null,
    poll: null,
    isPinned: false,
    isSaved: false,
    thread: null,
    acknowledged: null,
    uploads: [],
    isMine,
    pending: null,
  };
}

const dayKey = (iso: string) => iso.slice(0, 10);
const shape = (views: MessageView[], unreadAfter: string | null) =>
  buildRows(views, { unreadAfter, dayKey }).map((row) =>
    row.kind === "message" ? (row.isFirst ? "first" : "next") : row.kind,
  );

describe("lines of a conversation", () => {
  test("gather what one person says within five minutes under one name", () => {
    const views = [
      view("A", "2026-11-22T10:00:00.000Z"),
      view("A", "2026-11-22T10:04:00.000Z"),
      view("A", "2026-11-22T10:10:00.000Z"),
      view("B", "2026-11-22T10:10:01.000Z"),
    ];
    expect(shape(views, null)).toEqual(["top", "day", "first", "next", "first", "first"]);
  });

  test("begin anew with each day", () => {
    const views = [view("A", "2026-11-21T23:59:59.000Z"), view("A", "2026-11-22T00:00:01.000Z")];
    expect(shape(views, null)).toEqual(["top", "day", "first", "day", "first"]);
  });

  test("draw the line of what is new once, before a message of someone else", () => {
    const views = [
      view("A", "2026-11-22T10:00:00.000Z"),
      view("me", "2026-11-22T10:01:00.000Z", true),
      view("A", "2026-11-22T10:02:00.000Z"),
      view("A", "2026-11-22T10:03:00.000Z"),
    ];
    expect(shape(views, "2026-11-22T10:00:00.000Z")).toEqual([
      "top",
      "day",
      "first",
      "first",
      "new",
      "first",
      "next",
    ]);
  });

  test("know when they have grown above rather than below", () => {
    const [a, b, c] = [1, 2, 3].map((hour) => view("A", `2026-11-22T0${hour}:00:00.000Z`));
    if (a === undefined || b === undefined || c === undefined) throw new Error("three views");
    expect(hasGrownAtTop([b, c], [a, b, c])).toBe(true);
    expect(hasGrownAtTop([a, b], [a, b, c])).toBe(false);
    expect(hasGrownAtTop([a], [c])).toBe(false);
  });
});
