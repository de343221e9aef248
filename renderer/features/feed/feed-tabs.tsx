import { FilePenLine } from "lucide-react";
import { useCallback, useEffect, useState } from "react";
import { createId, type ConversationId } from "#contract/ids.ts";
import type { PostFilter, PostView } from "#contract/views/feed.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import type { SpaceTabProps } from "#renderer/kit/space-tabs-context.tsx";
import { useView } from "#renderer/kit/view-store.ts";
import { useWindowActive } from "#renderer/kit/use-window-active.ts";
import { useLiveQuery, useLiveSubscription } from "#renderer/kit/worker-context.tsx";
import { useCommands } from "#renderer/parts/use-commands.ts";
import { Button, ICON_SIZE, ICON_STROKE } from "#renderer/ui/button.tsx";
import { EmptyState } from "#renderer/ui/note.tsx";
import { FeedDialogs } from "./feed-dialogs.tsx";
import { FIRST_COUNT } from "./first-count.ts";
import { PostList } from "./post-list.tsx";
import { WallComposer } from "./wall-composer.tsx";
import "./feed.css";

const FILTERS: readonly PostFilter[] = ["all", "questions", "articles", "polls"];

/** The wall of a space, on the space's page. */
export function WallTab({ spaceId, conversationId }: SpaceTabProps) {
  const { t } = useTranslation();
  const [show, setShow] = useState<PostFilter>("all");
  const [{ items, info, problem }, live] = useLiveSubscription("wall", {
    spaceId,
    show,
    count: FIRST_COUNT,
  });
  const { items: places } = useLiveQuery("postPlaces", {});
  const mine = places.filter(({ key }) => key === spaceId);
  const subscriptionId = useCallback(() => live.id, [live]);
  useReadWall(conversationId, items);
  return (
    <div className="feed-tab">
      <WallComposer places={mine} spaceId={spaceId} />
      <div className="feed-order" role="group" aria-label={t("feed.filter")}>
        {FILTERS.map((filter) => (
          <button
            key={filter}
            type="button"
            className="feed-order__choice"
            aria-pressed={filter === show}
            onClick={() => setShow(filter)}
          >
            {t(`feed.wallShow.${filter}`)}
          </button>
        ))}
      </div>
      <PostList
        key={show}
        label={t("feed.wall", { space: info?.place?.name ?? "" })}
        posts={items}
        info={info}
        problem={problem}
        subscriptionId={subscriptionId}
        empty={<EmptyState>{t(show === "all" ? "feed.wallEmpty" : `feed.none.${show}`)}</EmptyState>}
      />
      <FeedDialogs />
    </div>
  );
}

/** A wall that a person has before them is read up to its newest post. */
function useReadWall(conversationId: ConversationId, posts: readonly PostView[]): void {
  const commands = useCommands();
  const isActive = useWindowActive();
  const newest = posts
    .filter(({ view }) => view.pending === null)
    .reduce((latest, { view }) => (view.message.sentAt > latest ? view.message.sentAt : latest), "");
  const at = posts.find(({ view }) => view.message.sentAt === newest)?.view.message.sentAt;
  useEffect(() => {
    if (isActive && at !== undefined) void commands.markRead(conversationId, at);
  }, [commands, conversationId, isActive, at]);
}

const NO_SECTION = "";

/** News and blog posts of a space, by its sections; what is archived apart. */
export function NewsTab({ spaceId }: SpaceTabProps) {
  const { t } = useTranslation();
  const go = useView((state) => state.go);
  const [section, setSection] = useState(NO_SECTION);
  const [isArchived, setArchived] = useState(false);
  const [{ items, info, problem }, live] = useLiveSubscription("news", {
    spaceId,
    isArchived,
    count: FIRST_COUNT,
    ...(section === NO_SECTION ? {} : { section }),
  });
  const subscriptionId = useCallback(() => live.id, [live]);
  const sections = info?.sections ?? [];
  return (
    <div className="feed-tab">
      <div className="news-bar">
        <div className="feed-order" role="group" aria-label={t("article.sections")}>
          {[NO_SECTION, ...sections].map((each) => (
            <button
              key={each}
              type="button"
              className="feed-order__choice"
              aria-pressed={!isArchived && each === section}
              onClick={() => {
                setArchived(false);
                setSection(each);
              }}
            >
              {each === NO_SECTION ? t("article.allSections") : each}
            </button>
          ))}
          {(info?.archived ?? 0) === 0 ? null : (
            <button
              type="button"
              className="feed-order__choice"
              aria-pressed={isArchived}
              onClick={() => {
                setArchived(true);
                setSection(NO_SECTION);
              }}
            >
              {t("article.archives", { count: info?.archived ?? 0 })}
            </button>
          )}
        </div>
        {info?.place?.canPost === true ? (
          <Button onPress={() => go("feed", "article", createId(), spaceId)}>
            <FilePenLine size={ICON_SIZE} strokeWidth={ICON_STROKE} aria-hidden />
            {t("article.write")}
          </Button>
        ) : null}
      </div>
      <PostList
        key={`${section} ${String(isArchived)}`}
        label={t("feed.news", { space: info?.place?.name ?? "" })}
        posts={items}
        info={info}
        problem={problem}
        subscriptionId={subscriptionId}
        empty={<EmptyState>{t("article.none")}</EmptyState>}
      />
      <FeedDialogs />
    </div>
  );
}
