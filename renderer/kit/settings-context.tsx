import { createContext, use } from "react";
import { settingsSchema, type Settings } from "#contract/settings.ts";

const SettingsContext = createContext<Settings>(settingsSchema.parse({}));
export const SettingsProvider = SettingsContext.Provider;

export function useSettings(): Settings {
  return use(SettingsContext);
}
