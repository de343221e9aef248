import { UserPlus, X } from "lucide-react";
import { useState } from "react";
import { taskPriorities } from "#contract/entities/task.ts";
import { weekdayNames } from "#contract/icalendar/rule.ts";
import { isRemote } from "#contract/scope.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { Avatar } from "#renderer/ui/avatar.tsx";
import { Button, ICON_SIZE, ICON_STROKE, IconButton } from "#renderer/ui/button.tsx";
import { TextField } from "#renderer/ui/field.tsx";
import { FieldGroup, SelectField } from "#renderer/ui/form.tsx";
import { TimeWord } from "#renderer/ui/time-word.tsx";
import type { TaskInfo } from "./task-details.tsx";
import { useTasksStore } from "./tasks-store.ts";
import { clockOfDue, dayOfDue, dueFrom } from "./task-words.ts";
import { useTaskDeeds } from "./use-task-deeds.ts";

/** Who, when, how urgent: each is kept as soon as it is given. */
export function TaskFields({ info, isOpen }: { info: TaskInfo; isOpen: boolean }) {
  return (
    <div className="task-fields">
      <Assigned info={info} isOpen={isOpen} />
      <div className="task-fields__pair">
        <DayField info={info} isOpen={isOpen} field="startAt" />
        <DayField info={info} isOpen={isOpen} field="dueAt" />
      </div>
      {info.task.task.dueAt === undefined ? null : <Recurrence info={info} isOpen={isOpen} />}
      <div className="task-fields__pair">
        <Priority info={info} isOpen={isOpen} />
        {isRemote(info.task.scope) ? null : (
          <Estimate key={info.task.task.estimateMinutes ?? 0} info={info} isOpen={isOpen} />
        )}
      </div>
      <Labels info={info} isOpen={isOpen} />
      <Reminder info={info} />
    </div>
  );
}

interface FieldProps {
  info: TaskInfo;
  isOpen: boolean;
}

function Assigned({ info: { task: view, people }, isOpen }: FieldProps) {
  const { t } = useTranslation();
  const deeds = useTaskDeeds();
  const openDialog = useTasksStore((state) => state.openDialog);
  const ids = view.task.assigneeIds ?? [];
  const isOwn = view.place.space === null;
  if (isOwn) return null;
  return (
    <FieldGroup label={t("tasks.assignees")}>
      <ul className="plain-list task-assigned">
        {ids.map((id) => {
          const person = people[id];
          if (person === undefined) return null;
          const rest = ids.filter((other) => other !== id);
          return (
            <li key={id} className="task-assigned__person">
              <Avatar person={person} size="tiny" />
              <span>{person.displayName}</span>
              {isOpen ? (
                <IconButton
                  icon={X}
                  label={t("tasks.unassign", { name: person.displayName })}
                  onPress={() => void deeds.change([view], { assigneeIds: rest.length === 0 ? null : rest })}
                />
              ) : null}
            </li>
          );
        })}
        {isOpen ? (
          <li>
            <Button tone="quiet" onPress={() => openDialog({ kind: "assign", tasks: [view] })}>
              <UserPlus size={ICON_SIZE} strokeWidth={ICON_STROKE} aria-hidden />
              {t("tasks.assign")}
            </Button>
          </li>
        ) : ids.length === 0 ? (
          <li className="task-details__line">{t("tasks.nobody")}</li>
        ) : null}
      </ul>
    </FieldGroup>
  );
}

function DayField({ info: { task: view }, isOpen, field }: FieldProps & { field: "startAt" | "dueAt" }) {
  const { t } = useTranslation();
  const deeds = useTaskDeeds();
  const value = view.task[field];
  const day = value === undefined ? "" : dayOfDue(value);
  const clock = value === undefined ? "" : clockOfDue(value);
  const keep = (nextDay: string, nextClock: string) => {
    const next = nextDay === "" ? null : dueFrom(nextDay, nextClock);
    if (next === null && nextDay !== "") return;
    if (next === (value ?? null)) return;
    const isLast = field === "dueAt" && next === null && view.task.recurrence !== undefined;
    void deeds.change([view], { [field]: next, ...(isLast ? { recurrence: null } : {}) });
  };
  const name = t(field === "startAt" ? "tasks.fields.start" : "tasks.fields.due");
  return (
    <FieldGroup label={name}>
      <div className="task-fields__when">
        <input
          className="field__input"
          type="date"
          aria-label={t("tasks.dayOf", { field: name })}
          disabled={!isOpen}
          value={day}
          onChange={(event) => keep(event.target.value, clock)}
        />
        {day === "" ? null : (
          <input
            className="field__input"
            type="time"
            aria-label={t("tasks.timeOf", { field: name })}
            disabled={!isOpen}
            value={clock}
            onChange={(event) => keep(day, event.target.value)}
          />
        )}
      </div>
    </FieldGroup>
  );
}

const whichWeek = [
  "tasks.recurrence.which1",
  "tasks.recurrence.which2",
  "tasks.recurrence.which3",
  "tasks.recurrence.which4",
] as const;

const NEVER = "";
const OTHER = "other";

