import { memo, useCallback, useState, type MouseEvent, type ReactNode } from "react";
import type { MessageView } from "#contract/views/message-view.ts";
import { useDateWords, useTranslation } from "#renderer/kit/i18n.ts";
import { useView } from "#renderer/kit/view-store.ts";
import { Avatar } from "#renderer/ui/avatar.tsx";
import { ContextMenu } from "#renderer/ui/menu.tsx";
import { TimeWord } from "#renderer/ui/time-word.tsx";
import { AttachmentsView } from "#renderer/parts/attachments-view.tsx";
import { useDeletions } from "./deletion-store.ts";
import { EditBox } from "./edit-box.tsx";
import { MessageText } from "#renderer/parts/message-text.tsx";
import { MessageToolbar } from "./message-toolbar.tsx";
import { PendingNote } from "#renderer/parts/pending-note.tsx";
import { usePlace } from "#renderer/parts/place-context.ts";
import { ReactionsView } from "#renderer/parts/reactions-view.tsx";
import { RowFocusContext, useRowTabIndex } from "#renderer/parts/row-focus.ts";
import { ThreadLink } from "./thread-link.tsx";
import { useMessageCommands } from "./use-message-commands.ts";
import "./message-row.css";

interface MessageRowProps {
  view: MessageView;
  /** Whether it opens a run of messages by one person, under their name. */
  isFirst: boolean;
  isTarget?: boolean;
}

export const MessageRow = memo(function MessageRow({ view, isFirst, isTarget = false }: MessageRowProps) {
  const { t } = useTranslation();
  const dates = useDateWords();
  const { message, author } = view;
  const isDeleting = useDeletions((state) => state.waiting.has(message.id));
  const isEditing = useView((state) => state.editingId === message.id);
  const [isActive, setActive] = useState(false);
  const [isPicking, setPicking] = useState(false);
  const [menuAt, setMenuAt] = useState<{ x: number; y: number } | null>(null);
  const openPicker = useCallback(() => {
    setActive(true);
    setPicking(true);
  }, []);
  const closeMenu = useCallback(() => setMenuAt(null), []);
  const onContextMenu = (event: MouseEvent<HTMLElement>) => {
    if (event.target instanceof Element && event.target.closest("a, textarea") !== null) return;
    event.preventDefault();
    const row = event.currentTarget.getBoundingClientRect();
    const isKeyboard = event.clientX === 0 && event.clientY === 0;
    setMenuAt(isKeyboard ? { x: row.left + 56, y: row.top + 24 } : { x: event.clientX, y: event.clientY });
  };
  if (message.notice !== undefined) return <NoticeRow view={view} />;
  const isGone = message.deletedAt !== undefined || isDeleting;
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- a row of a list one moves in; its buttons act
    <article
      className={isFirst ? "message message--first" : "message"}
      data-target={isTarget || undefined}
      data-pending={view.pending?.status}
      data-roving={author.displayName}
      data-message={message.id}
      data-mine={(view.isMine && !isGone) || undefined}
      tabIndex={-1}
      aria-label={t("message.by", { name: author.displayName, when: dates.full(message.sentAt) })}
      onContextMenu={onContextMenu}
      onPointerEnter={() => setActive(true)}
      onPointerLeave={() => setActive(false)}
      onFocus={() => setActive(true)}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) setActive(false);
      }}
    >
      <RowFocusContext value={isActive || isPicking}>
        <MessageMargin view={view} isFirst={isFirst} />
        <div className="message__main">
          {isFirst ? <MessageHead view={view} /> : null}
          {isGone ? (
            <GoneContent view={view} />
          ) : isEditing ? (
            <EditBox view={view} />
          ) : (
            <MessageContent view={view} />
          )}
        </div>
      </RowFocusContext>
      {menuAt !== null || ((isActive || isPicking) && !isEditing && !isGone) ? (
        <RowActions
          view={view}
          menuAt={menuAt}
          isPicking={isPicking}
          onPick={openPicker}
          onPickingChange={setPicking}
          onCloseMenu={closeMenu}
        />
      ) : null}
    </article>
  );
});

