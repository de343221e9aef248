import { useMemo, useState } from "react";
import type { MyTaskGroup } from "#contract/views/tasks.ts";
import type { QueryItem } from "#contract/worker.ts";
import { calendarObjectKey, createId, ownCalendarId, type PersonId, type TaskId } from "#contract/ids.ts";
import { formatLink } from "#contract/links.ts";
import { personScope } from "#contract/scope.ts";
import { toIsoTime } from "#contract/time.ts";
import { useDateWords, useTranslation } from "#renderer/kit/i18n.ts";
import { useToasts } from "#renderer/kit/toast-store.ts";
import { useLiveQuery, useSession, useWorker } from "#renderer/kit/worker-context.tsx";
import { createCalendarCommands } from "#renderer/parts/calendar-commands.ts";
import { NOBODY, useReportProblem } from "#renderer/parts/use-commands.ts";
import { zoneHere } from "#renderer/parts/use-open-event.ts";
import { Button } from "#renderer/ui/button.tsx";
import { Dialog, DialogActions, DialogBody } from "#renderer/ui/dialog.tsx";
import { SelectField } from "#renderer/ui/form.tsx";
import { EmptyState, ProblemNote, SkeletonRows } from "#renderer/ui/note.tsx";
import { firstMinutes, freeTimes, planDay, type Block } from "./day-plan.ts";
import { DayTimes } from "./day-times.tsx";
import { PlanLine } from "./plan-line.tsx";
import { blockText, blockUid } from "./time-block.ts";
import { nextWorkDays, useTaken, useWorkingHours, type WorkDay } from "./use-plan-day.ts";
import "./plan-day.css";

type MyTask = QueryItem<"myTasks">;

/** What is to be done by the day that is planned stands in it from the start. */
const FIRST: ReadonlySet<MyTaskGroup> = new Set<MyTaskGroup>(["late", "today"]);

/** Puts one's tasks into the free times of a day, and keeps those times in one's calendar. */
export function PlanDayDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const hours = useWorkingHours();
  const [nowMs] = useState(() => Date.now());
  const days = useMemo(() => nextWorkDays(hours, nowMs), [hours, nowMs]);
  const [picked, setPicked] = useState<string | null>(null);
  const day = days.find((each) => each.day === picked) ?? days[0];
  return (
    <Dialog title={t("tasks.plan.title")} onClose={onClose} isWide>
      <DialogBody>
        {day === undefined ? (
          <EmptyState>{t("tasks.plan.noWorkDays")}</EmptyState>
        ) : (
          <Plan key={day.day} day={day} days={days} nowMs={nowMs} onDay={setPicked} onClose={onClose} />
        )}
      </DialogBody>
    </Dialog>
  );
}

interface PlanProps {
  day: WorkDay;
  days: readonly WorkDay[];
  nowMs: number;
  onDay: (day: string) => void;
  onClose: () => void;
}

interface Choice {
  readonly isChosen?: boolean;
  readonly minutes?: number;
}

