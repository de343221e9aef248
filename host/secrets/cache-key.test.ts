import { expect, test } from "vitest";
import { accountIdSchema } from "#contract/bridge.ts";
import { memorySecrets } from "../testing/memory-secrets.ts";
import { tempFolder } from "../testing/temp-folder.ts";
import { CacheKeys } from "./cache-key.ts";

const one = accountIdSchema.parse("one");

test("a key is made once, whoever asks, kept, and another account has another", async () => {
  const secrets = await memorySecrets(await tempFolder());
  const keys = new CacheKeys({ secrets });
  const [first, second] = await Promise.all([keys.get(one), keys.get(one)]);
  expect(second).toEqual(first);
  expect(Buffer.from(first.key, "base64")).toHaveLength(32);
  expect(await new CacheKeys({ secrets }).get(one)).toEqual(first);
  const other = await keys.get(accountIdSchema.parse("two"));
  expect(other.key).not.toBe(first.key);
  expect(other.keyId).not.toBe(first.keyId);
  await keys.forget(one);
  expect((await keys.get(one)).key).not.toBe(first.key);
});

test("a new key keeps the one before until it is told that nothing is left under it", async () => {
  const secrets = await memorySecrets(await tempFolder());
  const keys = new CacheKeys({ secrets });
  const first = await keys.get(one);
  const second = await keys.rotate(one);
  expect(second.previous).toEqual(first);
  expect(second.key).not.toBe(first.key);
  await expect(keys.rotate(one)).rejects.toMatchObject({ kind: "conflict" });
  await keys.rotated(one, first.keyId);
  expect(await new CacheKeys({ secrets }).get(one)).toEqual(second);
  await keys.rotated(one, second.keyId);
  expect(await keys.get(one)).toEqual({ key: second.key, keyId: second.keyId });
});
