import type { SpaceFunction } from "#contract/entities/space.ts";
import { lazy, useState, type ComponentType, type ReactNode } from "react";
import { wallId, type SpaceId } from "#contract/ids.ts";
import { useSpaceTabs, type SpaceTabs } from "#renderer/kit/space-tabs-context.tsx";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useLiveQuery, useSession } from "#renderer/kit/worker-context.tsx";
import type { QueryInfo } from "#contract/worker.ts";
import { AwayState } from "#renderer/parts/not-kept-note.tsx";
import { Count, EmptyState, Note, ProblemNote, SkeletonRows } from "#renderer/ui/note.tsx";
import { AboutTab } from "./about-tab.tsx";
import { ChannelsTab } from "./channels-tab.tsx";
import { functionsOf } from "./community-words.ts";
import { MembersTab } from "./members-tab.tsx";
import { BackToList, PageFrame } from "./page-frame.tsx";
import { SpaceHeader } from "./space-header.tsx";
import { TimeWord } from "#renderer/ui/time-word.tsx";
import "./space-page.css";

const SettingsTab = lazy(() => import("./settings-tab.tsx").then((m) => ({ default: m.SettingsTab })));
const DeskTab = lazy(() => import("./desk-tab.tsx").then((m) => ({ default: m.DeskTab })));

type CommunityInfo = QueryInfo<"community">;
/** The community is there: what its tabs are given. */
export type OpenCommunity = CommunityInfo & { view: NonNullable<CommunityInfo["view"]> };

type Tab = SpaceFunction | "desk" | "settings";

/** A space: its head, its functions as tabs in their order, and what those who run it see besides. */
export function SpacePage({ spaceId, tab }: { spaceId: SpaceId; tab: string | null }) {
  const { t } = useTranslation();
  const isReady = useSession((session) => session.isReady);
  const { info, status, problem } = useLiveQuery("community", { spaceId });
  const others = useSpaceTabs();
  // What was open is kept while the space is being deleted or left: the page says so instead of going blank.
  if (problem !== null) {
    return (
      <PageFrame title={t("community.one")}>
        <ProblemNote problem={problem} />
      </PageFrame>
    );
  }
  if (info === null || (info.view === null && !(status === "ready" && isReady))) {
    return <SkeletonRows count={6} />;
  }
  const { view } = info;
  if (view === null && !info.isHere) {
    return (
      <PageFrame title={t("community.one")}>
        <AwayState />
      </PageFrame>
    );
  }
  if (view === null) {
    return (
      <PageFrame title={t("community.one")}>
        <EmptyState>{t("community.gone")}</EmptyState>
      </PageFrame>
    );
  }
  const community = { ...info, view };
  const tabs = tabsOf(community, others);
  const current = tabs.find((each) => each === tab) ?? tabs[0] ?? "about";
  return (
    <>
      <header className="space-bar">
        <BackToList />
        <SpaceTabBar tabs={tabs} current={current} community={community} />
      </header>
      <TabFrame
        isWhole={isOther(current)}
        isFilled={fillsPage(current)}
        head={
          fillsPage(current) ? (
            <FilledHead tab={current} community={community} />
          ) : (
            <SpaceHeader community={community} />
          )
        }
      >
        <ArchivedNote community={community} />
        <NotKeptNote community={community} />
        <TabContent tab={current} community={community} others={others} />
      </TabFrame>
    </>
  );
}

/** It scrolls within itself, with no more than its name above. */
function fillsPage(name: Tab): boolean {
  return name === "documents" || name === "tasks" || name === "calendar";
}

/** Drawn by another module. */
function isOther(name: Tab): name is keyof SpaceTabs {
  return (
    name === "wall" || name === "news" || name === "documents" || name === "tasks" || name === "calendar"
  );
}