function Plan({ day, days, nowMs, onDay, onClose }: PlanProps) {
  const { t } = useTranslation();
  const dates = useDateWords();
  const me = useSession((session) => session.me?.id ?? NOBODY);
  const { items, status } = useLiveQuery("myTasks", {});
  const taken = useTaken(day, me);
  const [choices, setChoices] = useState<Readonly<Record<string, Choice>>>({});
  const keep = useKeepTimes(me, day);
  const tasks = items.filter(({ group }) => group !== "waiting");
  const plannedAt = (view: MyTask) => taken.startOf(view.task.id);
  const isChosen = (view: MyTask) =>
    plannedAt(view) === undefined && (choices[view.key]?.isChosen ?? FIRST.has(view.group));
  const minutesOf = (view: MyTask) => choices[view.key]?.minutes ?? firstMinutes(view.task.estimateMinutes);
  const chosen = tasks.filter(isChosen);
  const free = freeTimes(day.worked, taken.busy, { fromMs: nowMs, toMs: Infinity });
  const plan = planDay(
    chosen.map((view) => ({ key: view.key, lengthMs: minutesOf(view) * 60_000 })),
    free,
  );
  const choose = (view: MyTask, choice: Choice) =>
    setChoices((before) => ({ ...before, [view.key]: { ...before[view.key], ...choice } }));
  const blockOf = (view: MyTask) => plan.blocks.find(({ key }) => key === view.key);
  const titleOf = (key: string) => tasks.find((view) => view.key === key)?.task.title ?? "";
  const isKnown = status === "ready" && taken.isKnown;
  const finish = async () => {
    const kept = chosen.flatMap((view) => {
      const block = blockOf(view);
      return block === undefined ? [] : [{ view, block }];
    });
    if (await keep(kept)) onClose();
  };
  return (
    <>
      <SelectField
        label={t("tasks.plan.day")}
        value={day.day}
        options={days.map((each) => ({ value: each.day, label: dates.day(toIsoTime(each.fromMs)) }))}
        onChange={onDay}
      />
      {taken.problem === null ? null : <ProblemNote problem={taken.problem} />}
      {isKnown ? null : <SkeletonRows count={4} />}
      {isKnown && tasks.length === 0 ? <EmptyState>{t("tasks.nothingToDo")}</EmptyState> : null}
      {isKnown && tasks.length > 0 ? (
        <div className="plan-day">
          <ul className="plain-list plan-day__tasks" aria-label={t("tasks.plan.tasks")}>
            {tasks.map((view) => (
              <PlanLine
                key={view.key}
                view={view}
                isChosen={isChosen(view)}
                minutes={minutesOf(view)}
                plannedAt={plannedAt(view)}
                block={blockOf(view)}
                onChange={(choice) => choose(view, choice)}
              />
            ))}
          </ul>
          <DayTimes day={day} events={taken.events} blocks={plan.blocks} titleOf={titleOf} />
        </div>
      ) : null}
      <p role="status" className={plan.left.length === 0 ? "visually-hidden" : "plan-day__left"}>
        {plan.left.length === 0 ? "" : t("tasks.plan.left", { count: plan.left.length })}
      </p>
      <DialogActions isSticky>
        <Button onPress={onClose}>{t("action.cancel")}</Button>
        <Button tone="primary" isDisabled={plan.blocks.length === 0} onPress={() => void finish()}>
          {t("tasks.plan.keep", { count: plan.blocks.length })}
        </Button>
      </DialogActions>
    </>
  );
}

interface Kept {
  view: MyTask;
  block: Block;
}

/** Writes the times into one's calendar, with one way back for all of them. */
function useKeepTimes(me: PersonId, { day }: WorkDay) {
  const { t } = useTranslation();
  const client = useWorker();
  const report = useReportProblem();
  const show = useToasts((state) => state.show);
  const own = personScope(me);
  /** One that was moved to another day stays there: this is another one. */
  const freeUid = async (taskId: TaskId): Promise<string> => {
    const uid = blockUid(taskId, day);
    const { info } = await client.once("event", { scope: own, objectId: calendarObjectKey(own, uid) });
    return (info?.object ?? null) === null ? uid : createId();
  };
  return async (kept: readonly Kept[]): Promise<boolean> => {
    const commands = createCalendarCommands(client);
    const made: string[] = [];
    const takeBack = async () => {
      for (const uid of made) {
        const gone = await commands.removeNew(own, uid);
        if (!gone.ok) report(gone.error);
      }
    };
    for (const { view, block } of kept) {
      const uid = await freeUid(view.task.id);
      const link = formatLink({ kind: "task", scope: view.scope, taskId: view.task.id });
      const words = { title: view.task.title, link, fromMs: block.fromMs, toMs: block.toMs };
      const data = blockText(words, { uid, nowMs: Date.now(), zone: zoneHere() });
      const added = await commands.add(own, ownCalendarId(me), { uid, data });
      if (!added.ok) {
        report(added.error);
        return false;
      }
      made.push(uid);
    }
    const text = t("tasks.plan.kept", { count: made.length });
    show({ tone: "plain", text, action: { label: t("action.undo"), run: () => void takeBack() } });
    return true;
  };
}
