import type { Message, Quote } from "#contract/entities/message.ts";
import type { ObjectRef } from "#contract/entities/object-ref.ts";
import type { Scope } from "#contract/scope.ts";
import type { LinkTarget } from "#contract/links.ts";

const EXCERPT = 300;
/** A shared post is carried along as it was, up to here. */
const LONGEST_QUOTE = 20_000;

export function postObject(scope: Scope, message: Message): ObjectRef {
  const { conversationId, id: messageId, threadId } = message;
  return {
    kind: "message",
    scope,
    conversationId,
    messageId,
    ...(threadId === undefined ? {} : { threadId }),
  };
}

export function postTarget({ conversationId, id: messageId, threadId }: Message): LinkTarget {
  return {
    kind: "message",
    conversationId,
    messageId,
    ...(threadId === undefined ? {} : { threadId }),
  };
}

/** What a post is called where there is room for a line only. */
export function postExcerpt({ post, body, poll, attachments }: Message): string {
  const words = post?.title ?? (body === "" ? (poll?.question ?? attachments?.[0]?.name ?? "") : body);
  return words.replaceAll(/\s+/g, " ").trim().slice(0, EXCERPT);
}

/** A post as another space's wall carries it. */
export function sharedQuote(scope: Scope, message: Message): Quote {
  const { conversationId, id: messageId, authorId, sentAt, post, body } = message;
  return {
    kind: "share",
    scope,
    conversationId,
    messageId,
    authorId,
    sentAt,
    ...(post?.title === undefined ? {} : { title: post.title }),
    body: (body === "" ? (post?.summary ?? "") : body).slice(0, LONGEST_QUOTE),
  };
}

export function isNews({ post }: Pick<Message, "post">): boolean {
  return post?.kind === "article" || post?.kind === "blog";
}
