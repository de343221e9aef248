import { z } from "zod";

/** What is read of Slack's export format (https://slack.com/help/articles/220556107). Everything else is passed over. */
const text = z.string().nullish();
const id = z.string().min(1).max(100);

export const slackUserSchema = z.object({
  id,
  team_id: text,
  name: text,
  real_name: text,
  deleted: z.boolean().nullish(),
  is_restricted: z.boolean().nullish(),
  profile: z
    .object({
      real_name: text,
      display_name: text,
      first_name: text,
      last_name: text,
      email: text,
      title: text,
      phone: text,
    })
    .nullish(),
});
export type SlackUser = z.infer<typeof slackUserSchema>;

export const slackChannelSchema = z.object({
  id,
  name: text,
  created: z.number().nullish(),
  creator: text,
  is_archived: z.boolean().nullish(),
  members: z.array(z.string()).nullish(),
  topic: z.object({ value: text }).nullish(),
  purpose: z.object({ value: text }).nullish(),
});
export type SlackChannel = z.infer<typeof slackChannelSchema>;

const DAY_MS = 24 * 3600 * 1000;

export const slackMessageSchema = z.object({
  ts: z
    .string()
    .regex(/^\d{1,11}(\.\d{1,6})?$/)
    // later messages of the same place would have to come after it
    .refine((ts) => Number(ts) * 1000 < Date.now() + DAY_MS, "lies in the future"),
  type: text,
  subtype: text,
  user: text,
  bot_id: text,
  username: text,
  text,
  thread_ts: text,
  edited: z.object({ ts: z.string() }).nullish(),
  reactions: z.array(z.object({ name: z.string(), users: z.array(z.string()).nullish() })).nullish(),
  files: z
    .array(z.object({ name: text, title: text, mimetype: text, size: z.number().nullish() }).nullable())
    .nullish(),
  attachments: z.array(z.object({ fallback: text, text }).nullable()).nullish(),
  user_profile: z.object({ real_name: text, display_name: text }).nullish(),
  bot_profile: z.object({ name: text }).nullish(),
});
export type SlackMessage = z.infer<typeof slackMessageSchema>;
