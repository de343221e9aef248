import type { MessageId, PersonId } from "#contract/ids.ts";
import { personIdSchema } from "#contract/ids.ts";
import type { Scope } from "#contract/scope.ts";
import type { MessageView, ReactionSummary } from "#contract/views/message-view.ts";
import type { Briefs } from "./briefs.ts";
import { pendingReactions, type Message, type Overlaid } from "./message-overlay.ts";
import type { OutboxEntry } from "./outbox.ts";
import type { Reader } from "./reader.ts";
import { reactionStream } from "./streams.ts";

/** People named beside a reaction; the rest come when they are asked for. */
const REACTORS_SHOWN = 5;
const MENTION = /<@([0-9a-f-]{36})>/g;

export interface ViewContext {
  reader: Reader;
  briefs: Briefs;
  me: PersonId;
  scope: Scope;
  pending: readonly OutboxEntry[];
}

export async function messageView(
  context: ViewContext,
  overlaid: Overlaid,
  sort: string,
): Promise<MessageView> {
  const { briefs, me } = context;
  const { message, pending } = overlaid;
  return {
    key: message.id,
    sort,
    message,
    author: await briefs.get(message.authorId),
    mentioned: await briefs.all(mentionedIds(message)),
    reactions: await reactionSummaries(context, message),
    repliers: await briefs.all(message.replyPersonIds ?? []),
    names: {},
    quoteAuthor: null,
    poll: null,
    isPinned: false,
    isSaved: false,
    thread: null,
    acknowledged: null,
    uploads: [],
    isMine: message.authorId === me,
    pending,
  };
}

/** Ids written as `<@ID>` in the body, each once. */
export function mentionedIds(message: Pick<Message, "body">): PersonId[] {
  const ids = new Set<PersonId>();
  for (const match of message.body.matchAll(MENTION)) {
    const id = personIdSchema.safeParse(match[1]);
    if (id.success) ids.add(id.data);
  }
  return [...ids];
}

/** Everyone who reacted, by emoji, in the order in which the emoji were first used. */
export async function reactors(
  context: Pick<ViewContext, "reader" | "me" | "scope" | "pending">,
  message: { id: MessageId; conversationId: Message["conversationId"] },
): Promise<Map<string, PersonId[]>> {
  const { reader, me, scope, pending } = context;
  const stream = reactionStream(scope, message.conversationId);
  const byEmoji = new Map<string, PersonId[]>();
  for (const { emoji, personId } of await reader.reactions(stream, message.id)) {
    const people = byEmoji.get(emoji);
    if (people === undefined) byEmoji.set(emoji, [personId]);
    else people.push(personId);
  }
  for (const [emoji, isThere] of pendingReactions(pending, message.id)) {
    const others = (byEmoji.get(emoji) ?? []).filter((id) => id !== me);
    const people = isThere ? [...others, me] : others;
    if (people.length === 0) byEmoji.delete(emoji);
    else byEmoji.set(emoji, people);
  }
  return byEmoji;
}

async function reactionSummaries(context: ViewContext, message: Message): Promise<ReactionSummary[]> {
  const summaries: ReactionSummary[] = [];
  for (const [emoji, people] of await reactors(context, message)) {
    summaries.push({
      emoji,
      count: people.length,
      isMine: people.includes(context.me),
      people: await context.briefs.all(people.slice(0, REACTORS_SHOWN)),
    });
  }
  return summaries;
}
