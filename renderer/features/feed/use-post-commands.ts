import {
  Archive,
  ArchiveRestore,
  Bell,
  BellOff,
  Bookmark,
  BookmarkX,
  Flag,
  History,
  Link,
  Pencil,
  Pin,
  PinOff,
  Share2,
  SquareCheckBig,
  Trash2,
  UsersRound,
} from "lucide-react";
import { formatLink } from "#contract/links.ts";
import type { MessageView } from "#contract/views/message-view.ts";
import type { PostPlace, PostView } from "#contract/views/feed.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useToasts } from "#renderer/kit/toast-store.ts";
import { useView } from "#renderer/kit/view-store.ts";
import { linkToShare } from "#renderer/kit/workplace-address.ts";
import { useCommands } from "#renderer/parts/use-commands.ts";
import { useDetach } from "#renderer/parts/use-detach.ts";
import { useWriter } from "#renderer/parts/use-writer.ts";
import type { Command } from "#renderer/ui/menu.tsx";
import { useFeedDialog } from "./feed-dialog-store.ts";
import { isNews, postExcerpt, postTarget, postObject } from "./post-words.ts";
import { UNDO_MS, useRemovals } from "./removal-store.ts";
import { useIsModuleShown } from "#renderer/kit/shown-modules.ts";
import { useSettle } from "#renderer/parts/use-settle.ts";

type Entry = Command & { isShown: boolean };

function shown(entries: readonly Entry[]): Command[] {
  return entries.flatMap(({ isShown, ...command }) => (isShown ? [command] : []));
}

/** Hides a post or comment and removes it when the time to take it back is over. */
function useRemove(place: PostPlace): (view: MessageView) => void {
  const { t } = useTranslation();
  const commands = useCommands();
  const settle = useSettle();
  const show = useToasts((state) => state.show);
  return ({ message }) => {
    const removals = useRemovals.getState();
    removals.schedule(message.id, () => void settle(commands.deleteMessage(place.scope, message)));
    const text = message.post === undefined ? t("post.commentRemoved") : t("post.removed");
    const action = { label: t("action.undo"), run: () => removals.undo(message.id) };
    show({ tone: "plain", text, action }, UNDO_MS);
  };
}

function useCopyLink(): (view: MessageView) => void {
  const { t } = useTranslation();
  const show = useToasts((state) => state.show);
  return ({ message }) => {
    void navigator.clipboard
      .writeText(linkToShare(postTarget(message)))
      .then(() => show({ tone: "plain", text: t("post.linkCopied") }));
  };
}

/** What can be done with one post; the same for its menu everywhere. */
export function usePostCommands(post: PostView): () => Command[] {
  const { t } = useTranslation();
  const commands = useCommands();
  const { write } = useWriter();
  const settle = useSettle();
  const remove = useRemove(post.place);
  const copyLink = useCopyLink();
  const open = useFeedDialog((state) => state.open);
  const { view, place } = post;
  const { message, isMine, isPinned, isSaved } = view;
  const isFollowed = view.thread?.isFollowed ?? false;
  const isArchived = message.post?.archivedAt !== undefined;
  const isSent = view.pending === null || view.pending.status === "waiting";
  const detach = useDetach();
  const hasTasks = useIsModuleShown("tasks");
  const object = postObject(place.scope, message);
  const archive = () =>
    void write("post.archive", place.scope, {
      conversationId: message.conversationId,
      messageId: message.id,
      isArchived: !isArchived,
    });
  return () =>
    shown([
      {
        id: "save",
        label: isSaved ? t("post.unsave") : t("post.save"),
        icon: isSaved ? BookmarkX : Bookmark,
        run: () =>
          void settle(
            isSaved
              ? commands.removeItem(object)
              : commands.saveItem(object, { excerpt: postExcerpt(message) }),
          ),
        isShown: true,
      },
      {
        id: "follow",
        label: isFollowed ? t("post.unfollow") : t("post.follow"),
        icon: isFollowed ? BellOff : Bell,
        run: () => void settle(commands.followThread(place, message.id, !isFollowed)),
        isShown: true,
      },
      {
        id: "share",
        label: t("post.share"),
        icon: Share2,
        run: () => open({ kind: "share", post }),
        isShown: true,
      },
      {
        id: "task",
        label: t("makeTask.command"),
        icon: SquareCheckBig,
        run: () =>
          open({
            kind: "task",
            title: message.post?.title ?? postExcerpt(message),
            source: formatLink(postTarget(message)),
          }),
        isShown: hasTasks && isSent,
      },
      { id: "link", label: t("post.copyLink"), icon: Link, run: () => copyLink(view), isShown: true },
      ...detach(formatLink(postTarget(message))).map((command) => Object.assign(command, { isShown: true })),
      {
        id: "versions",
        label: t("post.versions"),
        icon: History,
        run: () => open({ kind: "versions", view }),
        isShown: message.editedAt !== undefined,
      },
      {
        id: "pin",
        label: isPinned ? t("post.unpin") : t("post.pin"),
        icon: isPinned ? PinOff : Pin,
        run: () => void settle(commands.pinMessage(place.scope, message, !isPinned)),
        isApart: true,
        isShown: place.canAnimate,
      },
      {
        id: "readers",
        label: t("post.readers"),
        icon: UsersRound,
        run: () => open({ kind: "acknowledgements", post }),
        isShown: place.canAnimate && message.post?.isMustRead === true,
      },
      {
        id: "archive",
        label: isArchived ? t("post.unarchive") : t("post.archive"),
        icon: isArchived ? ArchiveRestore : Archive,
        run: archive,
        isShown: place.canAnimate || (isMine && isNews(message)),
      },
      {
        id: "edit",
        label: t("post.edit"),
        icon: Pencil,
        run: () => useView.getState().startEditing(message.id),
        isApart: true,
        isShown: isMine && place.canPost,
      },
      {
        id: "report",
        label: t("post.report"),
        icon: Flag,
        run: () => open({ kind: "report", view, place }),
        isShown: !isMine,
      },
      {
        id: "remove",
        label: t("post.remove"),
        icon: Trash2,
        run: () => remove(view),
        isDanger: true,
        isApart: true,
        isShown: isSent && (isMine || place.canAnimate),
      },
    ]);
}

/** What can be done with one comment. */
export function useCommentCommands(view: MessageView, place: PostPlace): () => Command[] {
  const { t } = useTranslation();
  const remove = useRemove(place);
  const copyLink = useCopyLink();
  const open = useFeedDialog((state) => state.open);
  const { message, isMine } = view;
  return () =>
    shown([
      { id: "link", label: t("post.copyLink"), icon: Link, run: () => copyLink(view), isShown: true },
      {
        id: "versions",
        label: t("post.versions"),
        icon: History,
        run: () => open({ kind: "versions", view }),
        isShown: message.editedAt !== undefined,
      },
      {
        id: "edit",
        label: t("post.editComment"),
        icon: Pencil,
        run: () => useView.getState().startEditing(message.id),
        isShown: isMine && place.canPost,
      },
      {
        id: "report",
        label: t("post.report"),
        icon: Flag,
        run: () => open({ kind: "report", view, place }),
        isShown: !isMine,
      },
      {
        id: "remove",
        label: t("post.removeComment"),
        icon: Trash2,
        run: () => remove(view),
        isDanger: true,
        isApart: true,
        isShown: view.pending === null && (isMine || place.canAnimate),
      },
    ]);
}
