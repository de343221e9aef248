import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createId } from "#contract/ids.ts";
import type { Clock } from "#renderer/db/clock.ts";
import { Client } from "./client.ts";
import { FakeLocks } from "./fake-locks.ts";
import { Workplace } from "./workplace.ts";

const MINUTE_MS = 60_000;

/** Time that stands still for all that waits a minute or more, until it is told to pass. */
class HandClock implements Clock {
  readonly #long = new Map<number, { run: () => void; dueMs: number }>();
  #nowMs = 0;
  #next = 1_000_000;
  readonly now = () => Date.now() + this.#nowMs;
  readonly setTimeout = (run: () => void, delayMs: number) => {
    if (delayMs < MINUTE_MS) return Number(setTimeout(run, delayMs / 20));
    const timer = this.#next++;
    this.#long.set(timer, { run, dueMs: this.#nowMs + delayMs });
    return timer;
  };
  readonly clearTimeout = (timer: number) => {
    this.#long.delete(timer);
    clearTimeout(timer);
  };

  pass(ms: number): void {
    this.#nowMs += ms;
    for (const [timer, { run, dueMs }] of this.#long) {
      if (dueMs > this.#nowMs) continue;
      this.#long.delete(timer);
      run();
    }
  }
}

let workplace: Workplace;
let first: Client;
let second: Client;
const clock = new HandClock();

beforeEach(async () => {
  workplace = await Workplace.create();
  await workplace.loadMessages(5);
  const locks = new FakeLocks();
  first = new Client({ fetch: workplace.fetchAs(workplace.ada), clock, locks });
  second = new Client({ fetch: workplace.fetchAs(workplace.ada), host: first.host });
  await first.query("session", {}).until((view) => view.info.isReady);
});

afterEach(async () => {
  await first.closeCleanly();
  await workplace.close();
});

const timelineOf = (from: Client) =>
  from.query("timeline", { conversationId: workplace.channelId, at: "end", count: 50 });

async function send(from: Client, body: string): Promise<void> {
  const args = { id: createId(), conversationId: workplace.channelId, body };
  await from.call("mutate", { name: "message.send", scope: workplace.scope, args });
}

function presenceOfAda(watcher: Client) {
  return watcher.query("person", { personId: workplace.ada });
}

describe("two pages on one engine", () => {
  it("show each other's writes at once", async () => {
    const timeline = timelineOf(second);
    await send(first, "from the first");
    await timeline.until((view) => view.items.at(-1)?.message.body === "from the first");
    expect(timeline.items.at(-1)?.isMine).toBe(true);
  });

  it("stop costing anything once one of them is gone", async () => {
    const lost = timelineOf(second);
    await lost.until((view) => view.items.length === 5);
    const before = lost.updates.length;
    second.die();
    const timeline = timelineOf(first);
    await send(first, "after its end");
    await timeline.until((view) => view.items.length === 6 && view.items.at(-1)?.pending === null);
    expect(lost.updates.length).toBe(before);
  });

  it("agree on a new key that both bring at the same moment", async () => {
    first.open("2");
    second.open("2");
    const timeline = timelineOf(second);
    await send(first, "under the new key");
    await timeline.until((view) => view.items.at(-1)?.message.body === "under the new key");
    await timeline.until((view) => view.items.at(-1)?.pending === null);
    expect((await workplace.bodies()).at(-1)).toBe("under the new key");
  });
});

describe("presence", () => {
  it("becomes away after five minutes at no window, and active again", async () => {
    const ben = new Client({ fetch: workplace.fetchAs(workplace.ben), accountId: "ben" });
    const view = presenceOfAda(ben);
    first.setActive(true);
    await view.until(({ info }) => info.view?.presence === "active");
    second.setActive(true);
    first.setActive(false);
    clock.pass(6 * MINUTE_MS);
    second.setActive(false);
    clock.pass(4 * MINUTE_MS);
    await send(first, "still here");
    await timelineOf(ben).until(({ items }) => items.at(-1)?.message.body === "still here");
    expect(view.info.view?.presence).toBe("active");
    clock.pass(1.5 * MINUTE_MS);
    await view.until(({ info }) => info.view?.presence === "away");
    first.setActive(true);
    await view.until(({ info }) => info.view?.presence === "active");
    await ben.closeCleanly();
  });

  it("becomes away when the only active page dies", async () => {
    const ben = new Client({ fetch: workplace.fetchAs(workplace.ben), accountId: "ben" });
    const view = presenceOfAda(ben);
    second.setActive(true);
    await view.until(({ info }) => info.view?.presence === "active");
    second.die();
    clock.pass(6 * MINUTE_MS);
    await view.until(({ info }) => info.view?.presence !== "active");
    expect(view.info.view?.presence).toBe("away");
    await ben.closeCleanly();
  });

  it("never says away while the person types, and tells that they type a few times only", async () => {
    const ben = new Client({ fetch: workplace.fetchAs(workplace.ben), accountId: "ben" });
    const view = presenceOfAda(ben);
    first.setActive(true);
    await view.until(({ info }) => info.view?.presence === "active");
    first.setActive(false);
    const where = { scope: workplace.scope, conversationId: workplace.channelId };
    const typing = ben.query("typing", { conversationId: workplace.channelId });
    for (let minute = 0; minute < 12; minute++) {
      clock.pass(MINUTE_MS);
      await first.call("typing.set", { ...where, isTyping: true });
      await first.call("typing.set", { ...where, isTyping: true });
    }
    await typing.until(({ info }) => info.people.length === 1);
    expect(view.info.view?.presence).toBe("active");
    await ben.closeCleanly();
  });

  it("is over at once when the application is closed", async () => {
    const ben = new Client({ fetch: workplace.fetchAs(workplace.ben), accountId: "ben" });
    const view = presenceOfAda(ben);
    first.setActive(true);
    await view.until(({ info }) => info.view?.presence === "active");
    first.die();
    second.die();
    await view.until(({ info }) => info.view?.presence === "offline");
    expect(view.info.view?.presence).toBe("offline");
    await ben.closeCleanly();
  });
});
