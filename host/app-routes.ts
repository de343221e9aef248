import type { AppInfo } from "#contract/bridge.ts";
import { AppError } from "#contract/problem.ts";
import type { Network } from "./network/network.ts";
import { matchesHost } from "./policy/patterns.ts";
import type { Policies } from "./policy/policies.ts";
import { defineRoutes, type Routes } from "./routes.ts";
import type { SettingsStore } from "./settings.ts";

interface AppParts {
  info: AppInfo;
  settings: SettingsStore;
  policies: Policies;
  network: Network;
  openExternal: (url: string) => Promise<void>;
}

export function appRoutes({ info, settings, policies, network, openExternal }: AppParts): Routes {
  return defineRoutes({
    "app.info": () => info,
    "settings.get": () => settings.get(),
    "settings.set": (changes) => settings.set(changes),
    async "shell.openExternal"({ url }) {
      const checked = checkExternalUrl(url);
      assertHostAllowed(policies, checked);
      // A link to a person contacts nobody by itself.
      if (checked.startsWith("https:")) await network.contacts.begin(checked, "link");
      await openExternal(checked);
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

/** @throws AppError forbidden for a host that the organisation has not named */
function assertHostAllowed(policies: Policies, url: string): void {
  const allowed = policies.get("AllowedExternalHosts");
  if (allowed === undefined) return;
  const { protocol, hostname, pathname } = new URL(url);
  const host = protocol === "mailto:" ? mailHost(pathname) : hostname;
  if (allowed.some((pattern) => matchesHost(pattern, host))) return;
  throw new AppError("forbidden", {
    title: "Your organisation does not allow links to this host",
    detail: `${host} is not among the policy AllowedExternalHosts of this machine.`,
  });
}

/** Of the first person written to. */
function mailHost(path: string): string {
  return /@([^,?]+)/.exec(path)?.[1] ?? "";
}
