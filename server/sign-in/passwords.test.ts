import { expect, test } from "vitest";
import { createPasswordHash, isPassword } from "./passwords.ts";

const quick = { logN: 4, r: 8, p: 1 };

test("a hash names its cost and knows its password alone", async () => {
  const hash = await createPasswordHash("Été 2026 !");
  expect(hash).toMatch(/^\$scrypt\$ln=15,r=8,p=3\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
  expect(await isPassword("Été 2026 !", hash)).toBe(true);
  expect(await isPassword("été 2026 !", hash)).toBe(false);
});

test("an accent typed as one character or as two is the same password", async () => {
  const hash = await createPasswordHash("caf\u00e9", quick);
  expect(await isPassword("cafe\u0301", hash)).toBe(true);
});

test("two hashes of one password differ, and both work, whatever their cost", async () => {
  const hashes = await Promise.all(
    [quick, quick, { logN: 5, r: 4, p: 2 }].map((cost) => createPasswordHash("p", cost)),
  );
  expect(new Set(hashes).size).toBe(3);
  expect(await Promise.all(hashes.map((hash) => isPassword("p", hash)))).toEqual([true, true, true]);
});

test("a missing or damaged hash never fits, not even one that asks for all the memory", async () => {
  for (const hash of [
    undefined,
    "",
    "p",
    "$scrypt$ln=99,r=8,p=1$AAAA$AAAA",
    "$scrypt$ln=4,r=8,p=1$AAAA$AAAA",
  ]) {
    expect(await isPassword("p", hash)).toBe(false);
  }
});

async function spent(known: string | undefined): Promise<number> {
  const before = process.cpuUsage();
  await isPassword("wrong", known);
  const { user, system } = process.cpuUsage(before);
  return user + system;
}

test("an unknown person costs as much work as a known one", async () => {
  const hash = await createPasswordHash("right");
  await spent(hash);
  // Not a speed goal: without the decoy the unknown person would cost a thousandth.
  expect(await spent(undefined)).toBeGreaterThan((await spent(hash)) / 10);
});
