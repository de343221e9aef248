import type { TaskView } from "#contract/views/tasks.ts";
import { matchesWords } from "#renderer/kit/text-words.ts";
import type { TaskFilter } from "./tasks-store.ts";
import { dayOfDue, localDay } from "./task-words.ts";

export function isFiltered({ text, personId, labelId, priority, due }: TaskFilter): boolean {
  return text.trim() !== "" || personId !== null || labelId !== null || priority !== null || due !== null;
}

export function filterTasks(
  tasks: readonly TaskView[],
  filter: TaskFilter,
  nowMs: number,
): readonly TaskView[] {
  if (!isFiltered(filter)) return tasks;
  const today = localDay(new Date(nowMs));
  const week = localDay(new Date(nowMs + 7 * 86_400_000));
  return tasks.filter((view) => {
    const { task, isLate } = view;
    const { text, personId, labelId, priority, due } = filter;
    const items = (task.checklist ?? []).map((item) => item.text).join(" ");
    if (!matchesWords(`${task.title} ${task.description ?? ""} ${items}`, text)) return false;
    const { assigneeIds = [], labelIds = [], dueAt } = task;
    if (personId === "nobody" ? assigneeIds.length > 0 : personId !== null && !assigneeIds.includes(personId))
      return false;
    if (labelId !== null && !labelIds.includes(labelId)) return false;
    if (priority !== null && (task.priority ?? "normal") !== priority) return false;
    if (due === null) return true;
    if (due === "none") return dueAt === undefined;
    if (due === "late") return isLate;
    const day = dueAt === undefined ? "" : dayOfDue(dueAt);
    return due === "today" ? day === today : day >= today && day <= week;
  });
}
