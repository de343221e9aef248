import { useId, useMemo } from "react";
import { Plus } from "lucide-react";
import type { QueryInfo } from "#contract/worker.ts";
import type { TaskView } from "#contract/views/tasks.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { Button, ICON_SIZE, ICON_STROKE } from "#renderer/ui/button.tsx";
import { KanbanColumn } from "./kanban-column.tsx";
import { useLanes, type Lane } from "./lanes.ts";
import { useTasksStore } from "./tasks-store.ts";
import "./kanban.css";

export type BoardInfo = QueryInfo<"board"> & { summary: NonNullable<QueryInfo<"board">["summary"]> };

export interface BoardContents {
  info: BoardInfo;
  /** All of the board, in order. */
  all: readonly TaskView[];
  /** What the filter leaves of them. */
  shown: readonly TaskView[];
  openId: string | null;
  open: (view: TaskView) => void;
}

/** Columns side by side, tasks as cards: by mouse, finger or keyboard from one to another. */
export function KanbanView(contents: BoardContents) {
  const { t } = useTranslation();
  const openDialog = useTasksStore((state) => state.openDialog);
  const by = useTasksStore((state) => state.lanes);
  const { info, all, shown } = contents;
  const { columns, summary } = info;
  const present = useMemo(() => byColumn(info, all), [info, all]);
  const visible = useMemo(
    () => (shown === all ? present : byColumn(info, shown)),
    [info, all, shown, present],
  );
  const last = columns.at(-1)?.order ?? null;
  const lanes = useLanes(by, info, shown);
  if (lanes.length > 0) {
    return (
      <div className="kanban-lanes">
        {lanes
          .filter((lane) => lane.tasks.length > 0)
          .map((lane) => (
            <LaneView key={lane.key} lane={lane} contents={contents} present={present} />
          ))}
      </div>
    );
  }
  return (
    <div className="kanban">
      {columns.map((column) => (
        <KanbanColumn
          key={column.id}
          contents={contents}
          column={column}
          present={present}
          tasks={visible.get(column.id) ?? []}
        />
      ))}
      {summary.canArrange ? (
        <div className="kanban__new">
          <Button
            tone="quiet"
            onPress={() =>
              openDialog({ kind: "column", scope: summary.scope, board: summary.board, column: null, last })
            }
          >
            <Plus size={ICON_SIZE} strokeWidth={ICON_STROKE} aria-hidden />
            {t("tasks.newColumn")}
          </Button>
        </div>
      ) : null}
    </div>
  );
}

interface LaneViewProps {
  lane: Lane;
  contents: BoardContents;
  present: ByColumn;
}

function LaneView({ lane, contents, present }: LaneViewProps) {
  const id = useId();
  const visible = useMemo(() => byColumn(contents.info, lane.tasks), [contents.info, lane.tasks]);
  return (
    <section className="kanban-lane" aria-labelledby={id}>
      <h3 id={id} className="kanban-lane__name">
        {lane.name} <span className="kanban__count">{lane.tasks.length}</span>
      </h3>
      <div className="kanban">
        {contents.info.columns.map((column) => (
          <KanbanColumn
            key={column.id}
            contents={contents}
            column={column}
            present={present}
            tasks={visible.get(column.id) ?? []}
            lane={lane}
          />
        ))}
      </div>
    </section>
  );
}

export type ByColumn = ReadonlyMap<string, readonly TaskView[]>;

/** What stands in a column that is gone stands in the first. */
function byColumn({ columns }: BoardInfo, tasks: readonly TaskView[]): ByColumn {
  const found = new Map<string, TaskView[]>(columns.map(({ id }) => [id, []]));
  const first = columns[0]?.id ?? "";
  for (const view of tasks) (found.get(view.task.columnId) ?? found.get(first))?.push(view);
  return found;
}
