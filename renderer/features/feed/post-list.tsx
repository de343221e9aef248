import { ArrowUp } from "lucide-react";
import { useCallback, useEffect, useRef, type KeyboardEvent, type ReactNode } from "react";
import type { FeedInfo, PostView } from "#contract/views/feed.ts";
import type { Problem } from "#contract/problem.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useToasts } from "#renderer/kit/toast-store.ts";
import { useRoving } from "#renderer/kit/use-roving.ts";
import { useWorker } from "#renderer/kit/worker-context.tsx";
import { Button, ICON_SIZE, ICON_STROKE } from "#renderer/ui/button.tsx";
import { ProblemNote, SkeletonRows } from "#renderer/ui/note.tsx";
import { PostCard } from "./post-card.tsx";

interface PostListProps {
  label: string;
  posts: readonly PostView[];
  info: FeedInfo | null;
  problem: Problem | null;
  /** Of the live query, to make it grow. */
  subscriptionId: () => number;
  /** What stands here while there is no post. */
  empty: ReactNode;
  hasSpace?: boolean;
}

const MORE_COUNT = 20;
/** More is fetched this far before the end. */
const NEAR = "1200px";

/** Posts under each other: more come as one nears the end, newer ones when they are asked for. */
export function PostList(props: PostListProps) {
  const { label, posts, info, problem, subscriptionId, empty, hasSpace = false } = props;
  const { t } = useTranslation();
  const onKeyDown = usePostKeys();
  const extend = useExtend(subscriptionId);
  const list = useRef<HTMLDivElement>(null);
  const isEmpty = info?.isLoaded === true && posts.length === 0;
  const showHeld = () => {
    extend("newer");
    list.current?.scrollIntoView({ block: "start" });
  };
  useAnnounceHeld(info?.held ?? 0);
  if (problem !== null) return <ProblemNote problem={problem} />;
  return (
    <div ref={list} className="post-list">
      {info !== null && info.held > 0 ? (
        <div className="post-list__held">
          <Button tone="primary" onPress={showHeld}>
            <ArrowUp size={ICON_SIZE} strokeWidth={ICON_STROKE} aria-hidden />
            {t("feed.held", { count: info.held })}
          </Button>
        </div>
      ) : null}
      {info?.isLoaded === true ? null : <SkeletonRows count={4} />}
      {isEmpty && info.held === 0 ? empty : null}
      {posts.length === 0 ? null : (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- arrows and j, k move between its articles
        <div
          className="post-list__posts"
          role="feed"
          aria-label={label}
          aria-busy={info?.older === "loading"}
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- the way into the posts by keyboard
          tabIndex={0}
          onKeyDown={onKeyDown}
        >
          {posts.map((post) => (
            <PostCard key={post.key} post={post} hasSpace={hasSpace} />
          ))}
        </div>
      )}
      <EndOfList info={info} hasPosts={posts.length > 0} onMore={() => extend("older")} />
    </div>
  );
}

function useExtend(subscriptionId: () => number): (direction: "older" | "newer") => void {
  const client = useWorker();
  return useCallback(
    (direction) => {
      void client.call("timeline.extend", { subscriptionId: subscriptionId(), direction, count: MORE_COUNT });
    },
    [client, subscriptionId],
  );
}

/** Those who do not see the button hear that there is something new, once for each number. */
function useAnnounceHeld(held: number): void {
  const { t } = useTranslation();
  const announce = useToasts((state) => state.announce);
  useEffect(() => {
    if (held > 0) announce(t("feed.held", { count: held }));
  }, [held, announce, t]);
}

interface EndOfListProps {
  info: FeedInfo | null;
  hasPosts: boolean;
  onMore: () => void;
}

/** Asks for more when it comes near; says so where there is no more, or none to be had now. */
function EndOfList({ info, hasPosts, onMore }: EndOfListProps) {
  const { t } = useTranslation();
  const mark = useRef<HTMLDivElement>(null);
  const hasMore = info?.older === "cached" || info?.older === "remote";
  useEffect(() => {
    if (!hasMore || mark.current === null) return undefined;
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) onMore();
      },
      { rootMargin: NEAR },
    );
    observer.observe(mark.current);
    return () => observer.disconnect();
  });
  return (
    <div ref={mark} className="post-list__end">
      {info?.older === "loading" ? <SkeletonRows count={1} /> : null}
      {info?.older === "offline" ? t("feed.olderOffline") : null}
      {info?.older === "elsewhere" && hasPosts ? t("feed.olderElsewhere") : null}
      {info?.older === "start" && hasPosts ? t("feed.end") : null}
    </div>
  );
}

const STEPS: Record<string, number> = { j: 1, k: -1 };

/** Arrows as in every list; j and k the same, as those who read feeds know them. */
export function usePostKeys(): (event: KeyboardEvent<HTMLElement>) => void {
  const onRove = useRoving();
  return (event) => {
    const step = STEPS[event.key];
    const isTyping = event.target instanceof HTMLElement && event.target.closest("input, textarea, select");
    if (isTyping !== null && isTyping !== false) return;
    if (step === undefined || event.ctrlKey || event.metaKey || event.altKey) return onRove(event);
    const posts = [...event.currentTarget.querySelectorAll<HTMLElement>("[data-roving]")];
    const current = posts.findIndex((post) => post.contains(document.activeElement));
    const next = posts[Math.max(0, current + step)];
    if (next === undefined) return;
    event.preventDefault();
    next.focus();
    next.scrollIntoView({ block: "nearest" });
  };
}
