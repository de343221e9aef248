import { z } from "zod";

export const desktopStatusSchema = z.object({
  /** As the system has it written down; `refused`: switched off in the system's own settings. */
  autostart: z.enum(["on", "off", "refused", "unsupported"]),
  /** Without somebody who shows its icon, closing the window ends Parvis. */
  hasTray: z.boolean(),
});
export type DesktopStatus = z.infer<typeof desktopStatusSchema>;
