import type { TaskActivity } from "#contract/entities/task.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useNow } from "#renderer/kit/use-now.ts";
import { TimeWord } from "#renderer/ui/time-word.tsx";
import type { TaskInfo } from "./task-details.tsx";
import { dueWords } from "./task-words.ts";

const known = [
  "created",
  "moved",
  "done",
  "reopened",
  "archived",
  "unarchived",
  "title",
  "description",
  "assigneeIds",
  "startAt",
  "dueAt",
  "priority",
  "labelIds",
  "parentId",
  "blockedBy",
  "estimateMinutes",
  "attachments",
  "recurrence",
] as const;

/** What was done to it, latest first. */
export function TaskActivityList({ info }: { info: TaskInfo }) {
  const { t } = useTranslation();
  const { task } = info.task;
  const entries = (task.activity ?? []).toReversed();
  if (entries.length === 0) return null;
  return (
    <details className="task-activity">
      <summary className="task-details__heading">{t("tasks.activity.heading")}</summary>
      <ol className="plain-list">
        {entries.map((entry) => (
          <li key={`${entry.at}${entry.what}`} className="task-activity__entry">
            <Entry entry={entry} name={info.people[entry.personId]?.displayName ?? ""} />
            <span className="task-details__line">
              <TimeWord iso={entry.at} form="ago" />
            </span>
          </li>
        ))}
      </ol>
    </details>
  );
}

function Entry({ entry, name }: { entry: TaskActivity; name: string }) {
  const { t, i18n } = useTranslation();
  const nowMs = useNow();
  const what = known.find((each) => each === entry.what);
  const sayDay = entry.what === "dueAt" || entry.what === "startAt";
  const say = (value: unknown) =>
    typeof value !== "string" ? "" : sayDay ? dueWords(value, i18n.language, nowMs) : value;
  const to = entry.what === "priority" ? priorityName(entry.to, t) : say(entry.to);
  return (
    <span>
      {t(`tasks.activity.${what ?? "other"}`, { name })}
      {to === "" ? "" : ` → ${to}`}
    </span>
  );
}

function priorityName(value: unknown, t: ReturnType<typeof useTranslation>["t"]): string {
  const priority = (["low", "normal", "high", "urgent"] as const).find((each) => each === value);
  return t(`tasks.priority.${priority ?? "normal"}`);
}
