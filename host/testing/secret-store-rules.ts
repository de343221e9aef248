import assert from "node:assert/strict";
import type { SecretStore } from "../secrets/secret-store.ts";

/** What every store of secrets does, wherever it keeps them. `again`: the same secrets, as the next start finds them. */
export interface StoreUnderTest {
  store: SecretStore;
  /** Undefined for what ends with the run. */
  again?: () => Promise<SecretStore>;
}

interface StoreRule {
  name: string;
  check: (under: StoreUnderTest) => Promise<void>;
}

const LONG = "é".repeat(500);

/** Run by vitest in this process, and by a client in a D-Bus session of its own: hence no vitest in here. */
export const storeRules: readonly StoreRule[] = [
  {
    name: "keeps, replaces, gives back and removes; what is not there is no failure",
    async check({ store }) {
      assert.equal(await store.get("tokens/none"), undefined);
      await store.delete("tokens/none");
      await store.set("tokens/a", "one");
      await store.set("tokens/a", "deux œufs – « à »");
      await store.set("cache-key/b", LONG);
      assert.equal(await store.get("tokens/a"), "deux œufs – « à »");
      assert.equal(await store.get("cache-key/b"), LONG);
      await store.delete("tokens/a");
      assert.equal(await store.get("tokens/a"), undefined);
    },
  },
  {
    name: "names everything that is kept, and nothing else",
    async check({ store }) {
      assert.deepEqual(await store.names(), []);
      const names = ["tokens/a", "tokens/b", "cache-key/a"];
      await Promise.all(names.map((name) => store.set(name, name)));
      assert.deepEqual((await store.names()).toSorted(), names.toSorted());
      assert.deepEqual(await Promise.all(names.map((name) => store.get(name))), names);
      await store.delete("tokens/b");
      assert.deepEqual((await store.names()).toSorted(), ["cache-key/a", "tokens/a"]);
    },
  },
  {
    name: "wiped, nothing is left, also for the next start; and it can be used again",
    async check({ store, again }) {
      await store.set("tokens/a", "one");
      await store.set("tokens/b", "two");
      await store.wipe();
      assert.deepEqual(await store.names(), []);
      assert.equal(await store.get("tokens/a"), undefined);
      if (again !== undefined) assert.deepEqual(await (await again()).names(), []);
      await store.set("tokens/c", "three");
      assert.equal(await store.get("tokens/c"), "three");
    },
  },
  {
    name: "the next start finds everything",
    async check({ store, again }) {
      if (again === undefined) return;
      await store.set("tokens/a", "one");
      await store.set("tokens/b", "two");
      await store.delete("tokens/b");
      const next = await again();
      assert.equal(await next.get("tokens/a"), "one");
      assert.deepEqual(await next.names(), ["tokens/a"]);
    },
  },
];
