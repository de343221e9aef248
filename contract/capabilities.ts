import { z } from "zod";
import { signInMethodSchema } from "./sign-in.ts";

/** Modules that the interface knows by name; a backend may name others. */
export const moduleNames = [
  "inbox",
  "messaging",
  "feed",
  "communities",
  "tasks",
  "calendar",
  "documents",
  "drives",
] as const;
export type ModuleName = (typeof moduleNames)[number];

/** `GET /v1/capabilities`, no credentials needed. */
export const capabilitiesSchema = z.looseObject({
  /** Always `parvis`: tells a workplace from any other JSON. */
  service: z.literal("parvis"),
  name: z.string().min(1).max(200),
  server: z.looseObject({ product: z.string(), version: z.string() }),
  /** Changes when the server's data are made anew: a cache of another epoch is worthless. */
  epoch: z.string().min(1).max(100),
  contract: z.looseObject({
    version: z.int().positive(),
    /** Oldest contract version that the server still answers. */
    oldest: z.int().positive(),
  }),
  modules: z.array(z.string()),
  limits: z.looseObject({
    /** Bytes of a message's body in UTF-8. */
    messageBytes: z.int().positive(),
    mutationsPerRequest: z.int().positive(),
    blobBytes: z.int().positive(),
    blobPartBytes: z.int().positive(),
  }),
  signIn: z.array(signInMethodSchema),
});
export type Capabilities = z.infer<typeof capabilitiesSchema>;
