import { expect, it, vi } from "vitest";
import { LiveQueries, type LiveQuery } from "./live-queries.ts";

it("a view that is asked for while the cache closes reads nothing any more", () => {
  const createReader = vi.fn<() => never>(() => {
    throw new Error("The cache is not open");
  });
  const onBug = vi.fn<(error: unknown) => void>();
  const clock = { now: () => 0, setTimeout: () => 0, clearTimeout: () => undefined };
  const live = new LiveQueries({ clock, createReader, onBug });
  live.close();
  const compute = vi.fn<LiveQuery["compute"]>();
  const close = vi.fn<() => void>();
  const { refresh, dispose } = live.subscribe({ compute, close }, () => undefined);
  refresh();
  live.notify(new Map([["directory/person", new Set([""])]]));
  dispose();
  expect(createReader).not.toHaveBeenCalled();
  expect(compute).not.toHaveBeenCalled();
  expect(close).toHaveBeenCalled();
  expect(onBug).not.toHaveBeenCalled();
});
