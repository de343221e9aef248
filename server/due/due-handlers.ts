import type { CollectionName } from "#contract/collections.ts";
import { publishDue } from "../mutations/article-decision.ts";
import { endInvitation } from "../mutations/guest.ts";
import { emptyTrash } from "../mutations/library-removal.ts";
import { expireShare } from "../mutations/library-share.ts";
import { endAccess } from "../mutations/membership.ts";
import { endPresence } from "../mutations/presence.ts";
import { remindDue } from "../mutations/saved-item.ts";
import { sendDue } from "../mutations/scheduled-message.ts";
import { forgetSignIn } from "../mutations/session.ts";
import { deleteSpace } from "../mutations/space-deletion.ts";
import { tellAlarm } from "../mutations/event-due.ts";
import { tellDue } from "../mutations/task-due.ts";
import type { DueHandler } from "./due-context.ts";

/** What is done with a row whose time has come. */
export const dueHandlers: Partial<Record<CollectionName, DueHandler>> = {
  article: publishDue,
  guestInvitation: endInvitation,
  libraryItem: emptyTrash,
  libraryShare: expireShare,
  membership: endAccess,
  presence: endPresence,
  savedItem: remindDue,
  scheduledMessage: sendDue,
  session: forgetSignIn,
  space: deleteSpace,
  task: tellDue,
  calendarObject: tellAlarm,
};
