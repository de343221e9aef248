import { expect, test } from "vitest";
import type { OpenTarget } from "#contract/bridge.ts";
import { conversationIdSchema, createId } from "#contract/ids.ts";
import { formatLink } from "#contract/links.ts";
import { TargetQueue } from "./targets.ts";

const target = (): OpenTarget => ({
  link: formatLink({ kind: "conversation", conversationId: conversationIdSchema.parse(createId()) }),
});

test("what comes before a page is there waits, and is handed out once", () => {
  const queue = new TargetQueue();
  const [first, second] = [target(), target()];
  queue.open(first);
  queue.open(second);
  expect(queue.take()).toEqual([first, second]);
  expect(queue.take()).toEqual([]);
});

test("a page that is there is told at once, and no more when it is gone", () => {
  const queue = new TargetQueue();
  const told: OpenTarget[] = [];
  queue.deliverTo((one) => told.push(one));
  const [first, second] = [target(), target()];
  queue.open(first);
  queue.deliverTo(undefined);
  queue.open(second);
  expect(told).toEqual([first]);
  expect(queue.take()).toEqual([second]);
});

test("what is no address is refused, and of very many the newest are kept", () => {
  const queue = new TargetQueue();
  expect(queue.open({ link: "javascript:alert(1)" })).toBe(false);
  const all = Array.from({ length: 30 }, target);
  for (const one of all) expect(queue.open(one)).toBe(true);
  expect(queue.take()).toEqual(all.slice(-20));
});
