import { KeyringStore } from "../secrets/keyring-store.ts";
import { AppError } from "#contract/problem.ts";

/** Run inside a D-Bus session by the keyring's test: does what its arguments say, prints what came of it as JSON. */
const [action, name = "", value = ""] = process.argv.slice(2);
const store = new KeyringStore({ profileId: "test", deadlineMs: 3000 });

async function run(): Promise<unknown> {
  if (action === "set") await store.set(name, value);
  if (action === "delete") await store.delete(name);
  if (action === "check") await store.check();
  return (await store.get(name)) ?? null;
}

try {
  process.stdout.write(JSON.stringify({ value: await run() }));
} catch (error) {
  const kind = error instanceof AppError ? error.kind : "bug";
  process.stdout.write(JSON.stringify({ kind, status: await store.status() }));
}
// A call that waits for a person would keep the process.
process.exit(0);
