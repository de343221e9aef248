import { join } from "node:path";
import { FallbackStore } from "../secrets/fallback-store.ts";

/** Secrets of a test: in memory, beside a folder of its own. */
export async function memorySecrets(folder: string): Promise<FallbackStore> {
  return FallbackStore.open({ path: join(folder, "secrets.json"), reason: "a test", cost: 2 });
}
