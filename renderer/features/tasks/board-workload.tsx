import type { PersonId } from "#contract/ids.ts";
import type { TaskView } from "#contract/views/tasks.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useNow } from "#renderer/kit/use-now.ts";
import { Avatar } from "#renderer/ui/avatar.tsx";
import { EmptyState } from "#renderer/ui/note.tsx";
import type { BoardContents } from "./kanban-view.tsx";
import { useTasksStore } from "./tasks-store.ts";
import { dayOfDue, localDay } from "./task-words.ts";
import { addDays, mondayOf } from "./weeks.ts";
import "./board-timeline.css";

const WEEKS = 5;

type Slot = "late" | "later" | "noDate" | `${number}`;

/** Open tasks by who has them and the week in which they are due, with what they are estimated at. */
export function BoardWorkload({ info, shown }: BoardContents) {
  const { t, i18n } = useTranslation();
  const nowMs = useNow();
  const setFilter = useTasksStore((state) => state.setFilter);
  const setView = useTasksStore((state) => state.setView);
  const monday = mondayOf(localDay(new Date(nowMs)));
  const weeks = Array.from({ length: WEEKS }, (_each, index) => addDays(monday, index * 7));
  const open = shown.filter(({ task }) => task.done === undefined);
  const rows = rowsOf(open, weeks);
  const slots: Slot[] = ["late", ...weeks.map((_week, index): Slot => `${index}`), "later", "noDate"];
  const format = new Intl.DateTimeFormat(i18n.language, { day: "numeric", month: "short", timeZone: "UTC" });
  const headOf = (slot: Slot) =>
    slot === "late" || slot === "later" || slot === "noDate"
      ? t(`tasks.workload.${slot}`)
      : t("tasks.workload.week", { day: format.format(new Date(weeks[Number(slot)] ?? monday)) });
  const show = (personId: PersonId | null) => {
    setFilter({ personId: personId ?? "nobody" });
    setView("list");
  };
  if (open.length === 0) return <EmptyState>{t("tasks.workload.nothing")}</EmptyState>;
  return (
    <div className="workload">
      <table
        className="workload__table"
        aria-label={t("tasks.workload.of", { name: info.summary.board.name })}
      >
        <thead>
          <tr>
            <th scope="col">{t("tasks.assignees")}</th>
            {slots.map((slot) => (
              <th key={slot} scope="col">
                {headOf(slot)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ personId, cells }) => {
            const person = personId === null ? undefined : info.people[personId];
            return (
              <tr key={personId ?? "nobody"}>
                <th scope="row">
                  <button
                    type="button"
                    className="workload__cell workload__person"
                    onClick={() => show(personId)}
                  >
                    {person === undefined ? null : <Avatar person={person} size="small" />}
                    {person?.displayName ?? t("tasks.nobody")}
                  </button>
                </th>
                {slots.map((slot) => {
                  const cell = cells.get(slot);
                  return (
                    <td key={slot} className={slot === "late" ? "workload__late" : undefined}>
                      {cell === undefined ? null : (
                        <>
                          {t("tasks.count", { count: cell.count })}
                          {cell.minutes === 0 ? null : (
                            <span className="workload__hours">
                              {t("tasks.workload.hours", { hours: Math.round(cell.minutes / 6) / 10 })}
                            </span>
                          )}
                        </>
                      )}
                    </td>
                  );
                })}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

interface WorkloadRow {
  personId: PersonId | null;
  cells: ReadonlyMap<Slot, { count: number; minutes: number }>;
}

/** Whoever has most comes first, what nobody has last. A task of two people counts for both. */
function rowsOf(tasks: readonly TaskView[], weeks: readonly string[]): WorkloadRow[] {
  const found = new Map<PersonId | null, Map<Slot, { count: number; minutes: number }>>();
  for (const { task, isLate } of tasks) {
    const slot = isLate ? "late" : slotOf(task.dueAt, weeks);
    const people = task.assigneeIds ?? [];
    for (const personId of people.length === 0 ? [null] : people) {
      const cells = found.get(personId) ?? new Map<Slot, { count: number; minutes: number }>();
      const cell = cells.get(slot) ?? { count: 0, minutes: 0 };
      cells.set(slot, { count: cell.count + 1, minutes: cell.minutes + (task.estimateMinutes ?? 0) });
      found.set(personId, cells);
    }
  }
  const total = (row: WorkloadRow) => [...row.cells.values()].reduce((sum, { count }) => sum + count, 0);
  return [...found]
    .map(([personId, cells]) => ({ personId, cells }))
    .toSorted((a, b) => Number(a.personId === null) - Number(b.personId === null) || total(b) - total(a));
}

function slotOf(dueAt: string | undefined, weeks: readonly string[]): Slot {
  if (dueAt === undefined) return "noDate";
  const day = dayOfDue(dueAt);
  const index = weeks.findIndex((week) => day >= week && day < addDays(week, 7));
  return index === -1 ? "later" : `${index}`;
}
