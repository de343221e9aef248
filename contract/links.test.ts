import { expect, test } from "vitest";
import { conversationIdSchema, createId, messageIdSchema, personIdSchema, spaceIdSchema } from "./ids.ts";
import {
  formatLink,
  parseAddress,
  parseLink,
  parseObjectLink,
  workplaceOf,
  type LinkTarget,
} from "./links.ts";

const conversationId = conversationIdSchema.parse(createId());
const messageId = messageIdSchema.parse(createId());
const threadId = messageIdSchema.parse(createId());
const spaceId = spaceIdSchema.parse(createId());
const article = formatLink({ kind: "article", articleId: createId() });

const targets: readonly LinkTarget[] = [
  { kind: "conversation", conversationId },
  { kind: "message", conversationId, messageId },
  { kind: "message", conversationId, messageId, threadId },
  { kind: "thread", conversationId, threadId },
  { kind: "space", spaceId },
  { kind: "person", personId: personIdSchema.parse(createId()) },
  { kind: "article", articleId: createId() },
  { kind: "desk", spaceId },
  { kind: "item", itemId: createId() },
  { kind: "place", place: "inbox" },
  { kind: "place", place: "requests" },
];

test.each(targets)("$kind has an address that leads back to it, with a workplace and without", (target) => {
  expect(parseAddress(formatLink(target))).toEqual({ target, at: null });
  const link = formatLink(target, "parvis.example.org:8443");
  expect(parseAddress(link)).toEqual({ target, at: "parvis.example.org:8443" });
  expect(link.length).toBeLessThan(300);
});

test.each([
  "parvis://everything",
  "parvis://inbox/",
  "parvis://saved/x",
  "parvis://toString",
  `${article}/${createId()}`,
  `${article}?at=`,
  `${article}?at=PARVIS.example`,
  `${article}?at=https://parvis.example`,
  `${article}?at=parvis.example/path`,
  `${article}?at=user@parvis.example`,
  `${article}?at=parvis.example:0`,
  `${article}?at=parvis.example:123456`,
  `${article}?at=-x`,
  `${article}?at=a?at=b`,
  `${article}?at=a&x=1`,
  `${article}?at=${"a".repeat(121)}`,
  `${article}?at=é`,
  formatLink({ kind: "thread", conversationId, threadId }).concat(`/${messageId}`),
])("%j is no address", (text) => {
  expect(parseLink(text)).toBeNull();
});

test("what is everybody's own is no object to be named in a text", () => {
  expect(parseObjectLink(article)).not.toBeNull();
  for (const link of ["parvis://inbox", `parvis://desk/${spaceId}`, `parvis://item/${createId()}`])
    expect(parseObjectLink(link)).toBeNull();
});

test("a workplace is named by its host, and by its port where that is not the usual one", () => {
  expect(workplaceOf("https://Parvis.Example")).toBe("parvis.example");
  expect(workplaceOf("https://parvis.example:8443")).toBe("parvis.example:8443");
  expect(workplaceOf("https://bücher.example")).toBe("xn--bcher-kva.example");
  expect(workplaceOf("http://[::1]:8080")).toBeNull();
  expect(workplaceOf("nothing")).toBeNull();
});
