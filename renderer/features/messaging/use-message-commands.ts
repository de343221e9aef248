import { Copy, MailOpen, MessageSquareReply, Pencil, RotateCw, SmilePlus, Trash2, X } from "lucide-react";
import { useTranslation } from "#renderer/kit/i18n.ts";
import type { MessageView } from "#contract/views/message-view.ts";
import { useToasts } from "#renderer/kit/toast-store.ts";
import { useView } from "#renderer/kit/view-store.ts";
import { useWorker } from "#renderer/kit/worker-context.tsx";
import type { Command } from "#renderer/ui/menu.tsx";
import type { Mutated } from "#renderer/parts/commands.ts";
import { UNDO_MS, useDeletions } from "./deletion-store.ts";
import { usePlace } from "#renderer/parts/place-context.ts";
import { useCommands, useReportProblem } from "#renderer/parts/use-commands.ts";

/** What can be done with one message: the same list for the toolbar and the context menu. */
export function useMessageCommands(view: MessageView, openPicker: () => void): () => Command[] {
  const { t } = useTranslation();
  const place = usePlace();
  const client = useWorker();
  const commands = useCommands();
  const report = useReportProblem();
  const show = useToasts((state) => state.show);
  const { message, pending, isMine } = view;

  const settle = (run: Promise<Mutated>) => {
    void run.then((result) => (result.ok ? undefined : report(result.error)));
  };
  const remove = () => {
    const deletions = useDeletions.getState();
    deletions.schedule(message.id, () => settle(commands.deleteMessage(place.scope, message)));
    show(
      {
        tone: "plain",
        text: t("message.deleted"),
        action: { label: t("action.undo"), run: () => deletions.undo(message.id) },
      },
      UNDO_MS,
    );
  };
  const markUnread = () => {
    useView.getState().holdUnread(message.conversationId);
    settle(commands.markUnreadFrom(message));
  };
  const settleOutbox = (name: "outbox.retry" | "outbox.discard") => {
    if (pending === null) return;
    void client.call(name, { mutationId: pending.mutationId }).then((result) => {
      if (!result.ok) report(result.error);
    });
  };

  return () => {
    const list: Command[] = [];
    const isFailed = pending !== null && (pending.status === "rejected" || pending.status === "conflict");
    if (isFailed) {
      list.push({
        id: "retry",
        label: pending.status === "conflict" ? t("outbox.useMine") : t("outbox.retry"),
        icon: RotateCw,
        run: () => settleOutbox("outbox.retry"),
      });
    }
    const isHere = message.deletedAt === undefined && message.notice === undefined;
    if (isHere && place.canPost) {
      list.push({ id: "react", label: t("message.react"), icon: SmilePlus, run: openPicker });
    }
    if (isHere && place.threadId === undefined) {
      const threadId = message.id;
      const open = () => useView.getState().openSide({ kind: "thread", threadId });
      list.push({ id: "reply", label: t("message.replyInThread"), icon: MessageSquareReply, run: open });
    }
    if (isHere && isMine) {
      const edit = () => useView.getState().startEditing(message.id);
      list.push({ id: "edit", label: t("message.edit"), icon: Pencil, run: edit });
    }
    if (message.body !== "") {
      const copy = () => void navigator.clipboard.writeText(message.body);
      list.push({ id: "copy", label: t("message.copyText"), icon: Copy, run: copy });
    }
    if (place.threadId === undefined) {
      list.push({ id: "unread", label: t("message.markUnread"), icon: MailOpen, run: markUnread });
    }
    if (pending !== null && pending.status !== "sending") {
      const discard = () => settleOutbox("outbox.discard");
      const label = pending.status === "conflict" ? t("outbox.useTheirs") : t("outbox.discard");
      list.push({ id: "discard", label, icon: X, run: discard, isApart: true });
    }
    if (isHere && isMine && pending === null) {
      list.push({
        id: "delete",
        label: t("message.delete"),
        icon: Trash2,
        run: remove,
        isDanger: true,
        isApart: true,
      });
    }
    return list;
  };
}
