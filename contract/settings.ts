import { z } from "zod";

const fields = {
  language: z.enum(["system", "fr", "en"]),
  theme: z.enum(["system", "light", "dark", "contrast"]),
  density: z.enum(["comfortable", "compact"]),
  /** `enter`: Enter sends and Shift+Enter breaks the line. `ctrlEnter`: the other way round. */
  sendKey: z.enum(["enter", "ctrlEnter"]),
  /** The system's own notifications while no window shows Parvis; `hiddenContent` says only that something came. */
  notifications: z.enum(["all", "hiddenContent", "off"]),
  /** Pane widths in CSS pixels by pane name. */
  panes: z.record(z.string(), z.number()),
  /** Started hidden when the person logs in to the machine. */
  autostart: z.boolean(),
  /** Closing the last window leaves Parvis in the tray. */
  closeToTray: z.boolean(),
  /** That closing leaves it in the tray was explained once. */
  isTrayExplained: z.boolean(),
  /** Minutes without anybody there until Parvis locks; 0: never. */
  lockAfterMinutes: z.int().min(0).max(1440),
  /** Locks with the machine's own lock screen. */
  lockWithSystem: z.boolean(),
  /** BCP 47 tags; empty: the language of the interface. */
  spellingLanguages: z.array(z.string().max(20)).max(5),
  /** Each download asks where it goes. */
  isDownloadPlaceAsked: z.boolean(),
};

/** What this machine remembers of how the application looks; kept by the host, the same for every window. */
export const settingsSchema = z.looseObject({
  language: fields.language.default("system"),
  theme: fields.theme.default("system"),
  density: fields.density.default("comfortable"),
  sendKey: fields.sendKey.default("enter"),
  notifications: fields.notifications.default("all"),
  panes: fields.panes.default({}),
  autostart: fields.autostart.default(false),
  closeToTray: fields.closeToTray.default(true),
  isTrayExplained: fields.isTrayExplained.default(false),
  lockAfterMinutes: fields.lockAfterMinutes.default(0),
  lockWithSystem: fields.lockWithSystem.default(false),
  spellingLanguages: fields.spellingLanguages.default([]),
  isDownloadPlaceAsked: fields.isDownloadPlaceAsked.default(false),
});
export type Settings = z.infer<typeof settingsSchema>;

/** Without defaults, which would reset every field that is not named. */
export const settingsChangesSchema = z.looseObject(fields).partial();
export type SettingsChanges = z.infer<typeof settingsChangesSchema>;
