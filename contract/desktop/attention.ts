import { z } from "zod";
import { presenceStateSchema } from "../entities/presence.ts";

/** As the end of do not disturb: none. */
export const UNTIL_TURNED_OFF = "9000-01-01T00:00:00.000Z";

/** What a page tells its host about an account while it is open, so that tray, badge and quitting know without asking. */
export const attentionSchema = z.object({
  connection: z.enum(["connected", "connecting", "offline", "signedOut"]),
  /** What waits in the inbox: the same rows whether a page or the host counts them. */
  unread: z.int().min(0),
  /** Those of them that ask for an answer or a deed. */
  mentions: z.int().min(0),
  /** Commands and files of the outbox that have not left. */
  waiting: z.int().min(0),
  /** Do not disturb, quiet hours: nothing is announced now. */
  isQuiet: z.boolean(),
  /** Do not disturb, by the person's own wish, until then; `UNTIL_TURNED_OFF`: without an end. */
  doNotDisturbUntil: z.iso.datetime().nullable().default(null),
  /** Chosen by hand; null: by signs of life. Absent: not known. */
  presence: presenceStateSchema.nullable().optional(),
  /** The newest things of the inbox, newest first; `link` as in contract/links.ts. */
  recent: z
    .array(
      z.object({
        title: z.string().max(300),
        link: z.string().max(300),
        at: z.iso.datetime(),
        /** Of a reminder: the way into its meeting. */
        conference: z.string().max(2000).optional(),
      }),
    )
    .max(5),
});
export type Attention = z.infer<typeof attentionSchema>;

/** What the person may ask for from the tray; the page carries it out as a command of its own. */
export const trayCommandSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("doNotDisturb"), until: z.iso.datetime().nullable() }),
  /** `null`: by signs of life again. */
  z.object({ kind: z.literal("presence"), state: presenceStateSchema.nullable() }),
  z.object({ kind: z.literal("retry") }),
]);
export type TrayCommand = z.infer<typeof trayCommandSchema>;
