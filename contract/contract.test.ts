import { expect, test } from "vitest";
import { z } from "zod";
import { collectionNames, collections, isCollectionName } from "./collections.ts";
import { messageSchema } from "./entities/message.ts";
import { envelopeSchema } from "./envelope.ts";
import {
  conversationIdSchema,
  createId,
  directConversationId,
  membershipId,
  messageIdSchema,
  personIdSchema,
  reactionId,
  spaceIdSchema,
} from "./ids.ts";
import { isMutationName, mutationSchema } from "./mutations.ts";
import {
  AppError,
  badRequest,
  isTransient,
  problemKindSchema,
  problemSchema,
  problemStatus,
} from "./problem.ts";
import { asResult, resultSchema } from "./result.ts";
import { DIRECTORY, conversationScope, parseScope, personScope, scopeSchema, spaceScope } from "./scope.ts";
import { isoTimeSchema, toIsoTime } from "./time.ts";

const ANNE = personIdSchema.parse("01890000-0000-7000-8000-000000000001");
const BRUNO = personIdSchema.parse("01890000-0000-7000-8000-000000000002");
const SPACE = spaceIdSchema.parse("01890000-0000-7000-8000-00000000000a");
const MESSAGE = messageIdSchema.parse("01890000-0000-7000-8000-00000000000b");

test("natural ids are the same on every machine", () => {
  // Made with Python's uuid.uuid5 from the parts joined by U+001F.
  expect(membershipId(SPACE, ANNE)).toBe("abb28eae-6ba1-5710-a6fd-6f320fee404b");
  expect(reactionId(MESSAGE, ANNE, "👍")).toBe("c6619422-9825-5221-90d7-ded252501047");
  expect(directConversationId(ANNE, BRUNO)).toBe("7b5ce260-b8a8-5beb-a457-128202d1a17a");
});

test("a direct conversation has one id whoever opens it, and another with someone else", () => {
  expect(directConversationId(ANNE, BRUNO)).toBe(directConversationId(BRUNO, ANNE));
  expect(directConversationId(ANNE, ANNE)).not.toBe(directConversationId(ANNE, BRUNO));
});

test("made ids sort in the order of their making", () => {
  const ids = Array.from({ length: 2000 }, createId);
  expect([...ids].sort()).toEqual(ids);
  expect(new Set(ids).size).toBe(2000);
  for (const id of ids)
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

test("an id in upper case or with a line end is refused", () => {
  expect(personIdSchema.safeParse(ANNE.toUpperCase().replace("0", "A")).success).toBe(false);
  expect(personIdSchema.safeParse(`${ANNE}\n`).success).toBe(false);
});

test("fields that this version does not know survive, at every depth", () => {
  const row = {
    id: MESSAGE,
    conversationId: conversationIdSchema.parse(SPACE),
    authorId: ANNE,
    body: "Bonjour",
    sentAt: "2026-11-22T18:00:00.000Z",
    version: 1,
    mood: { of: "tomorrow" },
    mentions: [{ kind: "person", personId: BRUNO, tone: "kind" }],
    attachments: [{ name: "plan.pdf", pages: 3 }],
  };
  expect(messageSchema.parse(row)).toEqual(row);
  const envelope = {
    scope: "directory",
    seq: 1,
    collection: "message",
    id: "x",
    rev: 1,
    op: "put",
    data: row,
    hint: 1,
  };
  expect(envelopeSchema.parse(envelope)).toEqual(envelope);
});

test("every collection keeps unknown fields", () => {
  const strict = collectionNames.filter((name) => {
    const { additionalProperties } = z.toJSONSchema(collections[name], { io: "output" });
    return JSON.stringify(additionalProperties) !== "{}";
  });
  expect(strict).toEqual([]);
});

test("an envelope of an unknown collection is an envelope, and the collection is known to be unknown", () => {
  const envelope = {
    scope: "directory",
    seq: 9,
    collection: "kanbanCard",
    id: "k1",
    rev: 2,
    op: "put",
    data: { a: 1 },
  };
  expect(envelopeSchema.parse(envelope)).toEqual(envelope);
  expect(isCollectionName("kanbanCard")).toBe(false);
  expect(isCollectionName("toString")).toBe(false);
  expect(collectionNames.every(isCollectionName)).toBe(true);
});

test("a mutation of an unknown name travels, so that its carrier can refuse it by name", () => {
  const mutation = {
    id: createId(),
    name: "card.move",
    scope: "directory",
    args: {},
    madeAt: "2026-11-22T18:00:00.000Z",
  };
  expect(mutationSchema.safeParse(mutation).success).toBe(true);
  expect(isMutationName("card.move")).toBe(false);
  expect(isMutationName("message.send")).toBe(true);
});

test("every kind of problem has an HTTP error status and survives the wire", () => {
  for (const kind of problemKindSchema.options) {
    expect(problemStatus[kind]).toBeGreaterThanOrEqual(400);
    const { problem } = new AppError(kind, { title: "T", detail: "D", pointer: "p", retryAfter: 3 });
    const back = AppError.from(problemSchema.parse(JSON.parse(JSON.stringify(problem))));
    expect(back.problem).toEqual({
      type: "about:blank",
      kind,
      title: "T",
      status: problemStatus[kind],
      detail: "D",
      pointer: "p",
      retryAfter: 3,
    });
  }
});

test("only failures that pass by themselves are tried again", () => {
  expect(problemKindSchema.options.filter(isTransient).sort()).toEqual([
    "locked",
    "nameNotFound",
    "networkSignIn",
    "offline",
    "proxyUnreachable",
    "rateLimited",
    "serverFault",
    "timeout",
    "unavailable",
  ]);
});

test("a refusal by the schema names the field", () => {
  const parsed = mutationSchema.safeParse({
    id: createId(),
    name: "",
    scope: "directory",
    args: {},
    madeAt: "now",
  });
  const { problem } = badRequest(parsed.error ?? new z.ZodError([]), "mutations.3");
  expect(problem).toMatchObject({ kind: "badRequest", status: 400, pointer: "mutations.3.name" });
});

test("an expected failure crosses a boundary as a value, a bug does not", async () => {
  const failing = await asResult(() => {
    throw new AppError("notFound");
  });
  expect(resultSchema(z.string()).parse(failing)).toMatchObject({ ok: false, error: { kind: "notFound" } });
  await expect(
    asResult(() => {
      throw new TypeError("bug");
    }),
  ).rejects.toThrow("bug");
});

test("scopes say whose stream they are", () => {
  expect(parseScope(DIRECTORY)).toEqual({ kind: "directory", id: "" });
  expect(parseScope(spaceScope(SPACE))).toEqual({ kind: "space", id: SPACE });
  expect(parseScope(personScope(ANNE))).toEqual({ kind: "person", id: ANNE });
  expect(parseScope(conversationScope(conversationIdSchema.parse(SPACE))).kind).toBe("conversation");
  const bad = ["", "directory:x", "space:", "space:1", `team:${SPACE}`, `space:${SPACE}x`];
  expect(bad.filter((text) => scopeSchema.safeParse(text).success)).toEqual([]);
});

test("times sort as text in the order of time", () => {
  const times = [-1, 0, 999, 1000, 1_700_000_000_000, 253_402_300_799_999].map(toIsoTime);
  expect([...times].sort()).toEqual(times);
  expect(isoTimeSchema.safeParse("2026-11-22T18:00:00Z").success).toBe(false);
  expect(() => toIsoTime(253_402_300_800_000)).toThrow(z.ZodError);
});
