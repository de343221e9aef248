import type { CollectionName } from "#contract/collections.ts";
import type { Envelope } from "#contract/envelope.ts";
import {
  messageIdSchema,
  personIdSchema,
  reactionId,
  spaceIdSchema,
  wallId,
  type MessageId,
} from "#contract/ids.ts";
import { parseScope, type Scope } from "#contract/scope.ts";
import { toIsoTime } from "#contract/time.ts";
import * as french from "./french.ts";
import { createRandom, seededId, type Random } from "./random.ts";
import { layOut, type Workload, type WorkloadScope } from "./workload.ts";

const POSTS = 20_000;
const COMMENTS = 60_000;
const SEED = 20_261_123;
const DAY_MS = 24 * 3600 * 1000;
const SPAN_MS = 180 * DAY_MS;
const END_MS = Date.UTC(2026, 10, 20, 17, 0, 0);
const EMOJIS = ["👍", "❤️", "🎉"];

interface Writing {
  random: Random;
  scope: Scope;
  /** Those who write there; the reader is among them. */
  members: readonly string[];
}

/** The workload with posts on the walls of its spaces, their comments and likes: as many in each space. */
export function withPosts(workload: Workload): Workload {
  const random = createRandom(SEED);
  const spaces = workload.scopes.filter(({ scope }) => parseScope(scope).kind === "space");
  let [posts, comments] = [POSTS, COMMENTS];
  let left = spaces.length;
  const filled = new Map<Scope, WorkloadScope>();
  for (const space of spaces) {
    const share = { posts: Math.ceil(posts / left), comments: Math.ceil(comments / left) };
    filled.set(space.scope, fill(space, share, random));
    posts -= share.posts;
    comments -= share.comments;
    left--;
  }
  const scopes = workload.scopes.map((each) => filled.get(each.scope) ?? each);
  return { ...workload, name: `${workload.name} with posts`, scopes };
}

function fill(
  space: WorkloadScope,
  share: { posts: number; comments: number },
  random: Random,
): WorkloadScope {
  const members = space.small
    .filter(({ collection }) => collection === "membership")
    .map(({ data }) => String(data["personId"]));
  const writing: Writing = { random, scope: space.scope, members };
  const made: Envelope[] = [];
  const roots: { id: MessageId; sentMs: number; data: Record<string, unknown> }[] = [];
  for (let i = 0; i < share.posts; i++) {
    const sentMs = END_MS - SPAN_MS + Math.floor(((i + random.next()) * SPAN_MS) / share.posts);
    const post = postOf(writing, sentMs);
    roots.push(post);
    made.push(put(space.scope, "message", post.data));
    made.push(...likes(writing, post));
  }
  for (let i = 0; i < share.comments; i++) made.push(comment(writing, random.pick(roots)));
  const before = space.timeline.toReversed();
  const timeline = [...before, ...made].sort((a, b) => (timeOf(a) < timeOf(b) ? -1 : 1));
  return layOut(space.scope, [...space.small, ...timeline]);
}

function postOf({ random, scope, members }: Writing, sentMs: number) {
  const id = messageIdSchema.parse(seededId(random, sentMs));
  const conversationId = wallId(spaceIdSchema.parse(parseScope(scope).id));
  const kind = random.chance(0.1) ? "article" : random.chance(0.15) ? "question" : "post";
  const body = Array.from({ length: kind === "article" ? 12 : 2 }, () => french.frenchText(random));
  const title =
    kind === "post" && random.chance(0.5) ? {} : { title: french.frenchText(random).slice(0, 80) };
  const isMustRead = kind === "article" && random.chance(0.05) ? { isMustRead: true } : {};
  const data: { id: string } & Record<string, unknown> = {
    id,
    conversationId,
    authorId: random.pick(members),
    body: body.join("\n\n"),
    sentAt: toIsoTime(sentMs),
    version: 1,
    post: { kind, ...title, ...isMustRead },
  };
  return { id, sentMs, data };
}

function likes({ random, scope, members }: Writing, post: ReturnType<typeof postOf>): Envelope[] {
  const people = new Set(Array.from({ length: random.below(5) }, () => random.pick(members)));
  return [...people].map((personId) => {
    const emoji = random.pick(EMOJIS);
    const { conversationId } = post.data;
    const createdAt = toIsoTime(post.sentMs + random.below(DAY_MS));
    const id = reactionId(post.id, personIdSchema.parse(personId), emoji);
    return put(scope, "reaction", { id, conversationId, messageId: post.id, personId, emoji, createdAt });
  });
}

function comment(
  { random, scope, members }: Writing,
  root: { id: MessageId; sentMs: number; data: Record<string, unknown> },
): Envelope {
  const sentMs = Math.min(END_MS, root.sentMs + random.below(3 * DAY_MS));
  const sentAt = toIsoTime(sentMs);
  const authorId = random.pick(members);
  root.data["replyCount"] = Number(root.data["replyCount"] ?? 0) + 1;
  root.data["lastReplyAt"] = sentAt;
  root.data["replyPersonIds"] = [authorId];
  return put(scope, "message", {
    id: messageIdSchema.parse(seededId(random, sentMs)),
    conversationId: root.data["conversationId"],
    authorId,
    body: french.frenchText(random),
    sentAt,
    version: 1,
    threadId: root.id,
  });
}

function timeOf({ data }: Envelope): string {
  return String(data["sentAt"] ?? data["createdAt"]);
}

function put(
  scope: Scope,
  collection: CollectionName,
  data: { id: string } & Record<string, unknown>,
): Envelope {
  return { scope, seq: 1, collection, id: data.id, rev: 1, op: "put", data };
}
