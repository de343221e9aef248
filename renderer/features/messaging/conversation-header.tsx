import { ArrowLeft, Hash, Users } from "lucide-react";
import { useTranslation } from "#renderer/kit/i18n.ts";
import type { ConversationSummary } from "#contract/worker.ts";
import { useView } from "#renderer/kit/view-store.ts";
import { Avatar, EmojiAvatar } from "#renderer/ui/avatar.tsx";
import { IconButton, ICON_SIZE, ICON_STROKE } from "#renderer/ui/button.tsx";

interface ConversationHeaderProps {
  summary: ConversationSummary;
  title: string;
  memberCount: number | null;
}

export function ConversationHeader({ summary, title, memberCount }: ConversationHeaderProps) {
  const { t } = useTranslation();
  const showPane = useView((state) => state.showPane);
  const isOpen = useView((state) => state.side?.kind === "details");
  const toggleDetails = () => {
    const { openSide, closeSide } = useView.getState();
    if (isOpen) closeSide();
    else openSide({ kind: "details" });
  };
  return (
    <header className="pane-head">
      <span className="only-narrow">
        <IconButton icon={ArrowLeft} label={t("conversation.backToList")} onPress={() => showPane("list")} />
      </span>
      <ConversationFace summary={summary} />
      <div className="pane-head__words">
        <h2 className="pane-head__title">{title}</h2>
        <Subtitle summary={summary} />
      </div>
      <IconButton
        icon={Users}
        label={memberCount === null ? t("details.heading") : t("details.title", { count: memberCount })}
        isPressed={isOpen}
        onPress={toggleDetails}
        className="icon-button--wide"
      >
        <span className="pane-head__count" aria-hidden>
          {memberCount}
        </span>
      </IconButton>
    </header>
  );
}

function Subtitle({ summary }: { summary: ConversationSummary }) {
  const { t } = useTranslation();
  const only = summary.kind === "direct" ? summary.members[0] : undefined;
  const parts = [
    summary.space?.name ?? "",
    summary.topic,
    only === undefined ? "" : t(`presence.${only.presence}`),
  ];
  const text = parts.filter((part) => part !== "").join(" · ");
  return text === "" ? null : (
    <p className="pane-head__sub" title={text}>
      {text}
    </p>
  );
}

/** What a conversation looks like in lists and heads. */
export function ConversationFace({ summary }: { summary: ConversationSummary }) {
  const person = summary.members[0];
  if (summary.kind === "channel") {
    const emoji = summary.space?.emoji ?? "";
    return emoji === "" ? (
      <span className="conversation-face" aria-hidden>
        <Hash size={ICON_SIZE} strokeWidth={ICON_STROKE} />
      </span>
    ) : (
      <EmojiAvatar emoji={emoji} />
    );
  }
  if (summary.kind === "direct" && person !== undefined)
    return <Avatar person={person} size="small" hasPresence />;
  return (
    <span className="conversation-face" aria-hidden>
      <Users size={ICON_SIZE} strokeWidth={ICON_STROKE} />
    </span>
  );
}
