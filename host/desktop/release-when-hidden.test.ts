import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { accountIdSchema } from "#contract/bridge.ts";
import { AttentionModel } from "../attention/attention-model.ts";
import { createReleaser } from "./release-when-hidden.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const id = accountIdSchema.parse("a");

function setUp() {
  const attention = new AttentionModel(Date.now);
  const state = { isHidden: false, released: 0 };
  const releaser = createReleaser({
    attention,
    isHidden: () => state.isHidden,
    release: () => {
      state.released += 1;
    },
    afterMs: 1000,
  });
  const report = (waiting: number) =>
    attention.report(id, {
      connection: "connected",
      unread: 0,
      mentions: 0,
      waiting,
      isQuiet: false,
      doNotDisturbUntil: null,
      recent: [],
    });
  const hide = (isHidden: boolean) => {
    state.isHidden = isHidden;
    releaser.windowsChanged();
  };
  return { state, report, hide, releaser };
}

test("hidden long enough it is released; shown again in time it is not", () => {
  const { state, hide } = setUp();
  hide(true);
  vi.advanceTimersByTime(900);
  hide(false);
  vi.advanceTimersByTime(5000);
  expect(state.released).toBe(0);
  hide(true);
  vi.advanceTimersByTime(1000);
  expect(state.released).toBe(1);
});

test("what still waits to be sent keeps it, until it has left", () => {
  const { state, report, hide } = setUp();
  report(2);
  hide(true);
  vi.advanceTimersByTime(60_000);
  expect(state.released).toBe(0);
  report(0);
  expect(state.released).toBe(1);
});

test("stopped, it releases nothing any more", () => {
  const { state, hide, releaser } = setUp();
  hide(true);
  releaser.stop();
  vi.advanceTimersByTime(60_000);
  expect(state.released).toBe(0);
});
