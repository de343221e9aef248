import { AppError } from "#contract/problem.ts";
import type { SecretStore } from "./secret-store.ts";

export interface Move {
  from: SecretStore;
  /** Empty: what an interrupted move left there has been wiped. */
  to: SecretStore;
  /** Remembers, at one stroke, that `to` is the store from now on. */
  commit: () => Promise<void>;
  /** Nothing is left in `from`. */
  finish: () => Promise<void>;
  /** Told before each step; tests end the process there. */
  onStep?: (() => void) | undefined;
}

/**
 * Copies everything, reads it back, changes over, wipes the old store. Cut off anywhere, one of the two is complete and the
 * profile names it.
 */
export async function moveSecrets({ from, to, commit, finish, onStep = noStep }: Move): Promise<void> {
  const names = await from.names();
  for (const name of names) {
    onStep();
    const value = await from.get(name);
    if (value !== undefined) await to.set(name, value);
  }
  for (const name of names) {
    onStep();
    if ((await to.get(name)) !== (await from.get(name))) throw notKept();
  }
  onStep();
  await commit();
  onStep();
  await from.wipe();
  onStep();
  await finish();
}

function notKept(): AppError {
  return new AppError("secretsUnavailable", {
    title: "The secrets could not be moved",
    detail: "What was copied was not given back as it was: everything stays where it is.",
  });
}

function noStep(): void {
  // Only tests look.
}
