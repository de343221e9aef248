import { Compass, Plus, Search, SquarePen } from "lucide-react";
import { memo, useDeferredValue, useMemo, useRef, useState, type KeyboardEvent } from "react";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { spaceIdSchema } from "#contract/ids.ts";
import { matchesWords } from "#renderer/kit/text-words.ts";
import { useRoving } from "#renderer/kit/use-roving.ts";
import { useView } from "#renderer/kit/view-store.ts";
import { useLiveQuery, useSession } from "#renderer/kit/worker-context.tsx";
import { Button, IconButton } from "#renderer/ui/button.tsx";
import { SearchBox } from "#renderer/ui/field.tsx";
import { EmptyState, SkeletonRows } from "#renderer/ui/note.tsx";
import { ConversationRow } from "./conversation-row.tsx";
import {
  canCreateChannel,
  createGroupKeeper,
  conversationTitle,
  groupConversations,
  type ConversationGroup,
} from "./conversation-words.ts";
import "./conversation-list.css";

/** Every conversation, what waits first. */
export function ConversationListView() {
  const { t, i18n } = useTranslation();
  const openDialog = useView((state) => state.openDialog);
  const isReady = useSession((session) => session.isReady);
  const { items: latest, status } = useLiveQuery("conversations", {});
  // A burst of arrivals may redraw the list late, never the text being typed beside it.
  const items = useDeferredValue(latest);
  const [typed, setTyped] = useState("");
  const selected = useView((state) => state.conversationId);
  const kept = useKeptInUnread(selected, items);
  const [keepSame] = useState(createGroupKeeper);
  const groups = useMemo(() => {
    const shown = items.filter((item) =>
      matchesWords(`${conversationTitle(item, t("conversation.alone"))} ${item.space?.name ?? ""}`, typed),
    );
    return keepSame(groupConversations(shown, { locale: i18n.language, keepInUnread: kept }));
  }, [items, typed, kept, i18n.language, t, keepSame]);
  const onRove = useRoving({ hasTypeToFind: true });
  const list = useRef<HTMLDivElement>(null);
  const onFilterKey = (event: KeyboardEvent) => {
    if (event.key === "Escape") setTyped("");
    const first = list.current?.querySelector<HTMLElement>("[data-roving]");
    if (event.key === "Enter") first?.click();
    if (event.key === "ArrowDown") first?.focus();
  };
  const isEmpty = items.length === 0 && status === "ready" && isReady;
  const creatable = useCreatableSpaces();
  const stop = groups.some((group) => holds(group, selected))
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
        <IconButton icon={Compass} label={t("spaces.title")} onPress={() => openDialog({ kind: "spaces" })} />
      </div>
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- arrows move between its buttons */}
      <div ref={list} className="conversation-list" onKeyDown={onRove}>
        {items.length === 0 && !isEmpty ? <SkeletonRows count={8} /> : null}
        {isEmpty ? (
          <EmptyState
            action={
              <Button tone="primary" onPress={() => openDialog({ kind: "spaces" })}>
                {t("conversation.firstAction")}
              </Button>
            }
          >
            {t("conversation.noneYet")}
          </EmptyState>
        ) : null}
        {groups.map((group) => (
          <GroupView
            key={group.key}
            group={group}
            selected={holds(group, selected) ? selected : null}
            stop={holds(group, stop) ? stop : null}
            canCreate={creatable.has(group.key)}
          />
        ))}
        {typed !== "" && groups.length === 0 && items.length > 0 ? (
          <EmptyState>{t("conversation.noMatch", { text: typed })}</EmptyState>
        ) : null}
      </div>
    </>
  );
}

/** The conversation that was unread when it was opened keeps its place until another is opened. */
function useKeptInUnread(
  selected: string | null,
  items: readonly { conversationId: string; unread: number }[],
) {
  const [kept, setKept] = useState<{ selected: string | null; keep: string | null }>({
    selected: null,
    keep: null,
  });
  if (kept.selected === selected) return kept.keep;
  const wasUnread = items.some((item) => item.conversationId === selected && item.unread > 0);
  const keep = wasUnread ? selected : null;
  setKept({ selected, keep });
  return keep;
}

function holds(group: ConversationGroup, conversationId: string | null): boolean {
  return group.conversations.some((item) => item.conversationId === conversationId);
}

/** Ids of the spaces in which the reader may make a channel. */
function useCreatableSpaces(): ReadonlySet<string> {
  const isAdministrator = useSession((session) => session.me?.roles?.includes("administrator") ?? false);
  const { items: spaces } = useLiveQuery("spaces", {});
  return useMemo(
    () =>
      new Set(
        spaces
          .filter((space) => canCreateChannel(space, isAdministrator))
          .map(({ space }) => String(space.id)),
      ),
    [spaces, isAdministrator],
  );
}

interface GroupViewProps {
  group: ConversationGroup;
  selected: string | null;
  /** The one row that Tab reaches, where it is in this group. */
  stop: string | null;
  canCreate: boolean;
}

/** Drawn again only when something of this group changed: there may be hundreds of spaces. */
const GroupView = memo(function GroupView({ group, selected, stop, canCreate }: GroupViewProps) {
  const { t } = useTranslation();
  const names = {
    unread: t("conversation.group.unread"),
    direct: t("conversation.group.direct"),
    space: group.name,
  };
  const create = () => {
    const spaceId = spaceIdSchema.parse(group.key);
    useView.getState().openDialog({ kind: "createChannel", spaceId, spaceName: group.name });
  };
  const headingId = `group-${group.key}`;
  return (
    <section aria-labelledby={headingId}>
      <div className="list-group">
        <h2 id={headingId} className="list-group__name">
          {group.emoji === "" ? null : <span aria-hidden>{group.emoji} </span>}
          {names[group.kind]}
        </h2>
        {canCreate ? (
          <IconButton icon={Plus} label={t("channel.createIn", { name: group.name })} onPress={create} />
        ) : null}
      </div>
      <ul className="plain-list">
        {group.conversations.map((conversation) => (
          <li key={conversation.key}>
            <ConversationRow
              summary={conversation}
              isSelected={conversation.conversationId === selected}
              isStop={conversation.conversationId === stop}
              hasSpace={group.kind === "unread"}
            />
          </li>
        ))}
      </ul>
    </section>
  );
});
