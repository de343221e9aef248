import type { SpaceId } from "#contract/ids.ts";
import type { FeedInfo, PostFilter } from "#contract/views/feed.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useLiveQuery, useLiveSubscription } from "#renderer/kit/worker-context.tsx";
import { useView } from "#renderer/kit/view-store.ts";
import { useWriter } from "#renderer/parts/use-writer.ts";
import { Button } from "#renderer/ui/button.tsx";
import { EmptyState } from "#renderer/ui/note.tsx";
import { useCallback } from "react";
import { FeedPane } from "./feed-pane.tsx";
import { FIRST_COUNT } from "./first-count.ts";
import { PostList } from "./post-list.tsx";
import { WallComposer } from "./wall-composer.tsx";

interface HomeFeedProps {
  show: PostFilter;
  spaceId: SpaceId | null;
}

/** Posts of all the reader's spaces (or of one), what concerns them first. */
export function HomeFeed({ show, spaceId }: HomeFeedProps) {
  const { t } = useTranslation();
  const [{ items, info, problem }, live] = useLiveSubscription("feed", {
    show,
    count: FIRST_COUNT,
    ...(spaceId === null ? {} : { spaceId }),
  });
  const { items: places } = useLiveQuery("postPlaces", {});
  const space = places.find(({ key }) => key === spaceId)?.place;
  const subscriptionId = useCallback(() => live.id, [live]);
  const title = space?.name ?? t(`feed.show.${show}`);
  const canWrite = show === "all" || show === "questions";
  return (
    <FeedPane title={title} actions={<OrderButton info={info} />}>
      {canWrite && places.length > 0 ? (
        <WallComposer
          places={places}
          {...(spaceId === null ? {} : { spaceId })}
          hasChoice={spaceId === null}
        />
      ) : null}
      <PostList
        label={title}
        posts={items}
        info={info}
        problem={problem}
        subscriptionId={subscriptionId}
        hasSpace={spaceId === null}
        empty={<NoPosts show={show} hasPlaces={places.length > 0} />}
      />
    </FeedPane>
  );
}

/** The two orders; the choice stays, on every machine. */
function OrderButton({ info }: { info: FeedInfo | null }) {
  const { t } = useTranslation();
  const { write, mine } = useWriter();
  if (info === null) return null;
  const choose = (feedOrder: FeedInfo["order"]) => () => void write("preferences.set", mine, { feedOrder });
  return (
    <div className="feed-order" role="group" aria-label={t("feed.order.label")}>
      {(["relevant", "latest"] as const).map((order) => (
        <button
          key={order}
          type="button"
          className="feed-order__choice"
          aria-pressed={info.order === order}
          onClick={choose(order)}
        >
          {t(`feed.order.${order}`)}
        </button>
      ))}
    </div>
  );
}

function NoPosts({ show, hasPlaces }: { show: PostFilter; hasPlaces: boolean }) {
  const { t } = useTranslation();
  const go = useView((state) => state.go);
  if (!hasPlaces) {
    return (
      <EmptyState action={<Button onPress={() => go("communities")}>{t("feed.findSpaces")}</Button>}>
        {t("feed.noSpaces")}
      </EmptyState>
    );
  }
  return <EmptyState>{t(`feed.none.${show}`)}</EmptyState>;
}
