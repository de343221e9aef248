import { useState } from "react";
import { CalendarClock, Pencil, SendHorizontal, Trash2 } from "lucide-react";
import type { ScheduledMessage } from "#contract/entities/scheduled-message.ts";
import type { MutationArgs } from "#contract/mutations.ts";
import { toIsoTime } from "#contract/time.ts";
import type { QueryItem } from "#contract/worker.ts";
import { useDateWords, useTranslation } from "#renderer/kit/i18n.ts";
import { useProblemWords } from "#renderer/kit/problem-words.ts";
import { useToasts } from "#renderer/kit/toast-store.ts";
import { useRoving } from "#renderer/kit/use-roving.ts";
import { useView } from "#renderer/kit/view-store.ts";
import { useLiveQuery } from "#renderer/kit/worker-context.tsx";
import { useWriter } from "#renderer/parts/use-writer.ts";
import { IconButton, ICON_STROKE } from "#renderer/ui/button.tsx";
import { EmptyState, ProblemNote, SkeletonRows } from "#renderer/ui/note.tsx";
import { useAsk } from "./ask-store.ts";
import { scheduleArgs } from "./schedule-args.ts";
import { ScheduledEditor } from "./scheduled-editor.tsx";
import { PageHead } from "./page-head.tsx";
import "./pages.css";

type Scheduled = QueryItem<"scheduledMessages">;

/** What will be sent later, soonest first; what could not be sent says why. */
export function ScheduledPage() {
  const { t } = useTranslation();
  const { status, items, problem } = useLiveQuery("scheduledMessages", {});
  const onRove = useRoving();
  return (
    <>
      <PageHead
        title={t("scheduled.title")}
        sub={items.length === 0 ? "" : t("scheduled.waiting", { count: items.length })}
      />
      <div className="page">
        {problem === null ? null : <ProblemNote problem={problem} />}
        {status === "loading" ? <SkeletonRows count={4} /> : null}
        {status === "ready" && items.length === 0 ? <EmptyState>{t("scheduled.none")}</EmptyState> : null}
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- arrows move between its buttons */}
        <ul className="plain-list cards" onKeyDown={onRove}>
          {items.map((item) => (
            <li
              key={item.key}
              className="card"
              data-failed={item.scheduled.problem !== undefined || undefined}
            >
              <ScheduledCard item={item} />
            </li>
          ))}
        </ul>
      </div>
    </>
  );
}

function ScheduledCard({ item }: { item: Scheduled }) {
  const [isEditing, setEditing] = useState(false);
  return isEditing ? (
    <ScheduledEditor scheduled={item.scheduled} onClose={() => setEditing(false)} />
  ) : (
    <>
      <ScheduledFacts item={item} />
      <ScheduledTools scheduled={item.scheduled} onEdit={() => setEditing(true)} />
    </>
  );
}

function ScheduledFacts({ item }: { item: Scheduled }) {
  const { t } = useTranslation();
  const dates = useDateWords();
  const words = useProblemWords();
  const { scheduled, place } = item;
  const open = () => {
    const { conversationId, threadId } = scheduled;
    useView.getState().openConversation(conversationId, threadId);
    if (threadId !== undefined) useView.getState().openSide({ kind: "thread", threadId, conversationId });
  };
  return (
    <button type="button" className="card__open" data-roving={place} onClick={open}>
      <span className="card__head">
        <span className="card__name">{place}</span>
        {scheduled.threadId === undefined ? null : <span>{t("thread.title")}</span>}
      </span>
      <span className="card__text">{scheduled.body || (scheduled.poll?.question ?? "")}</span>
      <span className="card__note">
        <CalendarClock size={14} strokeWidth={ICON_STROKE} aria-hidden />
        {scheduled.isDuringWorkingHours === true
          ? t("scheduled.duringHours", { when: dates.full(scheduled.sendAt) })
          : dates.full(scheduled.sendAt)}
      </span>
      {scheduled.problem === undefined ? null : (
        <span className="card__problem">
          {t("scheduled.failed")} {words(scheduled.problem).title} {words(scheduled.problem).advice}
        </span>
      )}
    </button>
  );
}

function ScheduledTools({ scheduled, onEdit }: { scheduled: ScheduledMessage; onEdit: () => void }) {
  const { t } = useTranslation();
  const { write, mine } = useWriter();
  const put = (changes: Partial<MutationArgs<"message.schedule">>) =>
    void write("message.schedule", mine, { ...scheduleArgs(scheduled), ...changes });
  const changeTime = () =>
    useAsk.getState().open({
      kind: "moment",
      title: t("scheduled.changeTime"),
      action: t("scheduled.schedule"),
      initial: scheduled.sendAt,
      onPick: (sendAt) => put({ sendAt, isDuringWorkingHours: false }),
    });
  const remove = async () => {
    if (!(await write("scheduledMessage.remove", mine, { id: scheduled.id }))) return;
    useToasts.getState().show({
      tone: "plain",
      text: t("scheduled.removed"),
      action: { label: t("action.undo"), run: () => put({}) },
    });
  };
  return (
    <span className="card__tools">
      <IconButton
        icon={SendHorizontal}
        label={t("scheduled.sendNow")}
        onPress={() => put({ sendAt: toIsoTime(Date.now()), isDuringWorkingHours: false })}
      />
      <IconButton icon={Pencil} label={t("scheduled.edit")} onPress={onEdit} />
      <IconButton icon={CalendarClock} label={t("scheduled.changeTime")} onPress={changeTime} />
      <IconButton icon={Trash2} label={t("scheduled.remove")} onPress={() => void remove()} />
    </span>
  );
}
