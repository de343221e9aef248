import { expect, test } from "vitest";
import { messageSchema } from "#contract/entities/message.ts";
import { createId, personIdSchema } from "#contract/ids.ts";
import { isoTimeSchema } from "#contract/time.ts";
import type { MessageView, PersonBrief } from "#contract/views/message-view.ts";
import { placeReaders } from "./receipts.tsx";

const conversationId = createId();
const at = (minute: number) =>
  isoTimeSchema.parse(`2026-11-22T10:${String(minute).padStart(2, "0")}:00.000Z`);

function person(name: string): PersonBrief {
  const id = personIdSchema.parse(createId());
  return { id, displayName: name, photo: null, isGuest: false, presence: "offline", statusEmoji: "" };
}

const me = person("moi");
const anne = person("Anne");
const karim = person("Karim");

function view(minute: number, author: PersonBrief): MessageView {
  const message = messageSchema.parse({
    id: createId(),
    conversationId,
    authorId: author.id,
    body: "x",
    sentAt: at(minute),
    version: 1,
  });
  return {
    key: String(minute),
    sort: message.sentAt,
    message,
    author,
    mentioned: [],
    names: {},
    quoteAuthor: null,
    poll: null,
    isPinned: false,
    isSaved: false,
    thread: null,
    acknowledged: null,
    uploads: [],
    reactions: [],
    repliers: [],
    isMine: author === me,
    pending: null,
  };
}

test("each of the others stands under the latest of one's own messages that they have read", () => {
  const views = [view(1, me), view(2, anne), view(3, me), view(4, karim)];
  const placed = placeReaders(views, [
    { person: anne, readAt: at(2) },
    { person: karim, readAt: at(4) },
  ]);
  expect(placed.get("1")).toEqual([anne]);
  expect(placed.get("3")).toEqual([karim]);
  expect(placed.size).toBe(2);
});

test("who has read nothing of one's own stands nowhere", () => {
  expect(placeReaders([view(5, me)], [{ person: anne, readAt: at(4) }]).size).toBe(0);
});
