import { lazy, type ComponentType } from "react";
import type { AppInfo } from "#contract/bridge.ts";
import { withWords } from "#renderer/kit/i18n.ts";

/** One panel of the settings: fetched, with its words, when it is opened. */
export interface SettingsSection {
  id:
    | "appearance"
    | "notices"
    | "hours"
    | "desktop"
    | "security"
    | "devices"
    | "network"
    | "updates"
    | "organisation"
    | "diagnostics";
  Panel: ComponentType;
  /** Absent: in both shells. */
  shell?: AppInfo["shell"];
}

const fetched = <T>(load: () => Promise<T>): Promise<T> => withWords(["desktop"], load);

/** In the order in which a person looks: what they see and hear, then this machine, then what an administrator asks for. */
export const settingsSections: readonly SettingsSection[] = [
  {
    id: "appearance",
    Panel: lazy(() =>
      fetched(() => import("./appearance-settings.tsx")).then((m) => ({ default: m.AppearanceSettings })),
    ),
  },
  {
    id: "notices",
    Panel: lazy(() =>
      fetched(() => import("./notice-settings.tsx")).then((m) => ({ default: m.NoticeSettings })),
    ),
  },
  {
    id: "hours",
    Panel: lazy(() =>
      fetched(() => import("./hours-settings.tsx")).then((m) => ({ default: m.HoursSettings })),
    ),
  },
  {
    id: "desktop",
    Panel: lazy(() =>
      fetched(() => import("./desktop-settings.tsx")).then((m) => ({ default: m.DesktopSettings })),
    ),
  },
  {
    id: "security",
    Panel: lazy(() =>
      fetched(() => import("./security-settings.tsx")).then((m) => ({ default: m.SecuritySettings })),
    ),
  },
  {
    id: "devices",
    Panel: lazy(() =>
      fetched(() => import("./devices-settings.tsx")).then((m) => ({ default: m.DevicesSettings })),
    ),
  },
  {
    id: "network",
    Panel: lazy(() =>
      fetched(() => import("./network-settings.tsx")).then((m) => ({ default: m.NetworkSettings })),
    ),
  },
  {
    id: "updates",
    Panel: lazy(() =>
      fetched(() => import("./updates-settings.tsx")).then((m) => ({ default: m.UpdatesSettings })),
    ),
  },
  {
    id: "organisation",
    Panel: lazy(() =>
      fetched(() => import("./organisation-settings.tsx")).then((m) => ({ default: m.OrganisationSettings })),
    ),
  },
  {
    id: "diagnostics",
    Panel: lazy(() =>
      fetched(() => import("./diagnostics-settings.tsx")).then((m) => ({ default: m.DiagnosticsSettings })),
    ),
  },
];
