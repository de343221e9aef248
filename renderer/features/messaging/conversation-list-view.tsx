import { Compass, Search, SquarePen } from "lucide-react";
import { useDeferredValue, useMemo, useRef, useState, type KeyboardEvent } from "react";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { matchesWords } from "#renderer/kit/text-words.ts";
import { useHasModule } from "#renderer/kit/use-has-module.ts";
import { useRoving } from "#renderer/kit/use-roving.ts";
import { useSteady } from "#renderer/kit/use-steady.ts";
import { useView } from "#renderer/kit/view-store.ts";
import { useLiveQuery, useSession } from "#renderer/kit/worker-context.tsx";
import { Button, IconButton } from "#renderer/ui/button.tsx";
import { SearchBox } from "#renderer/ui/search-box.tsx";
import { EmptyState, SkeletonRows } from "#renderer/ui/note.tsx";
import { ConversationGroupView } from "./conversation-group-view.tsx";
import {
  canCreateChannel,
  createGroupKeeper,
  conversationTitle,
  groupConversations,
  isWaiting,
  type ConversationGroup,
  type Shown,
} from "./conversation-words.ts";
import { ListEntries, isPage } from "./list-entries.tsx";
import { ShownMenu } from "./shown-menu.tsx";
import type { ConversationSummary } from "#contract/worker.ts";
import "./conversation-list.css";

/** Every conversation, what waits first. */
export function ConversationListView() {
  const { t, i18n } = useTranslation();
  const openDialog = useView((state) => state.openDialog);
  const go = useView((state) => state.go);
  const hasCommunities = useHasModule("communities");
  const isReady = useSession((session) => session.isReady);
  const { items: latest, status } = useLiveQuery("conversations", {});
  // A burst of arrivals may redraw the list late, never the text being typed beside it.
  const { shown: items, onPointerDownCapture } = useSteady(useDeferredValue(latest));
  const [typed, setTyped] = useState("");
  const [shown, setShown] = useState<Shown>("all");
  const { items: sections } = useLiveQuery("sections", {});
  const page = useView((state) => (state.module === "messaging" ? (state.path[0] ?? null) : null));
  const selected = useView((state) => (isPage(state.path[0]) ? null : state.conversationId));
  const kept = useKeptInUnread(selected, items);
  const [keepSame] = useState(createGroupKeeper);
  const groups = useMemo(() => {
    const found = items.filter((item) =>
      matchesWords(`${conversationTitle(item, t("conversation.alone"))} ${item.space?.name ?? ""}`, typed),
    );
    const options = {
      locale: i18n.language,
      keepInUnread: kept,
      sections: sections.map(({ section }) => section),
      hasEmptySections: typed === "" && shown === "all",
      shown,
    };
    return keepSame(groupConversations(found, options));
  }, [items, sections, shown, typed, kept, i18n.language, t, keepSame]);
  const onRove = useRoving({ hasTypeToFind: true });
  const list = useRef<HTMLDivElement>(null);
  const onFilterKey = (event: KeyboardEvent) => {
    if (event.key === "Escape") setTyped("");
    const first = list.current?.querySelector<HTMLElement>("[data-roving]");
    if (event.key === "Enter") first?.click();
    if (event.key === "ArrowDown") first?.focus();
  };
  // The list is drawn late: what has arrived and is not drawn yet is not missing.
  const isEmpty = items.length === 0 && latest.length === 0 && status === "ready" && isReady;
  const creatable = useCreatableSpaces();
  const stop = isPage(page)
    ? null
    : groups.some((group) => holds(group, selected))
      ? selected
      : (groups[0]?.conversations[0]?.conversationId ?? null);
  return (
    <>
      <div className="list-tools">
        <SearchBox
          label={t("conversation.filter")}
          value={typed}
          onChange={setTyped}
          onKeyDown={onFilterKey}
        />
        <ShownMenu shown={shown} onChange={setShown} />
        <IconButton
          icon={Search}
          label={t("switcher.title")}
          shortcut="Ctrl+K"
          onPress={() => openDialog({ kind: "switcher" })}
        />
        <IconButton
          icon={SquarePen}
          label={t("newConversation.title")}
          onPress={() => openDialog({ kind: "newConversation" })}
        />
        {hasCommunities ? (
          <IconButton icon={Compass} label={t("spaces.title")} onPress={() => go("communities")} />
        ) : null}
      </div>
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- arrows move between its buttons */}
      <div
        ref={list}
        className="conversation-list"
        onKeyDown={onRove}
        onPointerDownCapture={onPointerDownCapture}
      >
        {typed === "" && shown === "all" ? <ListEntries page={page} isStop={isPage(page)} /> : null}
        {items.length === 0 && !isEmpty ? <SkeletonRows count={8} /> : null}
        {isEmpty ? (
          <EmptyState
            action={
              hasCommunities ? (
                <Button tone="primary" onPress={() => go("communities")}>
                  {t("conversation.firstAction")}
                </Button>
              ) : null
            }
          >
            {t("conversation.noneYet")}
          </EmptyState>
        ) : null}
        {groups.map((group) => (
          <ConversationGroupView
            key={group.key}
            group={group}
            selected={holds(group, selected) ? selected : null}
            stop={holds(group, stop) ? stop : null}
            canCreate={creatable.has(group.key)}
          />
        ))}
        {groups.length === 0 && items.length > 0 ? <NothingShown typed={typed} shown={shown} /> : null}
      </div>
    </>
  );
}

function NothingShown({ typed, shown }: { typed: string; shown: Shown }) {
  const { t } = useTranslation();
  if (typed !== "") return <EmptyState>{t("conversation.noMatch", { text: typed })}</EmptyState>;
  return (
    <EmptyState>{shown === "archived" ? t("listTools.noneArchived") : t("listTools.noneUnread")}</EmptyState>
  );
}

/** The conversation that was unread when it was opened keeps its place until another is opened. */
function useKeptInUnread(selected: string | null, items: readonly ConversationSummary[]) {
  const [kept, setKept] = useState<{ selected: string | null; keep: string | null }>({
    selected: null,
    keep: null,
  });
  if (kept.selected === selected) return kept.keep;
  const wasUnread = items.some((item) => item.conversationId === selected && isWaiting(item));
  const keep = wasUnread ? selected : null;
  setKept({ selected, keep });
  return keep;
}

function holds(group: ConversationGroup, conversationId: string | null): boolean {
  return group.conversations.some((item) => item.conversationId === conversationId);
}

/** Ids of the spaces in which the reader may make a channel. */
function useCreatableSpaces(): ReadonlySet<string> {
  const { items: spaces } = useLiveQuery("spaces", {});
  return useMemo(
    () => new Set(spaces.filter(canCreateChannel).map(({ space }) => String(space.id))),
    [spaces],
  );
}
