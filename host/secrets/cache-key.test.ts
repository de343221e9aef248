import { expect, test } from "vitest";
import { accountIdSchema } from "#contract/bridge.ts";
import { memorySecrets } from "../testing/memory-secrets.ts";
import { tempFolder } from "../testing/temp-folder.ts";
import { CacheKeys } from "./cache-key.ts";

test("windows that ask at once get the same key, later ones too, and each account its own", async () => {
  const secrets = await memorySecrets(await tempFolder());
  const keys = new CacheKeys(secrets);
  const one = accountIdSchema.parse("one");
  const [first, second] = await Promise.all([keys.get(one), keys.get(one)]);
  expect(second).toEqual(first);
  expect(Buffer.from(first.key, "base64")).toHaveLength(32);
  expect(await new CacheKeys(secrets).get(one)).toEqual(first);
  const other = await keys.get(accountIdSchema.parse("two"));
  expect(other.key).not.toBe(first.key);
  expect(other.keyId).not.toBe(first.keyId);
  await keys.forget(one);
  expect((await keys.get(one)).key).not.toBe(first.key);
});
