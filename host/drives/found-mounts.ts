import type { z } from "zod";
import type { foundMountSchema } from "#contract/drives.ts";

/** What the system has mounted. */
export type FoundMount = z.infer<typeof foundMountSchema>;
