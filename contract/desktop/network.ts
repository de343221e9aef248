import { z } from "zod";
import { accountIdSchema } from "../account.ts";

/** One host that was contacted, as the contact log keeps it. Nothing is contacted that is not in it. */
export const contactSchema = z.object({
  /** `https://host:port`, or `proxy`, `pac`… as scheme of what is no page. */
  origin: z.string(),
  /** Part of Parvis that asked: workplace, sign-in, updates, link, spelling, proxy. */
  module: z.enum([
    "workplace",
    "signIn",
    "updates",
    "link",
    "spelling",
    "proxy",
    "selfTest",
    "drives",
    "calendars",
  ]),
  firstAt: z.iso.datetime(),
  lastAt: z.iso.datetime(),
  count: z.int().min(1),
  failures: z.int().min(0),
  lastFailure: z.string().optional(),
});
export type Contact = z.infer<typeof contactSchema>;

/** How a workplace is reached now. */
export const networkWaySchema = z.object({
  accountId: accountIdSchema,
  /** Of the workplace. */
  origin: z.string(),
  /** `unreadable`: the proxy script is not to be had. */
  kind: z.enum(["direct", "proxy", "unknown", "unreadable"]),
  /** Of the proxy: host and port. */
  address: z.string().optional(),
  source: z.enum(["policy", "environment", "system", "none"]),
  /** A proxy script said so. */
  isScript: z.boolean(),
});
export type NetworkWay = z.infer<typeof networkWaySchema>;

/** Something between Parvis and the network asks the person. */
export const networkQuestionSchema = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("proxyCredentials"),
    id: z.string(),
    host: z.string(),
    realm: z.string(),
    /** The last answer was refused. */
    isAgain: z.boolean(),
  }),
  z.object({
    kind: z.literal("clientCertificate"),
    id: z.string(),
    host: z.string(),
    certificates: z.array(
      z.object({
        fingerprint: z.string(),
        subject: z.string(),
        issuer: z.string(),
        validUntil: z.iso.datetime(),
      }),
    ),
  }),
]);
export type NetworkQuestion = z.infer<typeof networkQuestionSchema>;

export const networkAnswerSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("cancel") }),
  z.object({
    kind: z.literal("credentials"),
    username: z.string().max(500),
    password: z.string().max(1000),
    isRemembered: z.boolean(),
  }),
  z.object({ kind: z.literal("certificate"), fingerprint: z.string().max(200), isRemembered: z.boolean() }),
]);
export type NetworkAnswer = z.infer<typeof networkAnswerSchema>;
