import { z } from "zod";

/** An account of this machine: a workplace and whoever is signed in there. */
export const accountIdSchema = z
  .string()
  .regex(/^[a-z0-9-]{1,64}$/)
  .brand<"AccountId">();
export type AccountId = z.infer<typeof accountIdSchema>;