/** What people mean mostly; another rule is kept and said to be one. */
function Recurrence({ info: { task: view }, isOpen }: FieldProps) {
  const { t, i18n } = useTranslation();
  const deeds = useTaskDeeds();
  const { dueAt = "", recurrence } = view.task;
  const day = dayOfDue(dueAt);
  const date = new Date(day);
  const weekday = weekdayNames[(date.getUTCDay() + 6) % 7] ?? "MO";
  const week = Math.ceil(date.getUTCDate() / 7);
  const weekdayName = new Intl.DateTimeFormat(i18n.language, { weekday: "long", timeZone: "UTC" }).format(
    date,
  );
  const rules = {
    daily: "FREQ=DAILY",
    workdays: "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
    weekly: `FREQ=WEEKLY;BYDAY=${weekday}`,
    fortnightly: `FREQ=WEEKLY;INTERVAL=2;BYDAY=${weekday}`,
    monthly: `FREQ=MONTHLY;BYMONTHDAY=${date.getUTCDate()}`,
    monthlyByWeekday: `FREQ=MONTHLY;BYDAY=${week === 5 ? -1 : week}${weekday}`,
    yearly: "FREQ=YEARLY",
  };
  const names = [
    "daily",
    "workdays",
    "weekly",
    "fortnightly",
    "monthly",
    "monthlyByWeekday",
    "yearly",
  ] as const;
  const known = names.find((name) => rules[name] === recurrence?.rule);
  const value = recurrence === undefined ? NEVER : (known ?? OTHER);
  return (
    <SelectField
      label={t("tasks.recurrence.label")}
      {...(recurrence === undefined ? {} : { hint: t("tasks.recurrence.hint") })}
      value={value}
      isDisabled={!isOpen}
      options={[
        { value: NEVER, label: t("tasks.recurrence.never") },
        ...names.map((name) => ({
          value: name as string,
          label: t(`tasks.recurrence.${name}`, {
            weekday: weekdayName,
            day: date.getUTCDate(),
            which: t(whichWeek[week - 1] ?? "tasks.recurrence.last"),
            date: new Intl.DateTimeFormat(i18n.language, {
              day: "numeric",
              month: "long",
              timeZone: "UTC",
            }).format(date),
          }),
        })),
        ...(value === OTHER ? [{ value: OTHER, label: t("tasks.recurrence.other") }] : []),
      ]}
      onChange={(picked) => {
        const name = names.find((each) => each === picked);
        const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
        if (picked === NEVER) void deeds.change([view], { recurrence: null });
        else if (name !== undefined) void deeds.change([view], { recurrence: { rule: rules[name], zone } });
      }}
    />
  );
}

function Priority({ info: { task: view }, isOpen }: FieldProps) {
  const { t } = useTranslation();
  const deeds = useTaskDeeds();
  return (
    <SelectField
      label={t("tasks.priority.label")}
      value={view.task.priority ?? "normal"}
      isDisabled={!isOpen}
      options={taskPriorities.toReversed().map((value) => ({ value, label: t(`tasks.priority.${value}`) }))}
      onChange={(priority) =>
        void deeds.change([view], { priority: priority === "normal" ? null : priority })
      }
    />
  );
}

/** In hours, as people estimate; kept in minutes. */
function Estimate({ info: { task: view }, isOpen }: FieldProps) {
  const { t } = useTranslation();
  const deeds = useTaskDeeds();
  const before = view.task.estimateMinutes === undefined ? "" : String(view.task.estimateMinutes / 60);
  const [typed, setTyped] = useState(before);
  const keep = () => {
    const minutes = Math.round(Number(typed.replace(",", ".")) * 60);
    if (typed === before) return;
    if (typed.trim() === "") void deeds.change([view], { estimateMinutes: null });
    else if (Number.isFinite(minutes) && minutes >= 1 && minutes <= 600_000)
      void deeds.change([view], { estimateMinutes: minutes });
    else setTyped(before);
  };
  return (
    <TextField
      label={t("tasks.estimate")}
      value={typed}
      onChange={setTyped}
      inputMode="decimal"
      disabled={!isOpen}
      onBlur={keep}
      maxLength={8}
    />
  );
}

function Labels({ info: { task: view, board }, isOpen }: FieldProps) {
  const { t } = useTranslation();
  const deeds = useTaskDeeds();
  const openDialog = useTasksStore((state) => state.openDialog);
  const labels = board?.board.labels ?? [];
  const chosen = new Set(view.task.labelIds);
  const canArrange = isOpen && board?.canArrange === true;
  if (labels.length === 0 && !canArrange) return null;
  const toggle = (id: string) => {
    const known = labels.map((label) => label.id);
    const next = known.filter((each) => (each === id ? !chosen.has(each) : chosen.has(each)));
    void deeds.change([view], { labelIds: next.length === 0 ? null : next });
  };
  return (
    <FieldGroup label={t("tasks.labels.title")}>
      <div className="task-fields__labels">
        {labels.map(({ id, name, colour }) => (
          <button
            key={id}
            type="button"
            className="task-label task-label--choice"
            data-colour={colour}
            aria-pressed={chosen.has(id)}
            disabled={!isOpen}
            onClick={() => toggle(id)}
          >
            {name}
          </button>
        ))}
        {canArrange && board !== null ? (
          <Button tone="quiet" onPress={() => openDialog({ kind: "labels", summary: board })}>
            {t("tasks.labels.edit")}
          </Button>
        ) : null}
      </div>
    </FieldGroup>
  );
}

function Reminder({ info: { task: view, remindAt } }: { info: TaskInfo }) {
  const { t } = useTranslation();
  const deeds = useTaskDeeds();
  if (remindAt === null) return null;
  return (
    <p className="task-details__line">
      {t("tasks.remind.at")} <TimeWord iso={remindAt} form="full" />{" "}
      <Button tone="link" onPress={() => void deeds.run(deeds.commands.remind(view, null))}>
        {t("tasks.remind.none")}
      </Button>
    </p>
  );
}
