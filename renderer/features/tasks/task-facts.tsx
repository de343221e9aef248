import {
  Ban,
  Calendar,
  ChevronsUp,
  CircleAlert,
  ListTodo,
  MessageCircle,
  Repeat,
  SquareCheckBig,
  TriangleAlert,
  type LucideIcon,
} from "lucide-react";
import type { ReactNode } from "react";
import type { Task, TaskLabel } from "#contract/entities/task.ts";
import type { PersonBrief } from "#contract/views/message-view.ts";
import type { TaskView } from "#contract/views/tasks.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useNow } from "#renderer/kit/use-now.ts";
import { Avatar } from "#renderer/ui/avatar.tsx";
import { dueWords } from "./task-words.ts";
import "./task-facts.css";

/** What stands under the title of a task, where there is something to say; `isBrief`: beside columns for when and how urgent. */
export function TaskFacts({ view, isBrief = false }: { view: TaskView; isBrief?: boolean }) {
  const { t } = useTranslation();
  const { task, parts, comments, openBlockers, pending, refused } = view;
  const items = task.checklist ?? [];
  const ticked = items.filter(({ isDone }) => isDone).length;
  return (
    <span className="task-facts">
      {refused.length === 0 ? null : (
        <Fact icon={TriangleAlert} tone="loss" label={t("tasks.refusedCount", { count: refused.length })} />
      )}
      {isBrief ? null : <PriorityMark priority={task.priority} />}
      {isBrief ? null : <DueMark view={view} />}
      {task.recurrence === undefined ? null : <Fact icon={Repeat} label={t("tasks.recurs")} />}
      {openBlockers === 0 ? null : (
        <Fact icon={Ban} tone="wait" label={t("tasks.blockedByCount", { count: openBlockers })}>
          {openBlockers}
        </Fact>
      )}
      {items.length === 0 ? null : (
        <Fact icon={SquareCheckBig} label={t("tasks.itemsDone", { done: ticked, count: items.length })}>
          {`${ticked}/${items.length}`}
        </Fact>
      )}
      {parts.all === 0 ? null : (
        <Fact icon={ListTodo} label={t("tasks.partsDone", { done: parts.done, count: parts.all })}>
          {`${parts.done}/${parts.all}`}
        </Fact>
      )}
      {comments === 0 ? null : (
        <Fact icon={MessageCircle} label={t("tasks.comments", { count: comments })}>
          {comments}
        </Fact>
      )}
      {pending === null ? null : <span className="task-fact">{t("tasks.waits")}</span>}
    </span>
  );
}

interface FactProps {
  icon: LucideIcon;
  label: string;
  tone?: "plain" | "wait" | "loss";
  children?: ReactNode;
}

function Fact({ icon: Icon, label, tone = "plain", children }: FactProps) {
  return (
    <span className="task-fact" data-tone={tone} title={label}>
      <Icon size={14} strokeWidth={1.75} aria-hidden />
      {children === undefined ? null : <span aria-hidden>{children}</span>}
      <span className="visually-hidden">{label}</span>
    </span>
  );
}

export function DueMark({ view: { task, isLate } }: { view: TaskView }) {
  const { t, i18n } = useTranslation();
  const nowMs = useNow();
  if (task.dueAt === undefined) return null;
  const words = dueWords(task.dueAt, i18n.language, nowMs);
  const label = t(isLate ? "tasks.lateSince" : "tasks.dueOn", { when: words });
  return (
    <span className="task-fact" data-tone={isLate ? "loss" : "plain"} title={label}>
      <Calendar size={14} strokeWidth={1.75} aria-hidden />
      <span aria-hidden>{words}</span>
      <span className="visually-hidden">{label}</span>
    </span>
  );
}

export function PriorityMark({ priority }: Pick<Task, "priority">) {
  const { t } = useTranslation();
  if (priority !== "urgent" && priority !== "high") return null;
  const isUrgent = priority === "urgent";
  return (
    <span
      className="task-fact"
      data-tone={isUrgent ? "loss" : "wait"}
      title={t(`tasks.priority.${priority}`)}
    >
      {isUrgent ? (
        <CircleAlert size={14} strokeWidth={2} aria-hidden />
      ) : (
        <ChevronsUp size={14} strokeWidth={2} aria-hidden />
      )}
      <span>{t(`tasks.priority.${priority}`)}</span>
    </span>
  );
}

export function LabelChips({ task, labels }: { task: Task; labels: readonly TaskLabel[] }) {
  const ids = new Set(task.labelIds);
  const own = labels.filter(({ id }) => ids.has(id));
  if (own.length === 0) return null;
  return (
    <span className="task-labels">
      {own.map(({ id, name, colour }) => (
        <span key={id} className="task-label" data-colour={colour}>
          {name}
        </span>
      ))}
    </span>
  );
}

const SHOWN = 3;

export function Assignees({ task, people }: { task: Task; people: Readonly<Record<string, PersonBrief>> }) {
  const { t } = useTranslation();
  const given = (task.assigneeIds ?? []).flatMap((id) => people[id] ?? []);
  if (given.length === 0) return null;
  const names = given.map(({ displayName }) => displayName).join(", ");
  return (
    <span className="task-people" title={names}>
      {given.slice(0, SHOWN).map((person) => (
        <Avatar key={person.id} person={person} size="tiny" />
      ))}
      {given.length > SHOWN ? <span aria-hidden>{`+${given.length - SHOWN}`}</span> : null}
      <span className="visually-hidden">{t("tasks.givenTo", { names })}</span>
    </span>
  );
}
