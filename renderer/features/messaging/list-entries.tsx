import { AlarmClock, Bookmark, MessagesSquare, type LucideIcon } from "lucide-react";
import { useEffect, useState } from "react";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useView } from "#renderer/kit/view-store.ts";
import { useLiveQuery } from "#renderer/kit/worker-context.tsx";
import { ICON_SIZE, ICON_STROKE } from "#renderer/ui/button.tsx";
import { Count } from "#renderer/ui/note.tsx";

export const pages = ["threads", "saved", "scheduled"] as const;
export type PageName = (typeof pages)[number];

const ICONS: Record<PageName, LucideIcon> = {
  threads: MessagesSquare,
  saved: Bookmark,
  scheduled: AlarmClock,
};

export function isPage(name: string | null | undefined): name is PageName {
  return pages.some((page) => page === name);
}

interface ListEntriesProps {
  page: string | null;
  /** Whether Tab stops here: at the open page. */
  isStop: boolean;
}

/** The ways to followed threads, to what was saved and to what will be sent later. */
export function ListEntries({ page, isStop }: ListEntriesProps) {
  const { t } = useTranslation();
  const hasCounts = useLater();
  return (
    <ul className="plain-list list-entries">
      {pages.map((name) => {
        const Icon = ICONS[name];
        const label = t(`listTools.${name}`);
        return (
          <li key={name}>
            <button
              type="button"
              className="conversation-row"
              data-roving={label}
              aria-current={page === name ? "page" : undefined}
              tabIndex={isStop && page === name ? 0 : -1}
              onClick={() => useView.getState().go("messaging", name)}
            >
              <span className="conversation-face" aria-hidden>
                <Icon size={ICON_SIZE} strokeWidth={ICON_STROKE} />
              </span>
              <span className="conversation-row__words">{label}</span>
              {hasCounts ? <EntryCount name={name} /> : null}
            </button>
          </li>
        );
      })}
    </ul>
  );
}

/** Counted once the first screen stands: what is open comes first. */
const LATER_MS = 1000;

function useLater(): boolean {
  const [isLater, setLater] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLater(true), LATER_MS);
    return () => clearTimeout(timer);
  }, []);
  return isLater;
}

function EntryCount({ name }: { name: PageName }) {
  switch (name) {
    case "threads":
      return <ThreadsCount />;
    case "saved":
      return <SavedCount />;
    case "scheduled":
      return <ScheduledCount />;
  }
}

function ThreadsCount() {
  const { t } = useTranslation();
  const { info } = useLiveQuery("threads", {});
  const count = info?.unread ?? 0;
  return <Count value={count} isWaiting label={t("listTools.waiting", { count })} />;
}

function SavedCount() {
  const { t } = useTranslation();
  const { items } = useLiveQuery("savedItems", {});
  const open = items.filter(({ item }) => item.doneAt === undefined);
  const isWaiting = open.some(({ item }) => item.remindedAt !== undefined);
  return (
    <Count value={open.length} isWaiting={isWaiting} label={t("listTools.waiting", { count: open.length })} />
  );
}

function ScheduledCount() {
  const { t } = useTranslation();
  const { items } = useLiveQuery("scheduledMessages", {});
  const isWaiting = items.some(({ scheduled }) => scheduled.problem !== undefined);
  return (
    <Count
      value={items.length}
      isWaiting={isWaiting}
      label={t("listTools.waiting", { count: items.length })}
    />
  );
}
