import { join } from "node:path";
import { AppError } from "#contract/problem.ts";
import {
  settingsChangesSchema,
  settingsSchema,
  type Settings,
  type SettingsChanges,
} from "#contract/settings.ts";
import type { HostEvents } from "./events.ts";
import { JsonFile } from "./files/json-file.ts";
import { noPolicies, type Policies } from "./policy/policies.ts";

export interface SettingsStore {
  get(): Promise<Settings>;
  /**
   * Changes the fields given and leaves the rest.
   * @throws AppError forbidden for what the organisation has decided
   */
  set(changes: SettingsChanges): Promise<Settings>;
}

/** What the person has chosen, between what the organisation proposes and what it imposes. */
export function createSettings(
  dataDir: string,
  events: HostEvents,
  onDamaged: (message: string) => void,
  policies: Policies = noPolicies,
): SettingsStore {
  const file = new JsonFile<SettingsChanges>({
    path: join(dataDir, "settings.json"),
    schema: settingsChangesSchema,
    empty: () => ({}),
    salvage: keepWhatFits,
    onDamaged,
  });
  const inForce = (chosen: SettingsChanges): Settings =>
    settingsSchema.parse({
      ...policies.settings("recommended"),
      ...chosen,
      ...policies.settings("mandatory"),
    });
  const tell = (settings: Settings): Settings => {
    events.emit({ type: "settingsChanged", settings });
    return settings;
  };
  const get = async (): Promise<Settings> => inForce(await file.read());
  policies.subscribe(() => void get().then(tell));
  return {
    get,
    async set(changes) {
      refuseImposed(changes, policies);
      return tell(inForce(await file.update((chosen) => ({ ...chosen, ...changes }))));
    },
  };
}

/** One wrong field does not lose the others. */
function keepWhatFits(value: unknown): SettingsChanges | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  const fitting = Object.entries(value).filter(
    ([name, chosen]) => settingsChangesSchema.safeParse({ [name]: chosen }).success,
  );
  return settingsChangesSchema.safeParse(Object.fromEntries(fitting)).data;
}

function refuseImposed(changes: SettingsChanges, policies: Policies): void {
  const imposed = policies.settings("mandatory");
  const refused = Object.keys(changes).find((key) => key in imposed && changes[key] !== imposed[key]);
  if (refused === undefined) return;
  throw new AppError("forbidden", {
    title: "Your organisation has decided this setting",
    detail: `“${refused}” is set by a policy of this machine: see Settings, Organisation.`,
  });
}
