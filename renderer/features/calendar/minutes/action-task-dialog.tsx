import { useState } from "react";
import type { EventInstance } from "#contract/views/calendars.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useToasts } from "#renderer/kit/toast-store.ts";
import { MakeTaskDialog } from "#renderer/parts/make-task-dialog.tsx";
import { quickTask } from "#renderer/parts/quick-text.ts";
import { useEventDeeds } from "../use-event-deeds.ts";
import { withTaskLink, type ActionLine } from "./action-lines.ts";

interface ActionTaskDialogProps {
  instance: EventInstance;
  line: ActionLine;
  source: string;
  onClose: () => void;
}

/** A line of minutes becomes a task: dates in it are read, and the line says where the task is. */
export function ActionTaskDialog({ instance, line, source, onClose }: ActionTaskDialogProps) {
  const { t } = useTranslation();
  const { carryOut } = useEventDeeds();
  const show = useToasts((state) => state.show);
  const [read] = useState(() => quickTask(line.text, { nowMs: Date.now(), isRead: true }));
  const mark = async (link: string) => {
    let isFound = false;
    const deed = {
      kind: "change",
      isSilent: true,
      changes: ({ event }: { event: { minutes?: string | undefined } }) => {
        const marked = withTaskLink(event.minutes ?? "", line, { link, name: t("minutes.task") });
        isFound = marked !== undefined;
        return marked === undefined ? {} : { minutes: marked };
      },
    } as const;
    const isKept = await carryOut(instance, deed, instance.isRecurring ? "this" : "all");
    if (!isKept || !isFound) show({ text: t("minutes.notMarked"), tone: "plain" });
  };
  return (
    <MakeTaskDialog
      title={read?.title ?? line.text}
      source={source}
      {...(read?.dueAt === undefined ? {} : { dueAt: read.dueAt })}
      onMade={(link) => void mark(link)}
      onClose={onClose}
    />
  );
}
