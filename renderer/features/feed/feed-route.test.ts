import { expect, test } from "vitest";
import { createId } from "#contract/ids.ts";
import { readRoute } from "./feed-route.ts";

const home = { kind: "list", show: "all", spaceId: null };

test("an address leads to a list, a post or an article", () => {
  const [a, b, c] = [createId(), createId(), createId()];
  expect(readRoute([])).toEqual(home);
  expect(readRoute(["questions"])).toEqual({ ...home, show: "questions" });
  expect(readRoute(["space", a])).toEqual({ ...home, spaceId: a });
  const post = { kind: "post", conversationId: a, messageId: b };
  expect(readRoute(["post", a, b])).toEqual({ ...post, commentId: null });
  expect(readRoute(["post", a, b, c])).toEqual({ ...post, commentId: c });
  expect(readRoute(["article", a])).toEqual({ kind: "article", id: a, spaceId: null });
});

test("what is no address of the feed leads to its beginning", () => {
  for (const path of [
    ["nowhere"],
    ["post", "x", "y"],
    ["post", createId()],
    ["article", "../.."],
    ["space"],
  ]) {
    expect(readRoute(path)).toEqual(home);
  }
});
