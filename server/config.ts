import type { Capabilities, MeetingProvider } from "#contract/capabilities.ts";
import { EVENTS_HEARTBEAT_MS } from "#contract/events.ts";
import type { AssignedDrive, SignInMethod } from "#contract/sign-in.ts";
import type { MailOptions } from "./guests/mailer.ts";

export interface ServerConfig {
  /** Name of the workplace, as people read it. */
  name: string;
  limits: Capabilities["limits"];
  /** The methods announced are the ones answered. */
  signIn: SignInMethod[];
  /** A reverse proxy stands in front and adds the caller's address to X-Forwarded-For; nobody else can reach the server. */
  trustsProxy: boolean;
  /** Where people outside reach it: links in e-mails lead there. Without a trailing slash. */
  publicUrl: string | undefined;
  /** How invitations are sent; without it animators hand the links on. */
  mail: MailOptions | undefined;
  /** Drives that everybody of the workplace is given. */
  drives: AssignedDrive[];
  /** Where people meet by wire. */
  meetings: MeetingProvider | undefined;
  /** How long a person stays shown as reachable after the last of their connections closed. */
  presenceGraceMs: number;
  /** How often it is looked whose signs of life have ceased. */
  presenceSweepMs: number;
  heartbeatMs: number;
  /** How often the server looks for what is due, beside being told. */
  dueEveryMs: number;
  /** Recent changes kept in memory so that a short cut needs no catching up. */
  eventsKept: number;
}

export const defaultConfig: ServerConfig = {
  name: "Parvis",
  limits: {
    messageBytes: 64 * 1024,
    mutationsPerRequest: 500,
    blobBytes: 2 * 1024 * 1024 * 1024,
    blobPartBytes: 8 * 1024 * 1024,
  },
  signIn: [{ kind: "password" }],
  trustsProxy: false,
  publicUrl: undefined,
  mail: undefined,
  drives: [],
  meetings: undefined,
  presenceGraceMs: 20_000,
  presenceSweepMs: 1000,
  heartbeatMs: EVENTS_HEARTBEAT_MS,
  dueEveryMs: 3000,
  eventsKept: 10_000,
};

/** Largest body of `POST /v1/mutations`: a full batch of the longest messages, and room to spare. */
export const MUTATION_BODY_BYTES = 48 * 1024 * 1024;
