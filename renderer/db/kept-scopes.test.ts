import { describe, expect, it } from "vitest";
import type { Classification } from "#contract/classification.ts";
import { createId, mutationIdSchema } from "#contract/ids.ts";
import type { Mutation } from "#contract/mutations.ts";
import { scopeSchema } from "#contract/scope.ts";
import { toIsoTime } from "#contract/time.ts";
import type { Entry, Fields } from "./entry.ts";
import { KeptScopes } from "./kept-scopes.ts";

const id = createId();
const space = `space:${id}`;
const desk = `desk:${id}`;
const own = `person:${createId()}`;

function row(data: Fields, fields: Partial<Entry> = {}): Entry {
  return { key: id, id, rev: 1, isDeleted: false, data, ...fields };
}

function marked(level: unknown, ceiling: Classification | null = "internal"): KeptScopes {
  const kept = new KeptScopes(ceiling);
  kept.learn(`${space}/space`, [row({ classification: level })]);
  return kept;
}

function write(name: string, scope: string, args: Fields): Mutation {
  const madeAt = toIsoTime(0);
  return { id: mutationIdSchema.parse(createId()), name, scope: scopeSchema.parse(scope), args, madeAt };
}

describe("what may lie on disk", () => {
  it("is everything without a ceiling, whatever it says", () => {
    const kept = marked("confidential", null);
    expect([space, desk, own].map((scope) => kept.isAbove(scope))).toEqual([false, false, false]);
    expect(kept.keeps(`${own}/draft`, row({ conversationId: createId() }))).toBe(true);
  });

  it("is a space and its desk up to the ceiling; one without a mark is internal", () => {
    expect(marked("restricted", "restricted").isAbove(space)).toBe(false);
    expect(marked(undefined).isAbove(space)).toBe(false);
    const kept = marked("restricted");
    expect([space, desk, own, "directory"].map((scope) => kept.isAbove(scope))).toEqual([
      true,
      true,
      false,
      false,
    ]);
    expect([own, "directory"].map((scope) => marked("public", "public").isAbove(scope))).toEqual([
      true,
      true,
    ]);
  });

  it("is no space whose mark is not known, or not one of the levels", () => {
    expect(new KeptScopes("confidential").isAbove(space)).toBe(true);
    expect(marked("secret", "confidential").isAbove(space)).toBe(true);
    expect(marked(7, "confidential").isAbove(space)).toBe(true);
  });

  it("follows the stricter of a space's two rows, and no older copy of one", () => {
    const kept = marked("internal");
    const moved = [space, desk];
    expect(kept.learn("directory/space", [row({ classification: "restricted" }, { rev: 5 })])).toEqual(moved);
    expect(kept.learn("directory/space", [row({ classification: "public" }, { rev: 4 })])).toEqual([]);
    expect(kept.isAbove(space)).toBe(true);
    expect(kept.learn("directory/space", [row({}, { rev: 6, isDeleted: true })])).toEqual(moved);
    expect(kept.isAbove(space)).toBe(false);
    kept.forget(space);
    expect(kept.isAbove(space)).toBe(true);
  });

  it("is what was shared as the share is marked, and not before that is known", () => {
    const share = `share:${id}`;
    const kept = new KeptScopes("internal");
    expect(kept.isAbove(share)).toBe(true);
    expect(kept.learn(`${share}/libraryShare`, [row({ classification: "internal" })])).toEqual([share]);
    expect(kept.isAbove(share)).toBe(false);
    const marks = [row({ classification: "restricted" }, { rev: 2 })];
    expect(kept.learn(`${share}/libraryShare`, marks)).toEqual([share]);
    expect(kept.keeps(`${own}/notification`, row({ scope: share }))).toBe(false);
    // In the library's own scope the same row says nothing of the library.
    expect(kept.learn(`${space}/libraryShare`, [row({ classification: "public" }, { rev: 3 })])).toEqual([]);
  });

  it("is no copy of what is above, however it names it", () => {
    const kept = marked("confidential");
    const conversationId = createId();
    kept.learn(`${space}/channel`, [row({}, { id: conversationId })]);
    const copies: [string, Fields][] = [
      ["draft", { conversationId, body: "x" }],
      ["notification", { scope: space, excerpt: "x" }],
      ["savedItem", { object: { kind: "message", scope: space, conversationId } }],
      ["savedItem", { object: { kind: "space", spaceId: id } }],
      ["scheduledMessage", { scope: space, conversationId, body: "x" }],
      ["article", { spaceId: id, body: "x" }],
      ["joinRequest", { spaceId: id, note: "x" }],
      ["spaceRequest", { space: { name: "x", classification: "restricted" } }],
      ["report", { object: { kind: "conversation", scope: desk }, complaint: "x" }],
      // Of a place that is not known yet.
      ["draft", { conversationId: createId(), body: "x" }],
    ];
    for (const [kind, data] of copies)
      expect([kind, kept.keeps(`${own}/${kind}`, row(data))]).toEqual([kind, false]);
    expect(kept.keeps(`${own}/placeSetting`, row({ id }))).toBe(true);
  });

  it("is a copy of what is kept, also where its conversation is only just being made", () => {
    const kept = marked("internal");
    const conversationId = createId();
    kept.learnWaiting(write("conversation.open", `conversation:${conversationId}`, { id: conversationId }));
    expect(kept.keeps(`${own}/draft`, row({ conversationId }))).toBe(true);
    expect(kept.isWriteAbove(write("draft.set", own, { conversationId, body: "x" }))).toBe(false);
    expect(kept.keeps(`${own}/notification`, row({ scope: space }))).toBe(true);
  });

  it("is no write into what is above; a new space has the mark that its write gives it", () => {
    const kept = marked("confidential");
    expect(kept.isWriteAbove(write("message.send", space, { body: "x" }))).toBe(true);
    expect(kept.isWriteAbove(write("message.schedule", own, { scope: space, body: "x" }))).toBe(true);
    expect(kept.isWriteAbove(write("item.save", own, { object: { kind: "message", scope: space } }))).toBe(
      true,
    );
    const [open, closed] = [createId(), createId()];
    const create = (made: string, level: object) =>
      write("space.create", "directory", { id: made, ...level });
    kept.learnWaiting(create(open, {}));
    kept.learnWaiting(create(closed, { classification: "restricted" }));
    expect(kept.isWriteAbove(create(open, {}))).toBe(false);
    expect(kept.isWriteAbove(create(closed, { classification: "restricted" }))).toBe(true);
    expect(kept.isWriteAbove(write("message.send", `space:${open}`, { body: "x" }))).toBe(false);
  });
});
