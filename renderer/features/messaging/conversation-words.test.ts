import { describe, expect, it } from "vitest";
import { sectionIdSchema, spaceIdSchema } from "#contract/ids.ts";
import { conversationSummarySchema, type ConversationSummary } from "#contract/worker.ts";
import { createGroupKeeper, groupConversations } from "./conversation-words.ts";

const id = (number: number) => `00000000-0000-7000-8000-${String(number).padStart(12, "0")}`;

function channel(number: number, name: string, spaceNumber: number): ConversationSummary {
  const spaceId = spaceIdSchema.parse(id(spaceNumber));
  return conversationSummarySchema.parse({
    key: id(number),
    sort: "",
    conversationId: id(number),
    scope: `space:${spaceId}`,
    kind: "channel",
    name,
    topic: "",
    space: { id: spaceId, name: `Espace ${spaceNumber}`, emoji: "", classification: "internal" },
    members: [],
    lastMessage: null,
    unread: 0,
    mentions: 0,
    isFavourite: false,
    isMuted: false,
    mutedUntil: null,
    sectionId: null,
    isArchived: false,
    hasGuests: false,
    isKept: true,
    draft: "",
    failed: 0,
    canPost: true,
  });
}

const options = { locale: "fr", keepInUnread: null };

describe("groups of conversations", () => {
  it("sorts as the locale does, é beside e, and numbers by value", () => {
    const names = ["écoles", "zone 10", "zone 9", "eau", "Élus"];
    const groups = groupConversations(
      names.map((name, index) => channel(index, name, 900)),
      options,
    );
    expect(groups[0]?.conversations.map(({ name }) => name)).toEqual([
      "eau",
      "écoles",
      "Élus",
      "zone 9",
      "zone 10",
    ]);
  });

  it("puts what waits first and leaves the open one there while it is read", () => {
    const waiting = { ...channel(1, "a", 900), unread: 2 };
    const open = channel(2, "b", 900);
    const groups = groupConversations([waiting, open], { locale: "fr", keepInUnread: open.conversationId });
    expect(groups.map(({ kind, conversations }) => [kind, conversations.length])).toEqual([["unread", 2]]);
  });

  it("keeps the group of a space that did not change, and gives a new one where something did", () => {
    const keep = createGroupKeeper();
    const [a, b] = [channel(1, "a", 900), channel(2, "b", 901)];
    const first = keep(groupConversations([a, b], options));
    const second = keep(groupConversations([a, { ...b, topic: "nouveau" }], options));
    expect(second[0]).toBe(first[0]);
    expect(second[1]).not.toBe(first[1]);
    expect(second[1]?.conversations[0]?.topic).toBe("nouveau");
  });

  it("puts favourites and one's own sections before the rest, and a muted one up only where one is named", () => {
    const sectionId = sectionIdSchema.parse(id(700));
    const list = [
      { ...channel(1, "un", 900), isFavourite: true },
      { ...channel(2, "deux", 900), sectionId },
      { ...channel(3, "trois", 900), isMuted: true, unread: 5 },
      { ...channel(4, "quatre", 900), isMuted: true, unread: 5, mentions: 1 },
      { ...channel(5, "cinq", 900), isArchived: true },
    ];
    const sections = [
      { id: sectionId, name: "À moi", position: 1 },
      { id: sectionIdSchema.parse(id(701)), name: "Vide", position: 2 },
    ];
    const shape = (more: Partial<Parameters<typeof groupConversations>[1]>) =>
      groupConversations(list, { ...options, sections, ...more }).map(
        (group) => `${group.kind}: ${group.conversations.map(({ name }) => name).join(" ")}`,
      );
    expect(shape({})).toEqual(["unread: quatre", "favourites: un", "section: deux", "space: trois"]);
    expect(shape({ hasEmptySections: true })).toContain("section: ");
    expect(shape({ shown: "unread" })).toEqual(["unread: quatre", "space: trois"]);
    expect(shape({ shown: "archived" })).toEqual(["space: cinq"]);
  });
});
