import { ArrowLeft, Ellipsis, Hash, Pin, Users } from "lucide-react";
import { lazy, Suspense } from "react";
import { useTranslation } from "#renderer/kit/i18n.ts";
import type { ConversationSummary } from "#contract/worker.ts";
import { useView } from "#renderer/kit/view-store.ts";
import { LazyMenuButton } from "#renderer/ui/menu.tsx";
import { ClassificationTag } from "#renderer/parts/classification-tag.tsx";
import { GuestTag, StatusEmoji } from "#renderer/parts/person-marks.tsx";
import { Avatar, EmojiAvatar } from "#renderer/ui/avatar.tsx";
import { IconButton, ICON_SIZE, ICON_STROKE } from "#renderer/ui/button.tsx";

interface ConversationHeaderProps {
  summary: ConversationSummary;
  title: string;
  memberCount: number | null;
  /** Asks for a day and opens the conversation there. */
  onJump: () => void;
}

const ConversationMenu = lazy(() =>
  import("./conversation-menu.tsx").then((m) => ({ default: m.ConversationMenu })),
);

export function ConversationHeader({ summary, title, memberCount, onJump }: ConversationHeaderProps) {
  const { t } = useTranslation();
  const showPane = useView((state) => state.showPane);
  const open = useView((state) => state.side?.kind);
  const toggle = (kind: "details" | "pins") => {
    const { openSide, closeSide } = useView.getState();
    if (open === kind) closeSide();
    else openSide({ kind });
  };
  return (
    <header className="pane-head">
      <span className="only-narrow">
        <IconButton icon={ArrowLeft} label={t("conversation.backToList")} onPress={() => showPane("list")} />
      </span>
      <ConversationFace summary={summary} />
      <div className="pane-head__words">
        <h2 className="pane-head__title">
          {title}
          <HeadMarks summary={summary} />
        </h2>
        <Subtitle summary={summary} />
      </div>
      <span className="only-wide">
        <IconButton
          icon={Pin}
          label={t("pins.title")}
          isPressed={open === "pins"}
          onPress={() => toggle("pins")}
        />
      </span>
      <IconButton
        icon={Users}
        label={memberCount === null ? t("details.heading") : t("details.title", { count: memberCount })}
        isPressed={open === "details"}
        onPress={() => toggle("details")}
        className="icon-button--wide"
      >
        <span className="pane-head__count" aria-hidden>
          {memberCount}
        </span>
      </IconButton>
      <LazyMenuButton button={<IconButton icon={Ellipsis} label={t("conversation.actions")} />}>
        <Suspense>
          <ConversationMenu summary={summary} onJump={onJump} />
        </Suspense>
      </LazyMenuButton>
    </header>
  );
}

/** Status of the other; how the space is marked, and that someone from outside reads here. */
function HeadMarks({ summary }: { summary: ConversationSummary }) {
  const { t } = useTranslation();
  const only = summary.kind === "direct" ? summary.members[0] : undefined;
  if (only !== undefined) {
    return (
      <span className="pane-head__marks">
        <StatusEmoji emoji={only.statusEmoji} />
        <GuestTag person={only} />
      </span>
    );
  }
  return (
    <span className="pane-head__marks">
      <ClassificationTag level={summary.space?.classification} />
      {summary.hasGuests ? (
        <span className="tag" title={t("conversationMenu.hasGuestsLong")}>
          {t("conversationMenu.hasGuests")}
        </span>
      ) : null}
    </span>
  );
}

function Subtitle({ summary }: { summary: ConversationSummary }) {
  const { t } = useTranslation();
  const only = summary.kind === "direct" ? summary.members[0] : undefined;
  const parts = [
    summary.isArchived ? t("conversationMenu.isArchived") : "",
    summary.isMuted ? t("conversationMenu.isMuted") : "",
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
