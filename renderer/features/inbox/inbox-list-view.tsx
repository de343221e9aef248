import type { KeyboardEvent } from "react";
import type { Ask } from "#contract/entities/notification.ts";
import type { InboxCounts, InboxGroup } from "#contract/views/inbox.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useRoving } from "#renderer/kit/use-roving.ts";
import { useView } from "#renderer/kit/view-store.ts";
import { useLiveQuery, useSession } from "#renderer/kit/worker-context.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { EmptyState, SkeletonRows } from "#renderer/ui/note.tsx";
import { InboxFilters } from "./inbox-filters.tsx";
import { InboxRow } from "./inbox-row.tsx";
import { useInbox, type Shelf } from "./inbox-store.ts";
import { useInboxCommands } from "./use-inbox-commands.ts";
import { openItem } from "./open-item.ts";
import "./inbox.css";

const NO_COUNTS: InboxCounts = { do: 0, answer: 0, know: 0, all: 0 };

/** Everything that concerns the reader, newest first. */
export function InboxListView() {
  const { t } = useTranslation();
  const { shelf, ask, limit, show, showMore } = useInbox();
  const isReady = useSession((session) => session.isReady);
  const { items, info, status } = useLiveQuery("inbox", {
    show: shelf,
    limit,
    ...(ask === null ? {} : { ask }),
  });
  const selected = useSelectedGroup(items);
  const go = useView((state) => state.go);
  const select = (group: InboxGroup) => go("inbox", group.newest.id);
  const onKeyDown = useListKeys(items, selected);
  const isEmpty = items.length === 0 && status === "ready" && isReady;
  return (
    <>
      <InboxFilters
        shelf={shelf}
        ask={ask}
        counts={info?.counts ?? NO_COUNTS}
        snoozed={info?.snoozed ?? 0}
        onChange={show}
      />
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- arrows move between its buttons */}
      <div className="inbox-list" onKeyDown={onKeyDown}>
        {items.length === 0 && !isEmpty ? <SkeletonRows count={6} /> : null}
        {isEmpty ? <Nothing shelf={shelf} ask={ask} onShowAll={() => show("waiting", null)} /> : null}
        {items.map((group, index) => (
          <InboxRow
            key={group.key}
            group={group}
            isSelected={group.key === selected?.key}
            isStop={selected === undefined ? index === 0 : group.key === selected.key}
            onSelect={select}
          />
        ))}
        {info?.hasMore === true ? (
          <div className="inbox-list__more">
            <Button onPress={showMore}>{t("inbox.more")}</Button>
          </div>
        ) : null}
      </div>
    </>
  );
}

/** The group of the item in the address: a newer item of the same object does not close it. */
export function useSelectedGroup(items: readonly InboxGroup[]): InboxGroup | undefined {
  const wanted = useView((state) => (state.module === "inbox" ? state.path[0] : undefined));
  return wanted === undefined ? undefined : items.find((group) => group.ids.includes(wanted));
}

function Nothing({ shelf, ask, onShowAll }: { shelf: Shelf; ask: Ask | null; onShowAll: () => void }) {
  const { t } = useTranslation();
  if (shelf === "waiting" && ask !== null) {
    return (
      <EmptyState action={<Button onPress={onShowAll}>{t("inbox.showAll")}</Button>}>
        {t(`inbox.none.${ask}`)}
      </EmptyState>
    );
  }
  return <EmptyState>{t(`inbox.none.${shelf}`)}</EmptyState>;
}

/** Arrows as in every list; E: done (or not, among what is done), O: open. The focus goes on to the next line. */
function useListKeys(items: readonly InboxGroup[], selected: InboxGroup | undefined) {
  const onRove = useRoving({});
  const commands = useInboxCommands();
  return (event: KeyboardEvent<HTMLElement>) => {
    const row = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-key]") : null;
    const group = items.find(({ key }) => key === row?.dataset["key"]) ?? selected;
    const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey;
    if (group !== undefined && isPlain && event.key.toLowerCase() === "e") {
      event.preventDefault();
      const next = row?.nextElementSibling ?? row?.previousElementSibling;
      if (next instanceof HTMLElement) next.focus();
      if (group.newest.doneAt === undefined) commands.finish([group]);
      else commands.reopen([group]);
      return;
    }
    if (group !== undefined && isPlain && event.key.toLowerCase() === "o") {
      event.preventDefault();
      openItem(group.newest);
      return;
    }
    onRove(event);
  };
}
