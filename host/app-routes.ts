import type { AppInfo } from "#contract/bridge.ts";
import { AppError } from "#contract/problem.ts";
import { defineRoutes, type Routes } from "./routes.ts";
import type { SettingsStore } from "./settings.ts";

interface AppParts {
  info: AppInfo;
  settings: SettingsStore;
  openExternal: (url: string) => Promise<void>;
}

export function appRoutes({ info, settings, openExternal }: AppParts): Routes {
  return defineRoutes({
    "app.info": () => info,
    "settings.get": () => settings.get(),
    "settings.set": (changes) => settings.set(changes),
    async "shell.openExternal"({ url }) {
      await openExternal(checkExternalUrl(url));
      return null;
    },
  });
}

/** @throws AppError forbidden */
export function checkExternalUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === "https:" || url?.protocol === "mailto:") return url.href;
  throw new AppError("forbidden", {
    title: "This address is not opened outside Parvis",
    detail: "Only https: and mailto: are.",
  });
}
