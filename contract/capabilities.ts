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

/** A place for meetings by wire: Jitsi, BigBlueButton, or whatever makes a room of an address. */
export const meetingProviderSchema = z.looseObject({
  name: z.string().min(1).max(100),
  /** Address of a room (RFC 6570, level 1): `{id}` stands for its name, which cannot be guessed. */
  urlTemplate: z
    .string()
    .max(1000)
    .refine(
      (text) => /^https:\/\/[^\s{}]+\{id\}[^\s{}]*$/.test(text) && URL.canParse(text.replace("{id}", "a")),
      {
        message: "It is not https://… with {id} where the name of the room goes.",
      },
    ),
});
export type MeetingProvider = z.infer<typeof meetingProviderSchema>;

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
  /** Where people meet by wire, if the workplace has such a place. */
  meetings: meetingProviderSchema.optional(),
});
export type Capabilities = z.infer<typeof capabilitiesSchema>;
