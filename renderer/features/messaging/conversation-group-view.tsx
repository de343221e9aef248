import { ChevronDown, ChevronRight, Ellipsis, Plus } from "lucide-react";
import { memo, type CSSProperties } from "react";
import type { Section } from "#contract/entities/preferences.ts";
import { spaceIdSchema } from "#contract/ids.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useView } from "#renderer/kit/view-store.ts";
import { useCommands } from "#renderer/parts/use-commands.ts";
import { IconButton, ICON_STROKE } from "#renderer/ui/button.tsx";
import { LazyMenuButton } from "#renderer/ui/menu.tsx";
import { ConversationRow } from "./conversation-row.tsx";
import type { ConversationGroup } from "./conversation-words.ts";
import { SectionMenu } from "./section-menu.tsx";
import { useSettle } from "#renderer/parts/use-settle.ts";

interface GroupViewProps {
  group: ConversationGroup;
  selected: string | null;
  /** The one row that Tab reaches, where it is in this group. */
  stop: string | null;
  canCreate: boolean;
}

/** Drawn again only when something of this group changed: there may be hundreds of spaces. */
export const ConversationGroupView = memo(function ConversationGroupView({
  group,
  selected,
  stop,
  canCreate,
}: GroupViewProps) {
  const { t } = useTranslation();
  const names = {
    unread: t("conversation.group.unread"),
    favourites: t("listTools.favourites"),
    direct: t("conversation.group.direct"),
    section: group.name,
    space: group.name,
  };
  const create = () => {
    const spaceId = spaceIdSchema.parse(group.key);
    useView.getState().openDialog({ kind: "createChannel", spaceId, spaceName: group.name });
  };
  // What is open stays in sight.
  const shown =
    group.section?.isCollapsed === true
      ? group.conversations.filter(({ conversationId }) => conversationId === selected)
      : group.conversations;
  const headingId = `group-${group.key}`;
  return (
    <section aria-labelledby={headingId} style={rowsStyle(shown.length)}>
      <div className="list-group">
        <h2 id={headingId} className="list-group__name">
          {group.emoji === "" ? null : <span aria-hidden>{group.emoji} </span>}
          {group.section === null ? names[group.kind] : <SectionToggle section={group.section} />}
        </h2>
        {group.section === null ? null : (
          <LazyMenuButton
            button={<IconButton icon={Ellipsis} label={t("sections.actions", { name: group.name })} />}
          >
            <SectionMenu section={group.section} />
          </LazyMenuButton>
        )}
        {canCreate ? (
          <IconButton icon={Plus} label={t("channel.createIn", { name: group.name })} onPress={create} />
        ) : null}
      </div>
      <ul className="plain-list">
        {shown.map((conversation) => (
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

/** How high it is before it is laid out. */
function rowsStyle(rows: number): CSSProperties {
  const style: Record<string, number> = { "--rows": rows };
  return style;
}

function SectionToggle({ section }: { section: Section }) {
  const commands = useCommands();
  const settle = useSettle();
  const isCollapsed = section.isCollapsed === true;
  const Icon = isCollapsed ? ChevronRight : ChevronDown;
  return (
    <button
      type="button"
      className="list-group__toggle"
      aria-expanded={!isCollapsed}
      onClick={() => void settle(commands.saveSection({ ...section, isCollapsed: !isCollapsed }))}
    >
      <Icon size={14} strokeWidth={ICON_STROKE} aria-hidden />
      {section.name}
    </button>
  );
}
