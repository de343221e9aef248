import {
  BookOpenCheck,
  CircleHelp,
  FilePenLine,
  Newspaper,
  Rss,
  SquareUserRound,
  type LucideIcon,
} from "lucide-react";
import type { ReactNode } from "react";
import { createId } from "#contract/ids.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useRoving } from "#renderer/kit/use-roving.ts";
import { useView } from "#renderer/kit/view-store.ts";
import { useLiveQuery } from "#renderer/kit/worker-context.tsx";
import { EmojiAvatar } from "#renderer/ui/avatar.tsx";
import { Button, ICON_SIZE, ICON_STROKE } from "#renderer/ui/button.tsx";
import { Count } from "#renderer/ui/note.tsx";
import { useFeedRoute, type FeedRoute } from "./feed-route.ts";
import "./feed-list-pane.css";

/** What to read: everything, what asks for something, one's own, or one space. */
export function FeedListPane() {
  const { t } = useTranslation();
  const go = useView((state) => state.go);
  const onKeyDown = useRoving({ hasTypeToFind: true });
  const { items: places } = useLiveQuery("postPlaces", {});
  const { info: counts } = useLiveQuery("feedCounts", {});
  const current = placeOf(useFeedRoute());
  const drafts = (counts?.drafts ?? 0) + (counts?.reviews ?? 0);
  return (
    <>
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- arrows move between its buttons */}
      <div className="feed-list" onKeyDown={onKeyDown}>
        <ul className="plain-list">
          <Row id="" path={[]} icon={Rss} label={t("feed.show.all")} current={current} />
          <Row
            id="mustRead"
            path={["mustRead"]}
            icon={BookOpenCheck}
            label={t("feed.show.mustRead")}
            current={current}
            count={counts?.mustRead ?? 0}
            isWaiting
          />
          <Row
            id="questions"
            path={["questions"]}
            icon={CircleHelp}
            label={t("feed.show.questions")}
            current={current}
          />
          <Row
            id="articles"
            path={["articles"]}
            icon={Newspaper}
            label={t("feed.show.articles")}
            current={current}
          />
          <Row
            id="mine"
            path={["mine"]}
            icon={SquareUserRound}
            label={t("feed.show.mine")}
            current={current}
          />
          <Row
            id="drafts"
            path={["drafts"]}
            icon={FilePenLine}
            label={t("feed.drafts")}
            current={current}
            count={drafts}
            isWaiting={(counts?.reviews ?? 0) > 0}
          />
        </ul>
        {places.length === 0 ? null : (
          <section aria-labelledby="feed-spaces">
            <h2 className="feed-list__title" id="feed-spaces">
              {t("feed.spaces")}
            </h2>
            <ul className="plain-list">
              {places.map(({ key, place }) => (
                <Row
                  key={key}
                  id={`space/${key}`}
                  path={["space", key]}
                  face={<EmojiAvatar emoji={place.emoji === "" ? place.name.charAt(0) : place.emoji} />}
                  label={place.name}
                  current={current}
                />
              ))}
            </ul>
          </section>
        )}
      </div>
      {places.length === 0 ? null : (
        <div className="feed-list__foot">
          <Button onPress={() => go("feed", "article", createId(), places[0]?.key ?? "")}>
            <FilePenLine size={ICON_SIZE} strokeWidth={ICON_STROKE} aria-hidden />
            {t("article.write")}
          </Button>
        </div>
      )}
    </>
  );
}

function placeOf(route: FeedRoute): string | null {
  if (route.kind === "drafts") return "drafts";
  if (route.kind !== "list") return null;
  if (route.spaceId !== null) return `space/${route.spaceId}`;
  return route.show === "all" ? "" : route.show;
}

interface RowProps {
  id: string;
  path: string[];
  label: string;
  current: string | null;
  icon?: LucideIcon;
  face?: ReactNode;
  count?: number;
  isWaiting?: boolean;
}

function Row({ id, path, label, current, icon: Icon, face, count = 0, isWaiting = false }: RowProps) {
  const { t } = useTranslation();
  const go = useView((state) => state.go);
  const isCurrent = id === current;
  return (
    <li>
      <button
        type="button"
        className="feed-row"
        data-roving={label}
        tabIndex={isCurrent || (current === null && id === "") ? 0 : -1}
        aria-current={isCurrent ? "page" : undefined}
        onClick={() => go("feed", ...path)}
      >
        {Icon === undefined ? face : <Icon size={ICON_SIZE} strokeWidth={ICON_STROKE} aria-hidden />}
        <span className="feed-row__name">{label}</span>
        <Count value={count} isWaiting={isWaiting} label={t("feed.waiting", { count })} />
      </button>
    </li>
  );
}
