import { Compass, Inbox, Plus, Settings2, type LucideIcon } from "lucide-react";
import { useState, type ReactNode } from "react";
import type { CommunityView, ToDecide } from "#contract/views/communities.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { matchesWords } from "#renderer/kit/text-words.ts";
import { useRoving } from "#renderer/kit/use-roving.ts";
import { useView } from "#renderer/kit/view-store.ts";
import { useLiveQuery, useSession } from "#renderer/kit/worker-context.tsx";
import { EmojiAvatar } from "#renderer/ui/avatar.tsx";
import { Button, IconButton, ICON_SIZE, ICON_STROKE } from "#renderer/ui/button.tsx";
import { SearchBox } from "#renderer/ui/search-box.tsx";
import { Count, EmptyState, SkeletonRows } from "#renderer/ui/note.tsx";
import { useWho } from "./use-who.ts";
import "./community-list.css";

/** Communities of the reader, and what waits for their decision. */
export function CommunityListView() {
  const { t } = useTranslation();
  const who = useWho();
  const go = useView((state) => state.go);
  const isReady = useSession((session) => session.isReady);
  const { items, status } = useLiveQuery("communities", {});
  const [typed, setTyped] = useState("");
  const onRove = useRoving({ hasTypeToFind: true });
  const mine = items.filter(({ role, joinRequest }) => role !== null || joinRequest?.state === "waiting");
  const shown = mine.filter(({ space }) => matchesWords(space.name, typed));
  const current = shown.filter(({ space }) => space.archivedAt === undefined);
  const archived = shown.filter(({ space }) => space.archivedAt !== undefined);
  const isKnown = status === "ready" && isReady;
  return (
    <>
      <div className="list-tools">
        <SearchBox label={t("community.filterMine")} value={typed} onChange={setTyped} />
        {who.isGuest ? null : (
          <IconButton
            icon={Plus}
            label={who.canCreate ? t("community.create") : t("community.ask")}
            onPress={() => go("communities", "new")}
          />
        )}
      </div>
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- arrows move between its buttons */}
      <div className="conversation-list" onKeyDown={onRove}>
        <Places />
        <Decisions />
        {!isKnown && mine.length === 0 ? <SkeletonRows count={6} /> : null}
        {isKnown && mine.length === 0 ? (
          <EmptyState
            action={
              who.isGuest ? null : (
                <Button tone="primary" onPress={() => go("communities")}>
                  {t("community.discover")}
                </Button>
              )
            }
          >
            {t("community.noneYet")}
          </EmptyState>
        ) : null}
        {mine.length > 0 && shown.length === 0 ? <EmptyState>{t("spaces.none")}</EmptyState> : null}
        <CommunitySection title={t("community.mine")} items={current} />
        <CommunitySection title={t("community.archivedSection")} items={archived} />
      </div>
    </>
  );
}

/** Pages that are no community. */
function Places() {
  const { t } = useTranslation();
  const who = useWho();
  const [first] = useView((state) => state.path);
  const { items: own } = useLiveQuery("spaceRequests", { of: "me" });
  const { items: waiting } = useLiveQuery("toDecide", {});
  if (who.isGuest) return null;
  // Once something waits there, the page stands among what is to be decided.
  const isAmongDecisions = waiting.some(({ space }) => space === null);
  return (
    <ul className="plain-list community-places">
      <PlaceRow icon={Compass} label={t("community.directory")} path={[]} isCurrent={first === undefined} />
      {(own.length > 0 || who.isAdministrator) && !isAmongDecisions ? (
        <PlaceRow
          icon={Inbox}
          label={who.isAdministrator ? t("request.all") : t("request.mine")}
          path={["requests"]}
          isCurrent={first === "requests"}
        />
      ) : null}
      {who.isAdministrator ? (
        <PlaceRow
          icon={Settings2}
          label={t("administration.title")}
          path={["administration"]}
          isCurrent={first === "administration"}
        />
      ) : null}
    </ul>
  );
}

