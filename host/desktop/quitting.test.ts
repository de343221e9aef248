import { expect, test } from "vitest";
import { Quitting, type QuittingOptions } from "./quitting.ts";

interface Scene {
  waiting: number;
  asked: number[];
  ended: number;
  told: number;
  answer: (isQuitting: boolean) => void;
}

function scene(waiting: number, more: Partial<QuittingOptions> = {}): { quitting: Quitting; at: Scene } {
  const at: Scene = { waiting, asked: [], ended: 0, told: 0, answer: () => undefined };
  const quitting = new Quitting({
    tell: () => {
      at.told += 1;
    },
    waiting: () => at.waiting,
    hasPages: () => false,
    ask: (count) => {
      at.asked.push(count);
      return new Promise((resolve) => {
        at.answer = resolve;
      });
    },
    end: () => {
      at.ended += 1;
      return Promise.resolve();
    },
    limitMs: 100,
    settleMs: 50,
    ...more,
  });
  return { quitting, at };
}

test("with nothing waiting it ends without a word", async () => {
  const { quitting, at } = scene(0);
  expect(await quitting.quit({ isAsking: true })).toBe(true);
  expect(at).toMatchObject({ told: 1, ended: 1, asked: [] });
});

test("what leaves in time is not asked about", async () => {
  const { quitting, at } = scene(2, {
    tell: () => {
      setTimeout(() => {
        at.waiting = 0;
      }, 20);
    },
  });
  expect(await quitting.quit({ isAsking: true })).toBe(true);
  expect(at.asked).toEqual([]);
});

test("a page has a moment to say what it was just given", async () => {
  const { quitting, at } = scene(0, {
    hasPages: () => true,
    tell: () => {
      at.waiting = 1;
    },
  });
  const done = quitting.quit({ isAsking: true });
  await expect.poll(() => at.asked).toEqual([1]);
  at.answer(true);
  expect(await done).toBe(true);
});

test("who stays goes on working, and may quit another time", async () => {
  const { quitting, at } = scene(3);
  const first = quitting.quit({ isAsking: true });
  await expect.poll(() => at.asked).toEqual([3]);
  at.answer(false);
  expect(await first).toBe(false);
  expect(at.ended).toBe(0);
  at.waiting = 0;
  expect(await quitting.quit({ isAsking: true })).toBe(true);
  expect(at.ended).toBe(1);
});

test("two who ask at once get one end", async () => {
  const { quitting, at } = scene(0);
  const both = [quitting.quit({ isAsking: true }), quitting.quit({ isAsking: true })];
  expect(await Promise.all(both)).toEqual([true, true]);
  expect(at).toMatchObject({ told: 1, ended: 1 });
});

test("the end of the machine's session asks nothing, and answers a question that is open", async () => {
  const { quitting, at } = scene(3);
  expect(await quitting.quit({ isAsking: false })).toBe(true);
  expect(at.asked).toEqual([]);
  const { quitting: other, at: otherAt } = scene(3);
  const asked = other.quit({ isAsking: true });
  await expect.poll(() => otherAt.asked).toEqual([3]);
  void other.quit({ isAsking: false });
  expect(await asked).toBe(true);
  expect(otherAt.ended).toBe(1);
});
