import type { ScheduledMessage } from "#contract/entities/scheduled-message.ts";
import type { MutationArgs } from "#contract/mutations.ts";

/** The command that puts this message there again, or changes it: its row without what the server adds. */
export function scheduleArgs(scheduled: ScheduledMessage): MutationArgs<"message.schedule"> {
  const { id, scope, conversationId, threadId, body, mentions, attachments, quote, poll } = scheduled;
  const { sendAt, isDuringWorkingHours } = scheduled;
  const optional = { threadId, mentions, attachments, quote, poll, isDuringWorkingHours };
  const given = Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined));
  return { id, scope, conversationId, body, sendAt, ...given };
}
