import { lazy } from "react";
import { withWords } from "#renderer/kit/i18n.ts";
import { CommunitiesContent } from "#renderer/features/communities/communities-module.tsx";
import { SpaceTabsProvider, type SpaceTabs } from "#renderer/kit/space-tabs-context.tsx";

const tabs = () => import("#renderer/features/feed/feed-tabs.tsx");

const spaceTabs: SpaceTabs = {
  wall: lazy(() => tabs().then((m) => ({ default: m.WallTab }))),
  news: lazy(() => tabs().then((m) => ({ default: m.NewsTab }))),
  tasks: lazy(() =>
    withWords(["tasks"], () => import("#renderer/features/tasks/tasks-tab.tsx")).then((m) => ({
      default: m.TasksTab,
    })),
  ),
  calendar: lazy(() =>
    withWords(["calendar"], () => import("#renderer/features/calendar/calendar-tab.tsx")).then((m) => ({
      default: m.CalendarTab,
    })),
  ),
  documents: lazy(() =>
    withWords(["documents"], () => import("#renderer/features/documents/documents-tab.tsx")).then((m) => ({
      default: m.DocumentsTab,
    })),
  ),
};

/** The communities module with what the feed module draws on a space's page: here they are introduced to each other. */
export function CommunitiesPane() {
  return (
    <SpaceTabsProvider value={spaceTabs}>
      <CommunitiesContent />
    </SpaceTabsProvider>
  );
}
