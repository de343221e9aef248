import type { Attachment, Message, Poll, Post, Quote } from "#contract/entities/message.ts";
import {
  createId,
  messageIdSchema,
  type ConversationId,
  type MessageId,
  type PersonId,
} from "#contract/ids.ts";
import { personScope, type Scope } from "#contract/scope.ts";
import { toIsoTime, type IsoTime } from "#contract/time.ts";
import { mentionsIn } from "#renderer/kit/mentions.ts";
import type { Place, Write } from "./write.ts";

/** What is said beside the text. */
export interface Said {
  attachments?: readonly Attachment[];
  quote?: Quote;
  poll?: Poll;
  /** Of a comment: the comment that it answers. */
  replyTo?: MessageId;
  post?: Post;
}

/** When a message is sent that is not sent now. */
export interface Later {
  sendAt: IsoTime;
  /** `sendAt` is a guess: the server finds the next working hour of the other. */
  isDuringWorkingHours?: boolean;
}

function saying(place: Place, body: string, { attachments, ...rest }: Said) {
  const mentions = mentionsIn(body);
  return {
    id: messageIdSchema.parse(createId()),
    conversationId: place.conversationId,
    body,
    ...(place.threadId === undefined ? {} : { threadId: place.threadId }),
    ...(mentions.length === 0 ? {} : { mentions }),
    ...(attachments === undefined || attachments.length === 0 ? {} : { attachments: [...attachments] }),
    ...rest,
  };
}

/** What can be done to messages. */
export function createMessageCommands(write: Write, me: PersonId) {
  const mine = personScope(me);
  return {
    sendMessage: (place: Place, body: string, said: Said = {}) =>
      write("message.send", place.scope, saying(place, body, said)),
    scheduleMessage: (place: Place, body: string, later: Later, said: Said = {}) =>
      write("message.schedule", mine, { ...saying(place, body, said), scope: place.scope, ...later }),
    removeScheduled: (id: MessageId) => write("scheduledMessage.remove", mine, { id }),
    editMessage: (
      scope: Scope,
      message: Message,
      body: string,
      changes: Pick<Said, "post" | "poll"> = {},
    ) => {
      const mentions = mentionsIn(body);
      return write("message.edit", scope, {
        id: message.id,
        conversationId: message.conversationId,
        body,
        ...(mentions.length === 0 ? {} : { mentions }),
        ...changes,
        baseVersion: message.version,
      });
    },
    deleteMessage: (scope: Scope, message: Message) =>
      write("message.delete", scope, { id: message.id, conversationId: message.conversationId }),
    pinMessage: (scope: Scope, message: Message, isPinned: boolean) =>
      write("message.pin", scope, { ...ofMessage(message), isPinned }),
    setReaction: (scope: Scope, message: Message, emoji: string, isOn: boolean) =>
      write(isOn ? "reaction.add" : "reaction.remove", scope, { ...ofMessage(message), emoji }),
    /** No option takes the vote back. */
    setVote: (scope: Scope, message: Message, optionIds: readonly string[]) =>
      write("vote.set", scope, { ...ofMessage(message), optionIds: [...optionIds] }),
    markRead: (conversationId: ConversationId, readAt: IsoTime) =>
      write("readMarker.set", mine, { conversationId, readAt }),
    /** Everything from this message on counts as unread again. */
    markUnreadFrom: (message: Message) =>
      write("readMarker.set", mine, {
        conversationId: message.conversationId,
        readAt: toIsoTime(Date.parse(message.sentAt) - 1),
        isUnread: true,
      }),
    saveDraft: (place: Place, body: string) =>
      write("draft.set", mine, {
        conversationId: place.conversationId,
        body,
        ...(place.threadId === undefined ? {} : { threadId: place.threadId }),
      }),
  };
}

function ofMessage(message: Message) {
  return { messageId: message.id, conversationId: message.conversationId };
}
