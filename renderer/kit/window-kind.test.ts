import { expect, test } from "vitest";
import { conversationIdSchema, createId } from "#contract/ids.ts";
import { accountIdSchema } from "#contract/account.ts";
import { formatLink } from "#contract/links.ts";
import { detachedAddress, readDetached } from "./window-kind.ts";

const link = formatLink({ kind: "conversation", conversationId: conversationIdSchema.parse(createId()) });

test("a window of its own knows what it shows from its address", () => {
  const object = { accountId: accountIdSchema.parse("embedded"), link };
  expect(readDetached(new URL(detachedAddress(object), "app://parvis").search)).toEqual(object);
});

test.each([
  "",
  "?window=detached",
  `?link=${encodeURIComponent(link)}&accountId=embedded`,
  "?window=detached&accountId=embedded&link=javascript:alert(1)",
])("%j is the main window", (search) => {
  expect(readDetached(search)).toBeNull();
});
