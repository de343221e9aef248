import type { Task } from "#contract/entities/task.ts";
import type { PersonId } from "#contract/ids.ts";
import {
  checklistLines,
  labelNamesOf,
  tasksInOrder,
  type BoardContent,
  type PlacedTask,
} from "./board-content.ts";
import { csvFields, type CsvField } from "./csv-headers.ts";

export interface CsvWords {
  readonly headers: Readonly<Record<CsvField, string>>;
  readonly priorities: Readonly<Record<NonNullable<Task["priority"]>, string>>;
  readonly nameOf: (personId: PersonId) => string;
}

/**
 * The tasks of a board as spreadsheets take them: RFC 4180 with a byte order mark, the separator of the language
 * (semicolons in French). With the headers of `csv-headers.ts`, `readCsv` reads it again.
 */
export function tasksCsv(content: BoardContent, words: CsvWords, separator: ";" | "," = ";"): string {
  const rows = tasksInOrder(content).map((placed) => {
    const cells = cellsOf(placed, content.board, words);
    return csvFields.map((field) => cells[field]);
  });
  const lines = [csvFields.map((field) => words.headers[field]), ...rows].map((cells) =>
    cells.map((cell) => written(cell, separator)).join(separator),
  );
  return `\uFEFF${lines.join("\r\n")}\r\n`;
}

function cellsOf(
  { task, column }: PlacedTask,
  board: BoardContent["board"],
  words: CsvWords,
): Record<CsvField, string> {
  return {
    title: task.title,
    description: task.description ?? "",
    column: column?.name ?? "",
    start: task.startAt ?? "",
    due: task.dueAt ?? "",
    labels: labelNamesOf(board, task).join(", "),
    priority: words.priorities[task.priority ?? "normal"],
    assignee: (task.assigneeIds ?? []).map(words.nameOf).join(", "),
    checklist: checklistLines(task.checklist).join("\n"),
  };
}

/** Spreadsheets compute what begins like a formula (OWASP, "CSV Injection"): an apostrophe before it keeps it text. */
function written(cell: string, separator: string): string {
  const text = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return text.includes(separator) || /["\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
