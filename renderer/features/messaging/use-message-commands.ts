import type { TFunction } from "i18next";
import {
  AlarmClock,
  Bell,
  BellOff,
  Bookmark,
  BookmarkX,
  Copy,
  Flag,
  Forward,
  History,
  Link,
  MailOpen,
  MessageSquareReply,
  Pencil,
  Pin,
  PinOff,
  Quote,
  RotateCw,
  SmilePlus,
  SquareCheckBig,
  Trash2,
  X,
} from "lucide-react";
import { parseScope } from "#contract/scope.ts";
import type { MessageView } from "#contract/views/message-view.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { usePlace, type OpenPlace } from "#renderer/parts/place-context.ts";
import { submenu, type Command } from "#renderer/ui/menu.tsx";
import { useMentionWords } from "#renderer/parts/use-mention-words.ts";
import { messageExcerpt, messageObject } from "./message-object.ts";
import { useIsModuleShown } from "#renderer/kit/shown-modules.ts";
import { useMessageActions } from "./use-message-actions.ts";
import { useRemindCommands } from "./use-save-later.ts";

/** Keys of the commands, while a message itself has the focus. */
export const MESSAGE_KEYS: Readonly<Record<string, string>> = {
  react: "r",
  reply: "t",
  quote: "q",
  forward: "f",
  edit: "e",
  copy: "c",
  link: "l",
  pin: "p",
  save: "s",
  unread: "u",
  delete: "Delete",
};

type Maybe = Command | false;

interface Wanted {
  view: MessageView;
  place: OpenPlace;
  act: ReturnType<typeof useMessageActions>;
  t: TFunction;
  hasTasks: boolean;
  /** Neither deleted nor a notice. */
  isHere: boolean;
  /** The server has it as it stands. */
  isSettled: boolean;
}

/** What can be done with one message: the same list for the toolbar, the context menu and the keys. */
export function useMessageCommands(view: MessageView, openPicker: () => void): () => Command[] {
  const { t } = useTranslation();
  const place = usePlace();
  const act = useMessageActions(view);
  const words = useMentionWords();
  const { message } = view;
  const hasTasks = useIsModuleShown("tasks");
  const remind = useRemindCommands(messageObject(place.scope, message), messageExcerpt(view, words));
  return () => {
    const isHere = message.deletedAt === undefined && message.notice === undefined;
    const wanted = { view, place, act, t, hasTasks, isHere, isSettled: isHere && view.pending === null };
    const list = [
      ...answering(wanted, openPicker),
      ...keeping(wanted, remind),
      ...following(wanted),
      ...ending(wanted),
    ];
    return list.filter((command) => command !== false).map(withKey);
  };
}

function answering({ view, place, act, t, isHere, isSettled }: Wanted, openPicker: () => void): Maybe[] {
  const isFailed = view.pending?.status === "rejected" || view.pending?.status === "conflict";
  const { canPost, threadId } = place;
  return [
    isFailed && {
      id: "retry",
      label: view.pending?.status === "conflict" ? t("outbox.useMine") : t("outbox.retry"),
      icon: RotateCw,
      run: act.retry,
    },
    isHere && canPost && { id: "react", label: t("message.react"), icon: SmilePlus, run: openPicker },
    isHere &&
      threadId === undefined && {
        id: "reply",
        label: t("message.replyInThread"),
        icon: MessageSquareReply,
        run: act.openThread,
      },
    isSettled && canPost && { id: "quote", label: t("messageMenu.quote"), icon: Quote, run: act.quote },
    isSettled && { id: "forward", label: t("messageMenu.forward"), icon: Forward, run: act.forward },
    isHere && view.isMine && canPost && { id: "edit", label: t("message.edit"), icon: Pencil, run: act.edit },
  ];
}

function keeping({ view, place, act, t, isSettled, hasTasks }: Wanted, remind: () => Command[]): Maybe[] {
  return [
    view.message.body !== "" && {
      id: "copy",
      label: t("message.copyText"),
      icon: Copy,
      run: act.copyText,
      isApart: true,
    },
    isSettled && { id: "link", label: t("messageMenu.copyLink"), icon: Link, run: act.copyLink },
    isSettled &&
      place.canPost && {
        id: "pin",
        label: view.isPinned ? t("messageMenu.unpin") : t("messageMenu.pin"),
        icon: view.isPinned ? PinOff : Pin,
        run: act.togglePin,
      },
    isSettled && {
      id: "save",
      label: view.isSaved ? t("messageMenu.unsave") : t("messageMenu.save"),
      icon: view.isSaved ? BookmarkX : Bookmark,
      run: act.toggleSaved,
    },
    isSettled &&
      hasTasks && { id: "task", label: t("makeTask.command"), icon: SquareCheckBig, run: act.makeTask },
    isSettled && submenu({ id: "remind", label: t("messageMenu.remind"), icon: AlarmClock }, remind()),
  ];
}

function following({ view, place, act, t, isHere, isSettled }: Wanted): Maybe[] {
  const { message } = view;
  const isFollowed = view.thread?.isFollowed === true;
  return [
    isSettled &&
      message.threadId === undefined && {
        id: "follow",
        label: isFollowed ? t("messageMenu.unfollow") : t("messageMenu.follow"),
        icon: isFollowed ? BellOff : Bell,
        run: act.toggleFollow,
      },
    place.threadId === undefined && {
      id: "unread",
      label: t("message.markUnread"),
      icon: MailOpen,
      run: act.markUnread,
    },
    isHere &&
      message.editedAt !== undefined && {
        id: "versions",
        label: t("messageMenu.versions"),
        icon: History,
        run: act.showVersions,
      },
  ];
}

function ending({ view, place, act, t, isSettled }: Wanted): Maybe[] {
  const { pending, isMine } = view;
  return [
    isSettled &&
      !isMine &&
      parseScope(place.scope).kind === "space" && {
        id: "report",
        label: t("messageMenu.report"),
        icon: Flag,
        run: act.report,
        isApart: true,
      },
    pending !== null &&
      pending.status !== "sending" && {
        id: "discard",
        label: pending.status === "conflict" ? t("outbox.useTheirs") : t("outbox.discard"),
        icon: X,
        run: act.discard,
        isApart: true,
      },
    isSettled &&
      isMine &&
      place.canPost && {
        id: "delete",
        label: t("message.delete"),
        icon: Trash2,
        run: act.remove,
        isDanger: true,
        isApart: true,
      },
  ];
}

function withKey(command: Command): Command {
  const key = MESSAGE_KEYS[command.id];
  if (key === undefined) return command;
  return { ...command, shortcut: key === "Delete" ? "⌦" : key.toUpperCase() };
}
