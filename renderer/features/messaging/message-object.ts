import type { Message, Quote } from "#contract/entities/message.ts";
import type { ObjectRef } from "#contract/entities/object-ref.ts";
import { formatLink } from "#contract/links.ts";
import type { Scope } from "#contract/scope.ts";

/** A message as something that can be saved, linked to or reported. */
export function messageObject(scope: Scope, message: Message): ObjectRef {
  const { conversationId, id: messageId, threadId } = message;
  return {
    kind: "message",
    scope,
    conversationId,
    messageId,
    ...(threadId === undefined ? {} : { threadId }),
  };
}

export function messageLink(message: Message): string {
  const { conversationId, id: messageId, threadId } = message;
  return formatLink({
    kind: "message",
    conversationId,
    messageId,
    ...(threadId === undefined ? {} : { threadId }),
  });
}

const EXCERPT_LENGTH = 300;

/** The beginning of its text, or what it carries, to be known again in a list. */
export function messageExcerpt(message: Message): string {
  const text =
    message.body === "" ? (message.poll?.question ?? message.attachments?.[0]?.name ?? "") : message.body;
  return text.slice(0, EXCERPT_LENGTH);
}

const QUOTE_LENGTH = 20_000;

/** A message as it is carried along by an answer. */
export function quoteOf({ message }: { message: Message }, scope: Scope): Quote {
  const { conversationId, id: messageId, authorId, sentAt } = message;
  const body = message.body === "" ? messageExcerpt(message) : message.body;
  return {
    kind: "quote",
    scope,
    conversationId,
    messageId,
    authorId,
    sentAt,
    body: body.slice(0, QUOTE_LENGTH),
  };
}
