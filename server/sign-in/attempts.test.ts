import { expect, test } from "vitest";
import { AppError } from "#contract/problem.ts";
import { Attempts } from "./attempts.ts";

const wrong = (): Promise<never> => Promise.reject(new AppError("signInFailed"));
const right = (): Promise<string> => Promise.resolve("in");

function kindOf(run: Promise<unknown>): Promise<string> {
  return run.then(
    () => "ok",
    (error: unknown) => (error instanceof AppError ? error.kind : "bug"),
  );
}

test("after too many failures even the right secret waits, and is told how long", async () => {
  let now = 1000;
  const attempts = new Attempts({ failures: 3, windowMs: 60_000, keys: 10 }, () => now);
  for (let n = 0; n < 3; n += 1) expect(await kindOf(attempts.run("a", wrong))).toBe("signInFailed");
  now += 20_500;
  await expect(attempts.run("a", right)).rejects.toMatchObject({
    problem: { kind: "rateLimited", retryAfter: 40 },
  });
  expect(await attempts.run("b", right)).toBe("in");
  now += 39_500;
  expect(await attempts.run("a", right)).toBe("in");
});

test("parallel guesses get no more tries than guesses in a row", async () => {
  const attempts = new Attempts({ failures: 3, windowMs: 60_000, keys: 10 }, () => 0);
  const kinds = await Promise.all(Array.from({ length: 20 }, () => kindOf(attempts.run("a", wrong))));
  expect(kinds.filter((kind) => kind === "signInFailed")).toHaveLength(3);
  expect(kinds.filter((kind) => kind === "rateLimited")).toHaveLength(17);
});

test("success and failures that are not the person's fault do not count", async () => {
  const attempts = new Attempts({ failures: 1, windowMs: 60_000, keys: 10 }, () => 0);
  for (let n = 0; n < 5; n += 1) {
    expect(await kindOf(attempts.run("a", () => Promise.reject(new AppError("unavailable"))))).toBe(
      "unavailable",
    );
    expect(await attempts.run("a", right)).toBe("in");
  }
  expect(attempts.size).toBe(0);
});

test("a flood of names keeps the memory bounded", async () => {
  const attempts = new Attempts({ failures: 3, windowMs: 60_000, keys: 100 }, () => 0);
  for (let n = 0; n < 1000; n += 1) await kindOf(attempts.run(`name ${n}`, wrong));
  expect(attempts.size).toBe(100);
});
