import { memo, useCallback, useEffect, useRef, useState, type KeyboardEvent, type MouseEvent } from "react";
import type { MessageView, PersonBrief } from "#contract/views/message-view.ts";
import { useDateWords, useTranslation } from "#renderer/kit/i18n.ts";
import { useView } from "#renderer/kit/view-store.ts";
import { Avatar } from "#renderer/ui/avatar.tsx";
import { ContextMenu } from "#renderer/ui/menu.tsx";
import { TimeWord } from "#renderer/ui/time-word.tsx";
import { useDeletions } from "./deletion-store.ts";
import { EditBox } from "./edit-box.tsx";
import { GoneContent, MessageContent, NoticeRow } from "./message-content.tsx";
import { MessageMarks, Readers } from "./message-marks.tsx";
import { GuestTag, StatusEmoji } from "#renderer/parts/person-marks.tsx";
import { MessageToolbar } from "./message-toolbar.tsx";
import { RowFocusContext, useRowTabIndex } from "#renderer/parts/row-focus.ts";
import { MESSAGE_KEYS, useMessageCommands } from "./use-message-commands.ts";
import "./message-row.css";

interface MessageRowProps {
  view: MessageView;
  /** Whether it opens a run of messages by one person, under their name. */
  isFirst: boolean;
  isTarget?: boolean;
  /** Those who have read to here and no further. */
  readers?: readonly PersonBrief[];
}

/** Runs the command of this key; whether there was one. */
type RunKey = (key: string) => boolean;

export const MessageRow = memo(function MessageRow(props: MessageRowProps) {
  const { view, isFirst, isTarget = false, readers } = props;
  const { t } = useTranslation();
  const dates = useDateWords();
  const { message, author } = view;
  const isDeleting = useDeletions((state) => state.waiting.has(message.id));
  const isEditing = useView((state) => state.editingId === message.id);
  const [isActive, setActive] = useState(false);
  const [isPicking, setPicking] = useState(false);
  const [isMenuOpen, setMenuOpen] = useState(false);
  // A popover takes the focus out of the row: what opened it stays all the same, until the focus is back.
  const isHeld = useLinger(isPicking || isMenuOpen);
  const isShown = isActive || isHeld;
  const [menuAt, setMenuAt] = useState<{ x: number; y: number } | null>(null);
  const openPicker = useCallback(() => {
    setActive(true);
    setPicking(true);
  }, []);
  const closeMenu = useCallback(() => {
    setMenuAt(null);
    // The pointer may have left meanwhile, unseen; a focus that comes back shows the toolbar again.
    setActive(false);
  }, []);
  const runKey = useRef<RunKey>(null);
  const keepKeys = useCallback((run: RunKey | null) => {
    runKey.current = run;
  }, []);
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return;
    if (runKey.current?.(event.key) === true) event.preventDefault();
  };
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
      onKeyDown={onKeyDown}
      onPointerEnter={() => setActive(true)}
      onPointerLeave={(event) => {
        if (event.currentTarget.querySelector(".message-toolbar:focus-within") === null) setActive(false);
      }}
      onFocus={() => setActive(true)}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) setActive(false);
      }}
    >
      <RowFocusContext value={isShown}>
        <MessageMargin view={view} isFirst={isFirst} />
        <div className="message__main">
          {isFirst ? <MessageHead view={view} /> : <MessageMarks view={view} />}
          {isGone ? (
            <GoneContent view={view} />
          ) : isEditing ? (
            <EditBox view={view} />
          ) : (
            <MessageContent view={view} />
          )}
          {readers === undefined ? null : <Readers people={readers} />}
        </div>
      </RowFocusContext>
      {menuAt !== null || (isShown && !isEditing && !isGone) ? (
        <RowActions
          view={view}
          onKeys={keepKeys}
          menuAt={menuAt}
          isPicking={isPicking}
          onPick={openPicker}
          onPickingChange={setPicking}
          isMenuOpen={isMenuOpen}
          onMenuChange={setMenuOpen}
          onCloseMenu={closeMenu}
        />
      ) : null}
    </article>
  );
});

const LINGER_MS = 100;

/** True as long as it is, and a moment longer. */
function useLinger(isOn: boolean): boolean {
  const [lingers, setLingers] = useState(isOn);
  useEffect(() => {
    if (isOn === lingers) return undefined;
    const timer = setTimeout(() => setLingers(isOn), isOn ? 0 : LINGER_MS);
    return () => clearTimeout(timer);
  }, [isOn, lingers]);
  return isOn || lingers;
}

interface RowActionsProps {
  view: MessageView;
  /** Told what the keys of this message do, as long as they do something. */
  onKeys: (run: RunKey | null) => void;
  menuAt: { x: number; y: number } | null;
  isPicking: boolean;
  onPick: () => void;
  onPickingChange: (isPicking: boolean) => void;
  isMenuOpen: boolean;
  onMenuChange: (isOpen: boolean) => void;
  onCloseMenu: () => void;
}

/** Toolbar and context menu, made only for the row under the pointer or the focus: a list of rows stays light. */
function RowActions(props: RowActionsProps) {
  const { view, onKeys, menuAt, onPick, onCloseMenu, ...opening } = props;
  const { t } = useTranslation();
  const commands = useMessageCommands(view, onPick);
  useEffect(() => {
    onKeys((key) => {
      const command = commands().find(({ id }) => MESSAGE_KEYS[id] === key);
      command?.run();
      return command !== undefined;
    });
    return () => onKeys(null);
  });
  return menuAt === null ? (
    <MessageToolbar view={view} commands={commands()} {...opening} />
  ) : (
    <ContextMenu at={menuAt} commands={commands()} label={t("message.actions")} onClose={onCloseMenu} />
  );
}

function MessageMargin({ view, isFirst }: Pick<MessageRowProps, "view" | "isFirst">) {
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
      <StatusEmoji emoji={author.statusEmoji} />
      <GuestTag person={author} />
      <span className="message__when">
        <TimeWord iso={message.sentAt} form="time" />
      </span>
      <MessageMarks view={view} />
    </header>
  );
}
