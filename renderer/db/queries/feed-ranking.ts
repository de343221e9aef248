import type { FeedReason } from "#contract/views/feed.ts";

/** What is known of one post and of the reader's relation to it. Times in milliseconds. */
export interface RankInput {
  sentMs: number;
  /** Of its latest comment; 0 without one. */
  commentedMs: number;
  comments: number;
  reactions: number;
  isMine: boolean;
  isNamed: boolean;
  isEveryone: boolean;
  isFollowed: boolean;
  hasNewComments: boolean;
  isColleague: boolean;
  isPinned: boolean;
  isOpenQuestion: boolean;
  isMustReadWaiting: boolean;
  isFavourite: boolean;
  isMuted: boolean;
}

export interface Ranked {
  score: number;
  /** The strongest first; never empty. */
  reasons: FeedReason[];
}

/** A post is worth half as much after this time. */
const HALF_LIFE_MS = 36 * 3_600_000;
/** An unread must-read stands above everything else, however old. */
const MUST_READ = 1_000_000;
/** What a muted space's posts are worth, unless the reader is named. */
const MUTED = 0.1;
/** From so many on, reactions and comments are a reason. */
const MANY = 5;

const WEIGHTS: Partial<Record<FeedReason, number>> = {
  named: 6,
  newComments: 4,
  followed: 2,
  everyone: 2,
  pinned: 2,
  colleague: 2,
  favourite: 2,
  question: 1.5,
  mine: 1,
};

/**
 * How much a post concerns the reader: `(1 + Σ weights) × 2^(−age / 36 h)`, and a must-read that was not acknowledged
 * above all others.
 *
 * Weights: named in it 6 · followed with comments not read 4 · followed 2 · everyone named 2 · pinned 2 · a colleague of
 * the same service 2 · a favourite space 2 · a question without an answer 1.5 · one's own 1 · reactions and comments each
 * log₂(1 + n) / 2, at most 2. The age is counted from the post, or from its latest comment when that concerns the reader
 * (their own post, or one that they follow). In a muted space all is worth a tenth, unless they are named.
 *
 * No randomness, nothing learnt, nothing sent anywhere: the same rows at the same moment give the same order, and every
 * part of the score that counts is told as a reason.
 */
export function rankPost(input: RankInput, nowMs: number): Ranked {
  const reasons = reasonsOf(input);
  let worth = 1 + crowd(input.reactions) + crowd(input.comments);
  for (const reason of reasons) worth += WEIGHTS[reason] ?? 0;
  if (input.isMuted && !input.isNamed) worth *= MUTED;
  const isDiscussed = input.isMine || input.isFollowed;
  const activeMs = isDiscussed ? Math.max(input.sentMs, input.commentedMs) : input.sentMs;
  const ageMs = Math.max(0, nowMs - activeMs);
  const score = worth * 2 ** (-ageMs / HALF_LIFE_MS);
  return { score: input.isMustReadWaiting ? MUST_READ + score : score, reasons };
}

function reasonsOf(input: RankInput): FeedReason[] {
  const all: [FeedReason, boolean][] = [
    ["mustRead", input.isMustReadWaiting],
    ["named", input.isNamed],
    ["newComments", input.hasNewComments],
    ["everyone", input.isEveryone],
    ["colleague", input.isColleague && !input.isMine],
    ["pinned", input.isPinned],
    ["favourite", input.isFavourite],
    ["followed", input.isFollowed && !input.hasNewComments && !input.isMine],
    ["question", input.isOpenQuestion && !input.isMine],
    ["mine", input.isMine],
    ["reactions", input.reactions >= MANY],
    ["comments", input.comments >= MANY],
  ];
  const reasons = all.flatMap(([reason, isSo]) => (isSo ? [reason] : []));
  return reasons.length === 0 ? ["space"] : reasons;
}

/** Each doubling counts as much as the one before, and a crowd cannot drown everything. */
function crowd(count: number): number {
  return Math.min(2, Math.log2(1 + count) / 2);
}

/** Best first; equals newest first. */
export function byScore<T extends { ranked: Ranked; key: string }>(a: T, b: T): number {
  return b.ranked.score - a.ranked.score || (a.key < b.key ? 1 : -1);
}
