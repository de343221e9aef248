import { taskPriorities, type Task } from "#contract/entities/task.ts";
import { personIdSchema } from "#contract/ids.ts";
import { isRemote } from "#contract/scope.ts";
import type { TaskView } from "#contract/views/tasks.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import type { TaskChanges } from "#renderer/parts/task-commands.ts";
import type { BoardInfo } from "./kanban-view.tsx";
import type { LaneBy } from "./tasks-store.ts";

/** One row of columns: tasks that have something in common. */
export interface Lane {
  key: string;
  name: string;
  tasks: readonly TaskView[];
  /** What has to change of a task that is put there; null: it belongs there already. */
  changeOf: (task: Pick<Task, "assigneeIds" | "labelIds" | "priority">) => TaskChanges | null;
}

/** None where the board is not parted. Lanes without tasks are left out, but for those of priorities that are usual. */
export function useLanes(
  by: LaneBy,
  { summary, people }: BoardInfo,
  tasks: readonly TaskView[],
): readonly Lane[] {
  const { t } = useTranslation();
  // One's own in a list that lies elsewhere are not given to anybody.
  if (by === "none" || (by === "person" && isRemote(summary.scope))) return [];
  if (by === "priority") {
    return taskPriorities.toReversed().map((priority) => ({
      key: priority,
      name: t(`tasks.priority.${priority}`),
      tasks: tasks.filter(({ task }) => (task.priority ?? "normal") === priority),
      changeOf: (task) =>
        (task.priority ?? "normal") === priority
          ? null
          : { priority: priority === "normal" ? null : priority },
    }));
  }
  if (by === "label") {
    const labels = summary.board.labels ?? [];
    const known = new Set(labels.map(({ id }) => id));
    const labelled = labels.map(({ id, name }): Lane => ({
      key: id,
      name,
      tasks: tasks.filter(({ task }) => task.labelIds?.includes(id) === true),
      changeOf: ({ labelIds = [] }) => (labelIds.includes(id) ? null : { labelIds: [...labelIds, id] }),
    }));
    const rest: Lane = {
      key: "none",
      name: t("tasks.lanes.noLabel"),
      tasks: tasks.filter(({ task }) => task.labelIds?.some((id) => known.has(id)) !== true),
      changeOf: ({ labelIds }) => (labelIds === undefined ? null : { labelIds: null }),
    };
    return [...labelled, rest];
  }
  const ids = new Set(tasks.flatMap(({ task }) => task.assigneeIds ?? []));
  const given = [...ids]
    .map((id): Lane => ({
      key: id,
      name: people[id]?.displayName ?? "",
      tasks: tasks.filter(({ task }) => task.assigneeIds?.includes(id) === true),
      changeOf: ({ assigneeIds = [] }) =>
        assigneeIds.includes(id) ? null : { assigneeIds: [personIdSchema.parse(id)] },
    }))
    .toSorted((a, b) => a.name.localeCompare(b.name));
  const nobody: Lane = {
    key: "nobody",
    name: t("tasks.lanes.nobody"),
    tasks: tasks.filter(({ task }) => (task.assigneeIds ?? []).length === 0),
    changeOf: ({ assigneeIds = [] }) => (assigneeIds.length === 0 ? null : { assigneeIds: null }),
  };
  return [...given, nobody];
}