interface RowActionsProps {
  view: MessageView;
  menuAt: { x: number; y: number } | null;
  isPicking: boolean;
  onPick: () => void;
  onPickingChange: (isPicking: boolean) => void;
  onCloseMenu: () => void;
}

/** Toolbar and context menu, made only for the row under the pointer or the focus: a list of rows stays light. */
function RowActions({ view, menuAt, isPicking, onPick, onPickingChange, onCloseMenu }: RowActionsProps) {
  const { t } = useTranslation();
  const commands = useMessageCommands(view, onPick);
  return menuAt === null ? (
    <MessageToolbar
      view={view}
      commands={commands()}
      isPicking={isPicking}
      onPickingChange={onPickingChange}
    />
  ) : (
    <ContextMenu at={menuAt} commands={commands()} label={t("message.actions")} onClose={onCloseMenu} />
  );
}

function MessageContent({ view }: { view: MessageView }) {
  const { t } = useTranslation();
  const { threadId } = usePlace();
  const { message } = view;
  return (
    <>
      <MessageText body={message.body} mentioned={view.mentioned} />
      {message.editedAt === undefined ? null : (
        <span className="message__edited">
          <TimeWord iso={message.editedAt} text={t("message.edited")} />
        </span>
      )}
      {message.attachments === undefined ? null : <AttachmentsView attachments={message.attachments} />}
      {view.reactions.length > 0 ? <ReactionsView view={view} /> : null}
      {threadId === undefined && (message.replyCount ?? 0) > 0 ? <ThreadLink view={view} /> : null}
      {view.pending === null ? null : <PendingNote pending={view.pending} body={message.body} />}
    </>
  );
}

/** The trace of a deletion; an edit that came too late for it still stands here. */
function GoneContent({ view }: { view: MessageView }) {
  const { t } = useTranslation();
  const { pending, message } = view;
  const isFailed = pending?.status === "conflict" || pending?.status === "rejected";
  return (
    <>
      <p className="message__trace">{t("message.deletedTrace")}</p>
      {isFailed ? <PendingNote pending={pending} body={message.body} /> : null}
    </>
  );
}

function MessageMargin({ view, isFirst }: MessageRowProps) {
  const openSide = useView((state) => state.openSide);
  const { author, message } = view;
  if (!isFirst) {
    return (
      <span className="message__margin message__time">
        <TimeWord iso={message.sentAt} form="time" />
      </span>
    );
  }
  return (
    <span className="message__margin">
      {/* The name beside it is the button for the keyboard; the face is one more target for the pointer. */}
      <span
        className="message__face"
        aria-hidden
        onPointerUp={() => openSide({ kind: "person", personId: author.id })}
      >
        <Avatar person={author} hasPresence />
      </span>
    </span>
  );
}

function MessageHead({ view }: { view: MessageView }) {
  const { t } = useTranslation();
  const openSide = useView((state) => state.openSide);
  const { author, message } = view;
  return (
    <header className="message__head">
      <button
        type="button"
        className="message__author"
        tabIndex={useRowTabIndex()}
        onClick={() => openSide({ kind: "person", personId: author.id })}
      >
        {author.displayName}
      </button>
      {author.isGuest ? <span className="tag">{t("person.guest")}</span> : null}
      <span className="message__when">
        <TimeWord iso={message.sentAt} form="time" />
      </span>
    </header>
  );
}

function NoticeRow({ view }: { view: MessageView }): ReactNode {
  return (
    <p className="message-notice" data-roving={view.author.displayName} tabIndex={-1}>
      <span>{view.message.body}</span> <TimeWord iso={view.message.sentAt} form="time" />
    </p>
  );
}
