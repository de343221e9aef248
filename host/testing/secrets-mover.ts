import { join } from "node:path";
import { openProfile } from "../profile/profile.ts";
import { openSecrets } from "../secrets/choose-store.ts";
import { FallbackStore } from "../secrets/fallback-store.ts";
import type { SecretStore, SystemStore } from "../secrets/secret-store.ts";

interface Opening {
  dataDir: string;
  policy: "any" | "system" | "passphrase" | "memory";
  /** Whether the system's store can be used. */
  isUsable?: boolean;
  passphrase?: string;
  notices?: string[];
  onStep?: () => void;
}

/** The secrets of a profile on a system whose store is a file here: it outlives processes and needs no desktop. */
export async function openTestSecrets(
  opening: Opening,
): Promise<{ secrets: SecretStore; system: SystemStore }> {
  const { dataDir, isUsable = true, notices = [], ...options } = opening;
  const store = await FallbackStore.open({ path: join(dataDir, "system.json"), reason: "a test", cost: 2 });
  await store.unlock("of the system");
  const system: SystemStore = {
    kind: "keyring",
    store: asSystem(store),
    whyUnavailable: () => Promise.resolve(isUsable ? undefined : "There is none today."),
  };
  const onNotice = (message: string): void => void notices.push(message);
  const profile = await openProfile(dataDir, onNotice);
  const secrets = await openSecrets({
    ...options,
    shell: "browser",
    dataDir,
    profile,
    system,
    onNotice,
    cost: 2,
  });
  return { secrets, system };
}

/** Open as long as the person is logged on, and open again after a wipe. */
function asSystem(store: FallbackStore): SecretStore {
  return {
    get: (name) => store.get(name),
    set: (name, value) => store.set(name, value),
    delete: (name) => store.delete(name),
    names: () => store.names(),
    async wipe() {
      await store.wipe();
      await store.unlock("of the system");
    },
    status: () => Promise.resolve({ store: "keyring", isLocked: false }),
    unlock: () => Promise.resolve({ store: "keyring", isLocked: false }),
    lock: () => Promise.resolve(),
  };
}

/** As a program: opens, unlocks, and kills itself before the step of that number. */
if (process.argv[1] === import.meta.filename) {
  const [dataDir = "", policy, passphrase = "", lastStep = "0"] = process.argv.slice(2);
  let step = 0;
  const { secrets } = await openTestSecrets({
    dataDir,
    policy: policy === "system" ? "system" : "passphrase",
    onStep() {
      step += 1;
      if (step > Number(lastStep)) process.kill(process.pid, "SIGKILL");
    },
  });
  await secrets.unlock(passphrase);
  process.stdout.write("done");
}
