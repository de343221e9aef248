import { AppError } from "#contract/problem.ts";

/** No call of a page comes near: settings, the longest of them, are a few levels and kilobytes. */
const MAX_DEPTH = 32;
const MAX_PARTS = 20_000;
const MAX_LETTERS = 1_000_000;

/**
 * Refuses what is so deep or so large that looking at it, or writing it down, would cost more than any answer is worth.
 * Goes through it without recursion: a stack has an end.
 * @throws AppError tooLarge
 */
export function assertModest(args: unknown): void {
  let parts = 0;
  let letters = 0;
  const left: { value: unknown; depth: number }[] = [{ value: args, depth: 0 }];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    const { value, depth } = next;
    parts += 1;
    if (typeof value === "string") letters += value.length;
    if (parts > MAX_PARTS || letters > MAX_LETTERS || depth > MAX_DEPTH) throw tooLarge();
    if (typeof value !== "object" || value === null) continue;
    const inside: [string, unknown][] = Object.entries(value);
    if (inside.length > MAX_PARTS) throw tooLarge();
    for (const [name, one] of inside) {
      letters += name.length;
      left.push({ value: one, depth: depth + 1 });
    }
  }
}

function tooLarge(): AppError {
  return new AppError("tooLarge", { title: "The call is larger or deeper than any call of a page" });
}
