import { z } from "zod";

/** What this machine remembers of how the application looks; kept by the host, the same for every window. */
export const settingsSchema = z.looseObject({
  language: z.enum(["system", "fr", "en"]).default("system"),
  theme: z.enum(["system", "light", "dark", "contrast"]).default("system"),
  density: z.enum(["comfortable", "compact"]).default("comfortable"),
  /** `enter`: Enter sends and Shift+Enter breaks the line. `ctrlEnter`: the other way round. */
  sendKey: z.enum(["enter", "ctrlEnter"]).default("enter"),
  /** Pane widths in CSS pixels by pane name. */
  panes: z.record(z.string(), z.number()).default({}),
});
export type Settings = z.infer<typeof settingsSchema>;