/** What those outside may see is what it is about. */
function tabsOf({ view, canManage }: OpenCommunity, others: SpaceTabs): Tab[] {
  const isInside = view.role !== null;
  const functions = functionsOf(view.space.functions)
    .filter(({ isOn }) => isOn)
    .map(({ name }) => name)
    .filter((name) => (isOther(name) ? others[name] !== undefined : true));
  const open: Tab[] = isInside ? [...functions] : ["about"];
  if (open.length === 0) open.push("about");
  if (!canManage) return open;
  // Whoever runs it finds its people also when the others do not.
  const managed: Tab[] = open.includes("members") ? open : [...open, "members"];
  // The desk is read by animators alone: to an administrator from outside it would look empty.
  return view.role === "animator" ? [...managed, "desk", "settings"] : [...managed, "settings"];
}

interface SpaceTabBarProps {
  tabs: readonly Tab[];
  current: Tab;
  community: OpenCommunity;
}

function SpaceTabBar({ tabs, current, community: { view, toDecide } }: SpaceTabBarProps) {
  const { t } = useTranslation();
  return (
    <nav className="space-tabs" aria-label={t("community.tabs", { name: view.space.name })}>
      {tabs.map((tab) => (
        <a
          key={tab}
          className="space-tabs__tab"
          href={`#/communities/${view.space.id}/${tab}`}
          aria-current={tab === current ? "page" : undefined}
        >
          {t(`community.function.${tab}`)}
          {tab === "desk" ? (
            <Count value={toDecide} isWaiting label={t("community.waitingCount", { count: toDecide })} />
          ) : null}
        </a>
      ))}
    </nav>
  );
}

interface TabFrameProps {
  isWhole: boolean;
  isFilled: boolean;
  head: ReactNode;
  children: ReactNode;
}

function TabFrame({ isWhole, isFilled, head, children }: TabFrameProps) {
  if (isFilled) {
    return (
      <div className="page page--filled">
        {head}
        {children}
      </div>
    );
  }
  return (
    <div className="page">
      {head}
      <div className={isWhole ? "page__body page__body--whole" : "page__body"}>{children}</div>
    </div>
  );
}

/** Documents say where one stands themselves: in a folder, its name. */
function FilledHead({ tab, community: { view } }: { tab: Tab; community: OpenCommunity }) {
  return tab === "documents" ? null : <h2 className="page__name">{view.space.name}</h2>;
}

function ArchivedNote({ community: { view } }: { community: OpenCommunity }) {
  const { t } = useTranslation();
  const { archivedAt, deleteAt } = view.space;
  if (archivedAt === undefined) return null;
  return (
    <Note tone="wait">
      <p>{t("community.archivedNote")}</p>
      {deleteAt === undefined ? null : (
        <p>
          {t("community.deletedOn")} <TimeWord iso={deleteAt} form="day" />
        </p>
      )}
    </Note>
  );
}

/** Said where one may write: what has not left goes with the program. */
function NotKeptNote({ community: { isKept, isHere } }: { community: OpenCommunity }) {
  const { t } = useTranslation();
  if (isKept) return null;
  return (
    <Note tone="wait">
      <p>{t("classification.notKept")}</p>
      {isHere ? null : <p>{t("classification.awayWhy")}</p>}
    </Note>
  );
}

interface TabContentProps {
  tab: Tab;
  community: OpenCommunity;
  others: SpaceTabs;
}

function TabContent({ tab, community, others }: TabContentProps) {
  const spaceId = community.view.space.id;
  switch (tab) {
    case "wall":
    case "news":
    case "tasks":
    case "calendar":
    case "documents": {
      const Other = others[tab];
      return Other === undefined ? null : <OtherTab Other={Other} spaceId={spaceId} />;
    }
    case "channels":
      return <ChannelsTab community={community} />;
    case "about":
      return <AboutTab community={community} />;
    case "members":
      return <MembersTab community={community} />;
    case "desk":
      return <DeskTab community={community} />;
    case "settings":
      return <SettingsTab community={community} />;
  }
}

function OtherTab({
  Other,
  spaceId,
}: {
  Other: ComponentType<{ spaceId: SpaceId; conversationId: ReturnType<typeof wallId> }>;
  spaceId: SpaceId;
}) {
  const [conversationId] = useState(() => wallId(spaceId));
  return <Other spaceId={spaceId} conversationId={conversationId} />;
}
