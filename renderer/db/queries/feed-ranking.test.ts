import { describe, expect, test } from "vitest";
import { byScore, rankPost, type RankInput } from "./feed-ranking.ts";

const NOW = Date.UTC(2026, 10, 22, 12);
const HOUR_MS = 3_600_000;

const plain: RankInput = {
  sentMs: NOW - HOUR_MS,
  commentedMs: 0,
  comments: 0,
  reactions: 0,
  isMine: false,
  isNamed: false,
  isEveryone: false,
  isFollowed: false,
  hasNewComments: false,
  isColleague: false,
  isPinned: false,
  isOpenQuestion: false,
  isMustReadWaiting: false,
  isFavourite: false,
  isMuted: false,
};

function score(change: Partial<RankInput>): number {
  return rankPost({ ...plain, ...change }, NOW).score;
}

describe("ranking of the feed", () => {
  test("says why, and says at least that it is the reader's space", () => {
    expect(rankPost(plain, NOW).reasons).toEqual(["space"]);
    const reasons = rankPost({ ...plain, isNamed: true, isColleague: true, reactions: 7 }, NOW).reasons;
    expect(reasons).toEqual(["named", "colleague", "reactions"]);
  });

  test("a must-read that waits stands above everything, be it a month old", () => {
    const old = score({ isMustReadWaiting: true, sentMs: NOW - 720 * HOUR_MS });
    const best = score({ isNamed: true, isColleague: true, isFavourite: true, reactions: 500, sentMs: NOW });
    expect(old).toBeGreaterThan(best);
  });

  test("being named counts for more than any crowd", () => {
    expect(score({ isNamed: true })).toBeGreaterThan(score({ reactions: 10_000, comments: 10_000 }));
  });

  test("is worth half after 36 hours", () => {
    expect(score({ sentMs: NOW - 37 * HOUR_MS }) / score({ sentMs: NOW - HOUR_MS })).toBeCloseTo(0.5, 6);
  });

  test("a new comment brings back what one follows, and nothing else", () => {
    const old = { sentMs: NOW - 200 * HOUR_MS, commentedMs: NOW };
    expect(score({ ...old, isFollowed: true })).toBeGreaterThan(score({}));
    expect(score(old)).toBeLessThan(score({}));
  });

  test("a muted space whispers, unless one is named in it", () => {
    expect(score({ isMuted: true, isColleague: true })).toBeLessThan(score({}));
    expect(score({ isMuted: true, isNamed: true })).toBe(score({ isNamed: true }));
  });

  test("a post from a clock ahead of ours is no better than one of now", () => {
    expect(score({ sentMs: NOW + 100 * HOUR_MS })).toBe(score({ sentMs: NOW }));
  });

  test("equals stand newest first", () => {
    const ranked = rankPost(plain, NOW);
    const posts = ["1", "3", "2"].map((key) => ({ key, ranked }));
    expect(posts.toSorted(byScore).map(({ key }) => key)).toEqual(["3", "2", "1"]);
  });
});
