import type { Message, Quote } from "#contract/entities/message.ts";
import type { ObjectRef } from "#contract/entities/object-ref.ts";
import type { LinkTarget } from "#contract/links.ts";
import { withoutMarks } from "#contract/plain-words.ts";
import type { Scope } from "#contract/scope.ts";
import type { MessageView } from "#contract/views/message-view.ts";
import { decodeMentions, namesOf, type CircleWords } from "#renderer/kit/mentions.ts";

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

export function messageTarget(message: Message): LinkTarget {
  const { conversationId, id: messageId, threadId } = message;
  return {
    kind: "message",
    conversationId,
    messageId,
    ...(threadId === undefined ? {} : { threadId }),
  };
}

const EXCERPT_LENGTH = 300;
/** More than an excerpt is long, also when half of it are marks. */
const LOOKED_AT = 1500;

type Named = Pick<MessageView, "message" | "mentioned" | "names">;

/** The beginning of its text in plain words, or what it carries, to be known again in a list. */
export function messageExcerpt(view: Named, words: CircleWords): string {
  const text = withoutMarks(view.message.body.slice(0, LOOKED_AT));
  const plain = decodeMentions(text, namesOf(view), words).replaceAll(/\s+/g, " ").trim();
  return Array.from(plain === "" ? carried(view.message) : plain)
    .slice(0, EXCERPT_LENGTH)
    .join("");
}

function carried({ poll, attachments }: Message): string {
  return poll?.question ?? attachments?.[0]?.name ?? "";
}

const QUOTE_LENGTH = 20_000;

/** A message as it is carried along by an answer. */
export function quoteOf({ message }: { message: Message }, scope: Scope): Quote {
  const { conversationId, id: messageId, authorId, sentAt } = message;
  const body = message.body === "" ? carried(message) : message.body;
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
