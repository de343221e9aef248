import {
  AlarmClock,
  Bell,
  BellOff,
  Bookmark,
  BookmarkX,
  Copy,
  Flag,
  History,
  Link,
  MailOpen,
  MessageSquareReply,
  Pencil,
  Pin,
  PinOff,
  RotateCw,
  SmilePlus,
  Trash2,
  X,
} from "lucide-react";
import type { MessageView } from "#contract/views/message-view.ts";
import { parseScope } from "#contract/scope.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { usePlace } from "#renderer/parts/place-context.ts";
import { submenu, type Command } from "#renderer/ui/menu.tsx";
import { messageExcerpt, messageObject } from "./message-object.ts";
import { useMessageActions } from "./use-message-actions.ts";
import { useRemindCommands } from "./use-save-later.ts";

/** Keys of the commands, while a message itself has the focus. */
export const MESSAGE_KEYS: Readonly<Record<string, string>> = {
  react: "r",
  reply: "t",
  edit: "e",
  copy: "c",
  link: "l",
  pin: "p",
  save: "s",
  unread: "u",
  delete: "Delete",
};

/** What can be done with one message: the same list for the toolbar, the context menu and the keys. */
export function useMessageCommands(view: MessageView, openPicker: () => void): () => Command[] {
  const { t } = useTranslation();
  const place = usePlace();
  const act = useMessageActions(view);
  const { message, pending, isMine } = view;
  const remind = useRemindCommands(messageObject(place.scope, message), messageExcerpt(message));

  return () => {
    const isHere = message.deletedAt === undefined && message.notice === undefined;
    const isSettled = pending === null;
    const isFailed = pending?.status === "rejected" || pending?.status === "conflict";
    const isRoot = message.threadId === undefined;
    const isInConversation = place.threadId === undefined;
    const isConflict = pending?.status === "conflict";
    const followed = view.thread?.isFollowed === true;
    const list: (Command | false)[] = [
      isFailed && {
        id: "retry",
        label: isConflict ? t("outbox.useMine") : t("outbox.retry"),
        icon: RotateCw,
        run: act.retry,
      },
      isHere && place.canPost && { id: "react", label: t("message.react"), icon: SmilePlus, run: openPicker },
      isHere &&
        isInConversation && {
          id: "reply",
          label: t("message.replyInThread"),
          icon: MessageSquareReply,
          run: act.openThread,
        },
      isHere &&
        isMine &&
        place.canPost && { id: "edit", label: t("message.edit"), icon: Pencil, run: act.edit },
      message.body !== "" && {
        id: "copy",
        label: t("message.copyText"),
        icon: Copy,
        run: act.copyText,
        isApart: true,
      },
      isHere && isSettled && { id: "link", label: t("messageMenu.copyLink"), icon: Link, run: act.copyLink },
      isHere &&
        isSettled &&
        place.canPost && {
          id: "pin",
          label: view.isPinned ? t("messageMenu.unpin") : t("messageMenu.pin"),
          icon: view.isPinned ? PinOff : Pin,
          run: act.togglePin,
        },
      isHere &&
        isSettled && {
          id: "save",
          label: view.isSaved ? t("messageMenu.unsave") : t("messageMenu.save"),
          icon: view.isSaved ? BookmarkX : Bookmark,
          run: act.toggleSaved,
        },
      isHere &&
        isSettled &&
        submenu({ id: "remind", label: t("messageMenu.remind"), icon: AlarmClock }, remind()),
      isHere &&
        isRoot &&
        isSettled && {
          id: "follow",
          label: followed ? t("messageMenu.unfollow") : t("messageMenu.follow"),
          icon: followed ? BellOff : Bell,
          run: act.toggleFollow,
        },
      isInConversation && {
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
      isHere &&
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
          label: isConflict ? t("outbox.useTheirs") : t("outbox.discard"),
          icon: X,
          run: act.discard,
          isApart: true,
        },
      isHere &&
        isMine &&
        isSettled &&
        place.canPost && {
          id: "delete",
          label: t("message.delete"),
          icon: Trash2,
          run: act.remove,
          isDanger: true,
          isApart: true,
        },
    ];
    return list.filter((command) => command !== false).map(withKey);
  };
}

function withKey(command: Command): Command {
  const key = MESSAGE_KEYS[command.id];
  if (key === undefined) return command;
  return { ...command, shortcut: key === "Delete" ? "⌦" : key.toUpperCase() };
}
