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
};

/** What this machine remembers of how the application looks; kept by the host, the same for every window. */
export const settingsSchema = z.looseObject({
  language: fields.language.default("system"),
  theme: fields.theme.default("system"),
  density: fields.density.default("comfortable"),
  sendKey: fields.sendKey.default("enter"),
  notifications: fields.notifications.default("all"),
  panes: fields.panes.default({}),
});
export type Settings = z.infer<typeof settingsSchema>;

/** Without defaults, which would reset every field that is not named. */
export const settingsChangesSchema = z.looseObject(fields).partial();
export type SettingsChanges = z.infer<typeof settingsChangesSchema>;
