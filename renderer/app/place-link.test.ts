import { expect, test } from "vitest";
import {
  conversationIdSchema,
  createId,
  libraryItemIdSchema,
  messageIdSchema,
  spaceIdSchema,
} from "#contract/ids.ts";
import { formatLink, parseLink } from "#contract/links.ts";
import { spaceScope } from "#contract/scope.ts";
import { targetOfPlace, type Place } from "./place-link.ts";

const conversationId = conversationIdSchema.parse(createId());
const messageId = messageIdSchema.parse(createId());
const spaceId = spaceIdSchema.parse(createId());
const itemId = libraryItemIdSchema.parse(createId());
const at = (module: Place["module"], ...path: string[]): Place => ({
  module,
  path,
  conversationId: null,
  targetId: null,
});

test.each([
  [
    { ...at("messaging"), conversationId },
    { kind: "conversation", conversationId },
  ],
  [
    { ...at("messaging"), conversationId, targetId: messageId },
    { kind: "message", conversationId, messageId },
  ],
  [
    { ...at("messaging", "saved"), conversationId },
    { kind: "place", place: "saved" },
  ],
  [at("messaging", "threads"), { kind: "place", place: "threads" }],
  [at("inbox"), { kind: "place", place: "inbox" }],
  [at("inbox", messageId), { kind: "item", itemId: messageId }],
  [at("feed"), { kind: "place", place: "feed" }],
  [at("feed", "mustRead"), { kind: "place", place: "feed" }],
  [at("feed", "drafts"), { kind: "place", place: "drafts" }],
  [at("feed", "article", messageId), { kind: "article", articleId: messageId }],
  [at("feed", "post", conversationId, messageId), { kind: "message", conversationId, messageId }],
  [at("communities"), { kind: "place", place: "communities" }],
  [at("communities", "requests"), { kind: "place", place: "requests" }],
  [at("communities", spaceId, "members"), { kind: "space", spaceId }],
  [at("communities", spaceId, "desk"), { kind: "desk", spaceId }],
  [at("documents"), { kind: "place", place: "documents" }],
  [at("documents", "mine", messageId), { kind: "place", place: "documents" }],
  [
    at("documents", "space", spaceId, "top", itemId),
    { kind: "document", scope: spaceScope(spaceId), itemId },
  ],
  [at("documents", "space", spaceId, itemId), { kind: "document", scope: spaceScope(spaceId), itemId }],
] as const)("%j has an address", (place, target) => {
  expect(targetOfPlace(place)).toEqual(target);
  expect(parseLink(formatLink(targetOfPlace(place) ?? target))).toEqual(target);
});

test("with no conversation open there is nothing to be named", () => {
  expect(targetOfPlace(at("messaging"))).toBeNull();
});
