import { labelColours } from "#contract/entities/task.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { saveFile } from "#renderer/kit/save-file.ts";
import type { BoardContents } from "./kanban-view.tsx";
import type { ImportWords } from "./import/plan.ts";

/** What is shown of a board, as other programs read it. */
export function useExports({ info, shown }: Pick<BoardContents, "info" | "shown">) {
  const { t, i18n } = useTranslation();
  const { summary, columns, people } = info;
  const { board } = summary;
  const content = { board, columns, tasks: shown.map(({ task }) => task) };
  const name = board.name.replaceAll(/[\\/:*?"<>|]+/g, " ").trim();
  return {
    csv: () => {
      void import("./import/export-csv.ts").then(({ tasksCsv }) => {
        const words = {
          headers: {
            title: t("tasks.fields.title"),
            description: t("tasks.fields.description"),
            column: t("tasks.fields.column"),
            start: t("tasks.fields.start"),
            due: t("tasks.fields.due"),
            labels: t("tasks.fields.labels"),
            priority: t("tasks.fields.priority"),
            assignee: t("tasks.fields.assignee"),
            checklist: t("tasks.fields.checklist"),
          },
          priorities: {
            low: t("tasks.priority.low"),
            normal: t("tasks.priority.normal"),
            high: t("tasks.priority.high"),
            urgent: t("tasks.priority.urgent"),
          },
          nameOf: (id: string) => people[id]?.displayName ?? "",
        };
        saveFile(`${name}.csv`, tasksCsv(content, words, i18n.language === "fr" ? ";" : ","), "text/csv");
      });
    },
    icalendar: () => {
      void import("./import/export-icalendar.ts").then(({ tasksCalendar }) =>
        saveFile(`${name}.ics`, tasksCalendar(content, Date.now()), "text/calendar"),
      );
    },
  };
}

/** What an import calls what has no name in its file. */
export function useImportWords(): ImportWords {
  const { t } = useTranslation();
  const colours = Object.fromEntries(labelColours.map((colour) => [colour, t(`tasks.colour.${colour}`)]));
  return {
    board: t("tasks.import.board"),
    unplaced: t("tasks.import.unplaced"),
    untitled: t("tasks.import.untitled"),
    meanings: {
      todo: t("tasks.meaning.todo"),
      doing: t("tasks.meaning.doing"),
      done: t("tasks.meaning.done"),
    },
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- one of each colour
    colours: colours as ImportWords["colours"],
  };
}