interface PlaceRowProps {
  icon: LucideIcon;
  label: string;
  path: string[];
  isCurrent: boolean;
}

function PlaceRow({ icon: Icon, label, path, isCurrent }: PlaceRowProps) {
  return (
    <li>
      <ListRow label={label} path={path} isCurrent={isCurrent} isStop={path.length === 0}>
        <Icon size={ICON_SIZE} strokeWidth={ICON_STROKE} aria-hidden />
        <span className="community-row__name">{label}</span>
      </ListRow>
    </li>
  );
}

function Decisions() {
  const { t } = useTranslation();
  const { items } = useLiveQuery("toDecide", {});
  if (items.length === 0) return null;
  return (
    <section aria-labelledby="to-decide">
      <div className="list-group">
        <h2 id="to-decide" className="list-group__name">
          {t("community.toDecide")}
        </h2>
      </div>
      <ul className="plain-list">
        {items.map((item) => (
          <li key={item.key}>
            <DecisionRow item={item} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function DecisionRow({ item }: { item: ToDecide }) {
  const { t } = useTranslation();
  const count = item.joinRequests + item.reports + item.articles + item.spaceRequests;
  const name = item.space?.name ?? t("request.forSpaces");
  const path = item.space === null ? ["requests"] : [item.space.id, "desk"];
  const isCurrent = useView((state) => state.path[0] === "requests" && item.space === null);
  return (
    <ListRow label={name} path={path} isCurrent={isCurrent}>
      {item.space === null ? (
        <Inbox size={ICON_SIZE} strokeWidth={ICON_STROKE} aria-hidden />
      ) : (
        <EmojiAvatar emoji={item.space.emoji === "" ? "•" : item.space.emoji} />
      )}
      <span className="community-row__name">{name}</span>
      <Count value={count} isWaiting label={t("community.waitingCount", { count })} />
    </ListRow>
  );
}

function CommunitySection({ title, items }: { title: string; items: readonly CommunityView[] }) {
  const headingId = `communities-${title}`;
  const [open] = useView((state) => state.path);
  if (items.length === 0) return null;
  return (
    <section aria-labelledby={headingId}>
      <div className="list-group">
        <h2 id={headingId} className="list-group__name">
          {title}
        </h2>
      </div>
      <ul className="plain-list">
        {items.map((item) => (
          <li key={item.key}>
            <CommunityRow item={item} isCurrent={item.space.id === open} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function CommunityRow({ item, isCurrent }: { item: CommunityView; isCurrent: boolean }) {
  const { t } = useTranslation();
  const { space, role, hasGuests, pending } = item;
  const isFailed = pending?.status === "conflict" || pending?.status === "rejected";
  const marks = [
    role === null ? t("community.standing.waiting") : "",
    isFailed ? t("community.notSaved") : "",
    hasGuests ? t("guest.inside") : "",
  ].filter((mark) => mark !== "");
  return (
    <ListRow label={space.name} path={[space.id]} isCurrent={isCurrent}>
      <EmojiAvatar emoji={space.emoji ?? "•"} />
      <span className="community-row__name">{space.name}</span>
      {marks.map((mark) => (
        <span key={mark} className="tag community-row__mark">
          {mark}
        </span>
      ))}
    </ListRow>
  );
}

interface ListRowProps {
  label: string;
  path: string[];
  isCurrent: boolean;
  isStop?: boolean;
  children: ReactNode;
}

function ListRow({ label, path, isCurrent, isStop = false, children }: ListRowProps) {
  const open = () => {
    const { go, showPane } = useView.getState();
    go("communities", ...path);
    showPane("content");
  };
  return (
    <button
      type="button"
      className="community-row"
      aria-current={isCurrent ? "page" : undefined}
      data-roving={label}
      tabIndex={isCurrent || isStop ? 0 : -1}
      onClick={open}
    >
      {children}
    </button>
  );
}
