import { expect, test } from "vitest";
import { CrashGuard } from "./crash-guard.ts";

test("a page that breaks is loaded again; the third time within a minute it is not", () => {
  let now = 0;
  const guard = new CrashGuard(() => now);
  expect(guard.note()).toBe("reload");
  now = 30_000;
  expect(guard.note()).toBe("reload");
  now = 59_000;
  expect(guard.note()).toBe("giveUp");
});

test("faults far apart are forgiven, and asking anew begins anew", () => {
  let now = 0;
  const guard = new CrashGuard(() => now);
  for (let time = 0; time < 10; time += 1) {
    expect(guard.note()).toBe("reload");
    now += 40_000;
  }
  guard.note();
  guard.forget();
  expect(guard.note()).toBe("reload");
});
