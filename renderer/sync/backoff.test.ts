import { describe, expect, it } from "vitest";
import { Backoff } from "./backoff.ts";

const make = (random: () => number) => new Backoff({ random, firstMs: 500, longestMs: 60_000 });

describe("backoff", () => {
  it("doubles up to its limit and never tries again at once", () => {
    const longest = make(() => 1);
    expect(Array.from({ length: 10 }, () => longest.next())).toEqual([
      500, 1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000, 60_000,
    ]);
    const shortest = make(() => 0);
    expect(Array.from({ length: 3 }, () => shortest.next())).toEqual([250, 250, 250]);
  });

  it("stays within its limit after thousands of failures", () => {
    const backoff = make(() => 1);
    for (let failure = 0; failure < 5000; failure++) backoff.next();
    expect(backoff.next()).toBe(60_000);
  });

  it("waits as long as the server wishes, but not beyond what a timer can wait", () => {
    const backoff = make(() => 0.5);
    expect(backoff.next(90)).toBe(90_000);
    expect(backoff.next(1e9)).toBe(3_600_000);
  });

  it("begins anew after a success", () => {
    const backoff = make(() => 1);
    backoff.next();
    backoff.next();
    backoff.reset();
    expect(backoff.failures).toBe(0);
    expect(backoff.next()).toBe(500);
  });
});
