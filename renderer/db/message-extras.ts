import type { MessageView, PollView } from "#contract/views/message-view.ts";
import { conversationIdSchema, groupIdSchema, type PersonId } from "#contract/ids.ts";
import { mutations } from "#contract/mutations.ts";
import { DIRECTORY } from "#contract/scope.ts";
import { text } from "./entry.ts";
import { isFailed, type Message } from "./message-overlay.ts";
import type { ViewContext } from "./message-views.ts";
import { unreadReplies } from "./threads.ts";
import { UPLOAD_STREAM } from "./upload-states.ts";

const GROUP = /<!group:([0-9a-f-]{36})>/g;
const CHANNEL = /<#([0-9a-f-]{36})>/g;
/** People named for each answer of a poll. */
const VOTERS_SHOWN = 50;

/** Votes with the reader's waiting one in place of their old one. */
export async function pollView(context: ViewContext, message: Message): Promise<PollView | null> {
  const { poll } = message;
  if (poll === undefined || message.deletedAt !== undefined) return null;
  const { reader, scope, me, briefs } = context;
  const choices = new Map<PersonId, readonly string[]>();
  for (const vote of await reader.votes(scope, message)) choices.set(vote.personId, vote.optionIds);
  const mine = waitingVote(context, message);
  if (mine !== undefined) choices.delete(me);
  if (mine !== undefined && mine.length > 0) choices.set(me, mine);
  const options: PollView["options"] = [];
  for (const { id, text: label } of poll.options) {
    const people = [...choices].filter(([, chosen]) => chosen.includes(id)).map(([personId]) => personId);
    options.push({
      id,
      text: label,
      count: people.length,
      isMine: people.includes(me),
      people: await briefs.all(people.slice(0, VOTERS_SHOWN)),
    });
  }
  const isClosed = poll.closesAt !== undefined && reader.isPast(poll.closesAt);
  return { options, voters: choices.size, isClosed };
}

function waitingVote({ pending }: ViewContext, message: Message): readonly string[] | undefined {
  const last = pending.findLast(
    (entry) =>
      entry.mutation.name === "vote.set" &&
      !isFailed(entry) &&
      text(entry.mutation.args, "messageId") === message.id,
  );
  const parsed = mutations["vote.set"].safeParse(last?.mutation.args);
  return parsed.success ? parsed.data.optionIds : undefined;
}

/** Who has said that they have read a must-read. */
export async function acknowledgedView(
  context: ViewContext,
  message: Message,
): Promise<MessageView["acknowledged"]> {
  if (message.post?.isMustRead !== true || message.deletedAt !== undefined) return null;
  const { reader, scope, me, pending } = context;
  const people = new Set((await reader.acknowledgements(scope, message)).map((row) => row.personId));
  const isWaiting = pending.some(
    (entry) =>
      entry.mutation.name === "post.acknowledge" &&
      !isFailed(entry) &&
      text(entry.mutation.args, "messageId") === message.id,
  );
  if (isWaiting) people.add(me);
  return { count: people.size, isMine: people.has(me) };
}

/** Whether a thread was begun on a message, or may be followed before. */
export function hasThread({ marks }: ViewContext, message: Message): boolean {
  if (message.threadId !== undefined) return false;
  return (message.replyCount ?? 0) > 0 || message.post !== undefined || marks.follows.has(message.id);
}

/** The reader's relation to the thread begun on a message. */
export async function threadView(context: ViewContext, message: Message): Promise<MessageView["thread"]> {
  const follow = context.marks.follows.get(message.id);
  const { reader, scope, me } = context;
  return {
    isFollowed: follow?.isFollowed ?? false,
    unread: await unreadReplies(reader, { scope, me, follow }),
  };
}

/** Whether a body names groups or channels. */
export function hasNames(body: string): boolean {
  return body.includes("<#") || body.includes("<!group:");
}

/** Groups and channels named in a body, by id. */
export async function namesIn(
  context: Pick<ViewContext, "reader" | "scope" | "places">,
  body: string,
): Promise<Record<string, string>> {
  const names: Record<string, string> = {};
  if (!hasNames(body)) return names;
  const { reader, scope, places } = context;
  for (const match of body.matchAll(GROUP)) {
    const id = groupIdSchema.safeParse(match[1]);
    if (!id.success) continue;
    const group =
      (await reader.row(scope, "group", id.data)) ?? (await reader.row(DIRECTORY, "group", id.data));
    if (group !== undefined) names[id.data] = group.name;
  }
  for (const match of body.matchAll(CHANNEL)) {
    const id = conversationIdSchema.safeParse(match[1]);
    const place = id.success ? await places.find(reader, id.data) : undefined;
    if (place !== undefined && place.name !== "") names[place.conversationId] = place.name;
  }
  return names;
}

/** Files of a message that are still on their way. */
export function uploadsOf({ reader, uploads }: ViewContext, message: Message): MessageView["uploads"] {
  const found: MessageView["uploads"] = [];
  for (const { blobId } of message.attachments ?? []) {
    if (blobId === undefined) continue;
    const upload = uploads.get(blobId);
    if (upload === undefined || upload.state === "done") continue;
    reader.watchKey(UPLOAD_STREAM, blobId);
    found.push(upload);
  }
  return found;
}
