import type { MessageId, PersonId } from "#contract/ids.ts";
import { personIdSchema } from "#contract/ids.ts";
import type { Scope } from "#contract/scope.ts";
import type { MessageView, ReactionSummary } from "#contract/views/message-view.ts";
import { Briefs } from "./briefs.ts";
import { pendingReactions, type Message, type Overlaid } from "./message-overlay.ts";
import type { OutboxEntry } from "./outbox.ts";
import {
  acknowledgedView,
  hasNames,
  hasThread,
  namesIn,
  pollView,
  threadView,
  uploadsOf,
} from "./message-extras.ts";
import { readMarks, type MessageMarks } from "./message-marks.ts";
import type { Place, Places } from "./places.ts";
import type { QueryContext } from "./query-context.ts";
import type { Reader } from "./reader.ts";
import type { UploadStates } from "./upload-states.ts";

/** People named beside a reaction; the rest come when they are asked for. */
const REACTORS_SHOWN = 5;
const MENTION = /<@([0-9a-f-]{36})>/g;

export interface ViewContext {
  reader: Reader;
  briefs: Briefs;
  me: PersonId;
  scope: Scope;
  pending: readonly OutboxEntry[];
  marks: MessageMarks;
  places: Places;
  uploads: UploadStates;
}

/** What the messages of one conversation are shown with; made once for each run of a query. */
export async function createViewContext(
  { places, uploads }: QueryContext,
  reader: Reader,
  options: { me: PersonId; place: Pick<Place, "scope" | "conversationId">; briefs?: Briefs },
): Promise<ViewContext> {
  const { me, place, briefs = new Briefs(reader) } = options;
  const { scope, conversationId } = place;
  const pending = reader.pending(conversationId);
  const marks = await readMarks(reader, { me, scope, conversationId, pending });
  return { reader, briefs, me, scope, pending, marks, places, uploads };
}

export async function messageView(
  context: ViewContext,
  overlaid: Overlaid,
  sort: string,
): Promise<MessageView> {
  const { briefs, me, marks } = context;
  const { message, pending } = overlaid;
  return {
    key: message.id,
    sort,
    message,
    author: await briefs.get(message.authorId),
    mentioned: await briefs.all(mentionedIds(message)),
    reactions: await reactionSummaries(context, message),
    repliers: await briefs.all(message.replyPersonIds ?? []),
    names: hasNames(message.body) ? await namesIn(context, message.body) : {},
    quoteAuthor: message.quote === undefined ? null : await briefs.get(message.quote.authorId),
    poll: message.poll === undefined ? null : await pollView(context, message),
    isPinned: marks.pinned.has(message.id),
    isSaved: marks.saved.has(message.id),
    thread: hasThread(context, message) ? await threadView(context, message) : null,
    acknowledged: message.post === undefined ? null : await acknowledgedView(context, message),
    uploads: message.attachments === undefined ? [] : uploadsOf(context, message),
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
  const byEmoji = new Map<string, PersonId[]>();
  for (const { emoji, personId } of await reader.reactions(scope, message)) {
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
