import { expect, test } from "vitest";
import { drivePathSchema } from "./drives.ts";
import {
  conversationIdSchema,
  createId,
  libraryItemIdSchema,
  messageIdSchema,
  personIdSchema,
  spaceIdSchema,
} from "./ids.ts";
import {
  formatLink,
  parseAddress,
  parseLink,
  parseObjectLink,
  workplaceOf,
  type LinkTarget,
} from "./links.ts";
import { personScope, spaceScope } from "./scope.ts";

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
  { kind: "document", scope: spaceScope(spaceId), itemId: libraryItemIdSchema.parse(createId()) },
  {
    kind: "document",
    scope: personScope(personIdSchema.parse(createId())),
    itemId: libraryItemIdSchema.parse(createId()),
  },
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
  `parvis://document/${createId()}`,
  `parvis://document/desk/${createId()}/${createId()}`,
  `parvis://document/space/${createId()}/${createId()}/x`,
  `parvis://document/directory//${createId()}`,
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

test("a file of a drive is cited by address and path, whatever stands in them", () => {
  const path = drivePathSchema.parse("Été 2026/100 % sûr (v2)/a!b'c*.odt");
  for (const address of ["https://fichiers.example.org/dav/", "\\\\serveur\\commun"]) {
    const target = { kind: "driveFile", address, path } as const;
    const link = formatLink(target);
    expect(parseLink(link)).toEqual(target);
    expect(link).not.toMatch(/[()\s!'*\\]/);
  }
});

test.each([
  "parvis://driveFile/https%3A%2F%2Fa",
  "parvis://driveFile//a",
  "parvis://driveFile/https%3A%2F%2Fa/..%2Fb",
  "parvis://driveFile/https%3A%2F%2Fa/%E0%A4%A",
  "parvis://driveFile/https%3A%2F%2Fa/b/c",
])("%s is no such address", (link) => {
  expect(parseLink(link)).toBeNull();
});
