import { join } from "node:path";
import { settingsSchema, type Settings, type SettingsChanges } from "#contract/settings.ts";
import type { HostEvents } from "./events.ts";
import { JsonFile } from "./files/json-file.ts";

export interface SettingsStore {
  get(): Promise<Settings>;
  /** Changes the fields given and leaves the rest. */
  set(changes: SettingsChanges): Promise<Settings>;
}

export function createSettings(
  dataDir: string,
  events: HostEvents,
  onDamaged: (message: string) => void,
): SettingsStore {
  const file = new JsonFile<Settings>({
    path: join(dataDir, "settings.json"),
    schema: settingsSchema,
    empty: () => settingsSchema.parse({}),
    onDamaged,
  });
  return {
    get: () => file.read(),
    async set(changes) {
      const settings = await file.update((current) => settingsSchema.parse({ ...current, ...changes }));
      events.emit({ type: "settingsChanged", settings });
      return settings;
    },
  };
}
