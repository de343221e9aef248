import { Bell, BellOff, MessageSquare, SquareArrowOutUpRight, ThumbsUp } from "lucide-react";
import { useId, useRef } from "react";
import type { Scope } from "#contract/scope.ts";
import type { MessageView } from "#contract/views/message-view.ts";
import type { QueryInfo } from "#contract/worker.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useLiveQuery } from "#renderer/kit/worker-context.tsx";
import { Avatar } from "#renderer/ui/avatar.tsx";
import { Button, IconButton, ICON_SIZE, ICON_STROKE } from "#renderer/ui/button.tsx";
import { TimeWord } from "#renderer/ui/time-word.tsx";
import { Composer } from "./composer.tsx";
import { MessageText } from "./message-text.tsx";
import { openObject } from "./open-object.ts";
import { PendingNote } from "./pending-note.tsx";
import { PlaceProvider } from "./place-context.ts";
import { ReactionsView, useToggleReaction } from "./reactions-view.tsx";
import { useCommands, useReportProblem } from "./use-commands.ts";
import "./object-thread.css";

type Discussion = NonNullable<QueryInfo<"document">["discussion"]>;

interface ObjectThreadProps {
  scope: Scope;
  /** Null while nobody has begun it. */
  discussion: Discussion | null;
  canWrite: boolean;
  /** How it is begun; null where it cannot be. */
  begin: (() => void) | null;
}

/** What the people of a space say of one thing in it: a thread of its own, begun by whoever speaks first. */
export function ObjectThread({ scope, discussion, canWrite, begin }: ObjectThreadProps) {
  const { t } = useTranslation();
  const headingId = useId();
  if (discussion === null && begin === null) return null;
  return (
    <section className="discussion" aria-labelledby={headingId}>
      <h3 id={headingId} className="discussion__title">
        {t("discussion.title")}
      </h3>
      {discussion === null ? (
        <Button tone="quiet" onPress={() => begin?.()}>
          <MessageSquare size={ICON_SIZE} strokeWidth={ICON_STROKE} aria-hidden />
          {t("discussion.begin")}
        </Button>
      ) : (
        <Thread scope={scope} discussion={discussion} canWrite={canWrite} />
      )}
    </section>
  );
}

interface ThreadProps {
  scope: Scope;
  discussion: Discussion;
  canWrite: boolean;
}

/** How many of the last comments are shown; the others are in the thread itself. */
const SHOWN = 30;

function Thread({ scope, discussion, canWrite }: ThreadProps) {
  const { t } = useTranslation();
  const inputRef = useRef<HTMLTextAreaElement>(null);
  const { conversationId, threadId } = discussion;
  const { items, info } = useLiveQuery("timeline", { conversationId, threadId, at: "end", count: SHOWN });
  const place = { scope, conversationId, threadId };
  return (
    <PlaceProvider value={{ ...place, canPost: canWrite }}>
      <div className="discussion__acts">
        {info === null || info.root === null ? null : <Like root={info.root} />}
        <Follow scope={scope} discussion={discussion} />
        <IconButton
          icon={SquareArrowOutUpRight}
          label={t("discussion.open")}
          onPress={() =>
            openObject({ kind: "message", scope, conversationId, messageId: threadId, threadId })
          }
        />
      </div>
      <ol className="plain-list discussion__comments">
        {items.map((view) => (
          <Comment key={view.key} view={view} />
        ))}
      </ol>
      {canWrite ? (
        <Composer
          place={place}
          label={t("discussion.write")}
          inputRef={inputRef}
          without={["poll", "voice"]}
        />
      ) : null}
    </PlaceProvider>
  );
}

const LIKE = "👍";

function Like({ root }: { root: MessageView }) {
  const { t } = useTranslation();
  const toggle = useToggleReaction(root);
  const likes = root.reactions.find(({ emoji }) => emoji === LIKE);
  return (
    <Button tone="quiet" aria-pressed={likes?.isMine === true} onPress={() => toggle(LIKE)}>
      <ThumbsUp size={ICON_SIZE} strokeWidth={ICON_STROKE} aria-hidden />
      {t("discussion.like", { count: likes?.count ?? 0 })}
    </Button>
  );
}

function Follow({ scope, discussion }: Pick<ThreadProps, "scope" | "discussion">) {
  const { t } = useTranslation();
  const commands = useCommands();
  const report = useReportProblem();
  const { conversationId, threadId, isFollowed } = discussion;
  const Icon = isFollowed ? BellOff : Bell;
  const change = () =>
    void commands.followThread({ scope, conversationId }, threadId, !isFollowed).then((kept) => {
      if (!kept.ok) report(kept.error);
    });
  return (
    <Button tone="quiet" onPress={change}>
      <Icon size={ICON_SIZE} strokeWidth={ICON_STROKE} aria-hidden />
      {t(isFollowed ? "discussion.unfollow" : "discussion.follow")}
    </Button>
  );
}

function Comment({ view }: { view: MessageView }) {
  const { t } = useTranslation();
  const { message, author } = view;
  if (message.deletedAt !== undefined) return null;
  return (
    <li className="discussion__comment">
      <Avatar person={author} size="small" />
      <div className="discussion__words">
        <span className="discussion__head">
          <span className="discussion__author">{author.displayName}</span>
          {author.isGuest ? <span className="tag">{t("person.guest")}</span> : null}
          <span className="discussion__when">
            <TimeWord iso={message.sentAt} form="ago" />
          </span>
        </span>
        <MessageText body={message.body} mentioned={view.mentioned} names={view.names} />
        {view.reactions.length === 0 ? null : <ReactionsView view={view} />}
        {view.pending === null ? null : <PendingNote pending={view.pending} body={message.body} />}
      </div>
    </li>
  );
}
