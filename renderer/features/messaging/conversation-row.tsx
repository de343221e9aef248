import { BellOff, CircleAlert, Pencil } from "lucide-react";
import { lazy, memo, Suspense, useState, type MouseEvent } from "react";
import { useDateWords, useTranslation } from "#renderer/kit/i18n.ts";
import type { ConversationSummary } from "#contract/worker.ts";
import { useView } from "#renderer/kit/view-store.ts";
import { usePersonName } from "#renderer/kit/person-words.ts";
import { useSession, useWorker } from "#renderer/kit/worker-context.tsx";
import { ICON_SIZE, ICON_STROKE } from "#renderer/ui/button.tsx";
import { Count } from "#renderer/ui/note.tsx";
import { useExcerpt } from "#renderer/parts/use-excerpt.ts";
import { TimeWord } from "#renderer/ui/time-word.tsx";
import { ConversationFace } from "./conversation-header.tsx";
import { conversationTitle } from "./conversation-words.ts";
import { GuestTag, StatusEmoji } from "#renderer/parts/person-marks.tsx";
import { warmTimeline } from "./timeline-query.ts";

const RowMenu = lazy(() =>
  import("./conversation-menu.tsx").then((m) => ({ default: m.ConversationRowMenu })),
);

interface ConversationRowProps {
  summary: ConversationSummary;
  isSelected: boolean;
  isStop: boolean;
  /** Whether the space's name stands under the channel's. */
  hasSpace: boolean;
}

export const ConversationRow = memo(function ConversationRow(props: ConversationRowProps) {
  const { summary, isSelected, isStop, hasSpace } = props;
  const { t } = useTranslation();
  const client = useWorker();
  const openConversation = useView((state) => state.openConversation);
  const [menuAt, setMenuAt] = useState<{ x: number; y: number } | null>(null);
  const title = conversationTitle(summary, t("conversation.alone"));
  const isUnread = summary.unread > 0;
  const onContextMenu = (event: MouseEvent<HTMLElement>) => {
    event.preventDefault();
    const row = event.currentTarget.getBoundingClientRect();
    const isKeyboard = event.clientX === 0 && event.clientY === 0;
    setMenuAt(isKeyboard ? { x: row.left + 32, y: row.bottom } : { x: event.clientX, y: event.clientY });
  };
  return (
    <>
      <button
        type="button"
        className={
          isUnread && !summary.isMuted ? "conversation-row conversation-row--unread" : "conversation-row"
        }
        data-muted={summary.isMuted || undefined}
        aria-current={isSelected ? "page" : undefined}
        data-roving={title}
        data-conversation={summary.conversationId}
        tabIndex={isStop ? 0 : -1}
        // A finger or a button goes down a tenth of a second before the click: the worker reads meanwhile.
        onPointerDown={() => warmTimeline(client, summary)}
        onClick={() => {
          warmTimeline(client, summary);
          openConversation(summary.conversationId);
        }}
        onContextMenu={onContextMenu}
      >
        <ConversationFace summary={summary} />
        <span className="conversation-row__words">
          <span className="conversation-row__title">
            {title}
            <TitleMarks summary={summary} />
          </span>
          <SecondLine summary={summary} hasSpace={hasSpace} />
        </span>
        <RowMarks summary={summary} />
      </button>
      {menuAt === null ? null : (
        <Suspense>
          <RowMenu summary={summary} at={menuAt} onClose={() => setMenuAt(null)} />
        </Suspense>
      )}
    </>
  );
});

function MutedMark({ until }: { until: ConversationSummary["mutedUntil"] }) {
  const { t } = useTranslation();
  const dates = useDateWords();
  const label =
    until === null
      ? t("conversationMenu.isMuted")
      : t("conversationMenu.isMutedUntil", { when: dates.full(until) });
  return (
    <span title={label}>
      <BellOff size={14} strokeWidth={ICON_STROKE} role="img" aria-label={label} />
    </span>
  );
}

function TitleMarks({ summary }: { summary: ConversationSummary }) {
  const { t } = useTranslation();
  const only = summary.kind === "direct" ? summary.members[0] : undefined;
  return (
    <>
      {only === undefined ? null : <StatusEmoji emoji={only.statusEmoji} />}
      {only !== undefined ? <GuestTag person={only} /> : null}
      {only === undefined && summary.hasGuests ? (
        <span className="tag">{t("conversationMenu.hasGuests")}</span>
      ) : null}
      {summary.isArchived ? <span className="tag">{t("conversationMenu.isArchived")}</span> : null}
    </>
  );
}

function SecondLine({ summary, hasSpace }: { summary: ConversationSummary; hasSpace: boolean }) {
  const said = useLastSaid(summary);
  if (summary.kind === "channel" && !hasSpace) return null;
  const text = hasSpace && summary.space !== null ? summary.space.name : said;
  return text === "" ? null : <span className="conversation-row__excerpt">{text}</span>;
}

/** Beginning of the last message; in groups with who wrote it, and whether they are from outside. */
function useLastSaid({ kind, lastMessage, members }: ConversationSummary): string {
  const { t } = useTranslation();
  const nameOf = usePersonName();
  const readable = useExcerpt();
  const me = useSession((session) => session.me?.id);
  if (lastMessage === null) return "";
  const { authorId, authorName } = lastMessage;
  const excerpt = readable(lastMessage.excerpt);
  if (kind === "direct" || authorName === "") return excerpt;
  if (authorId === me) return t("conversation.youSaid", { excerpt });
  const author = members.find(({ id }) => id === authorId);
  return t("conversation.said", { name: author === undefined ? authorName : nameOf(author), excerpt });
}

function RowMarks({ summary }: { summary: ConversationSummary }) {
  const { t } = useTranslation();
  const { unread, mentions, draft, failed, kind, lastMessage, isMuted } = summary;
  return (
    <span className="conversation-row__marks">
      {failed > 0 ? (
        <CircleAlert
          size={ICON_SIZE}
          strokeWidth={ICON_STROKE}
          className="mark-failed"
          aria-label={t("conversation.failed", { count: failed })}
        />
      ) : null}
      {isMuted ? <MutedMark until={summary.mutedUntil} /> : null}
      {draft === "" ? null : (
        <Pencil size={14} strokeWidth={ICON_STROKE} aria-label={t("conversation.hasDraft")} />
      )}
      {kind !== "channel" && lastMessage !== null && unread === 0 ? (
        <span className="conversation-row__when">
          <TimeWord iso={lastMessage.sentAt} />
        </span>
      ) : null}
      {mentions > 0 || (kind !== "channel" && unread > 0 && !isMuted) ? (
        <Count
          value={kind === "channel" ? mentions : unread}
          isWaiting
          label={t("conversation.waiting", { count: kind === "channel" ? mentions : unread })}
        />
      ) : (
        <Count value={unread} label={t("conversation.unread", { count: unread })} />
      )}
    </span>
  );
}
