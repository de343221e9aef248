import { randomUUID } from "node:crypto";
import { KeyringStore } from "../secrets/keyring-store.ts";
import { AppError } from "#contract/problem.ts";
import { storeRules } from "./secret-store-rules.ts";

/** Run inside a D-Bus session by the keyring's test: does what its arguments say, prints what came of it as JSON. */
const [action, name = "", value = ""] = process.argv.slice(2);
const open = (profileId: string): KeyringStore => new KeyringStore({ profileId, deadlineMs: 3000 });
const store = open("test");

async function run(): Promise<unknown> {
  if (action === "rules") return keepRules();
  if (action === "set") await store.set(name, value);
  if (action === "delete") await store.delete(name);
  if (action === "check") await store.check();
  return (await store.get(name)) ?? null;
}

/** Each in a profile of its own; a rule that is broken ends it. */
async function keepRules(): Promise<string[]> {
  for (const rule of storeRules) {
    const profileId = randomUUID();
    await rule.check({ store: open(profileId), again: () => Promise.resolve(open(profileId)) });
  }
  return storeRules.map((rule) => rule.name);
}

try {
  process.stdout.write(JSON.stringify({ value: await run() }));
} catch (error) {
  const kind = error instanceof AppError ? error.kind : `bug: ${String(error)}`;
  process.stdout.write(JSON.stringify({ kind, status: await store.status() }));
}
// A call that waits for a person would keep the process.
process.exit(0);
