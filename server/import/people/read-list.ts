import { CsvError, parse } from "csv-parse/sync";
import { z } from "zod";
import { AppError } from "#contract/problem.ts";
import { readHeaders, recognisedCount, type Columns, type Field } from "./columns.ts";
import type { Complaint } from "./complaint.ts";

export interface ListLine {
  /** Line of the file on which the record begins, from 1. */
  line: number;
  values: Partial<Record<Field, string>>;
}

export interface PeopleList {
  delimiter: string;
  columns: Columns;
  lines: ListLine[];
  complaints: Complaint[];
}

const recordSchema = z.array(
  z.object({ record: z.array(z.string()), info: z.looseObject({ lines: z.int() }) }),
);

/** Reads the records of a list. @throws AppError badRequest, when it is no list that can be read at all. */
export function readList(text: string): PeopleList {
  const delimiter = guessDelimiter(text);
  const records = parseRecords(text, delimiter);
  const [first, ...rest] = records;
  if (first === undefined) throw new AppError("badRequest", { title: "The list is empty" });
  const columns = readHeaders(first.cells);
  const lines: ListLine[] = [];
  const complaints: Complaint[] = [];
  for (const { line, cells } of rest) {
    if (cells.every((cell) => cell.trim() === "")) continue;
    if (
      cells.length > first.cells.length &&
      cells.slice(first.cells.length).some((cell) => cell.trim() !== "")
    ) {
      complaints.push({ line, kind: "tooManyCells", expected: first.cells.length, found: cells.length });
      continue;
    }
    lines.push({ line, values: valuesOf(cells, columns) });
  }
  return { delimiter, columns, lines, complaints };
}

function valuesOf(cells: readonly string[], columns: Columns): ListLine["values"] {
  const values: ListLine["values"] = {};
  for (const [field, position] of columns.index) {
    // a quoted line break, a tab or a no-break space is a space in a name
    const value = (cells[position] ?? "")
      .replaceAll(/[\s\p{Cc}]+/gu, " ")
      .trim()
      .toWellFormed();
    if (value !== "") values[field] = value;
  }
  return values;
}

/** The delimiter under which most headers mean something. */
function guessDelimiter(text: string): string {
  let best = { delimiter: ";", score: -1 };
  for (const delimiter of [";", ",", "\t"]) {
    const headers = firstRecord(text, delimiter);
    const score = recognisedCount(headers) * 100 + Math.min(headers.length, 50);
    if (score > best.score) best = { delimiter, score };
  }
  return best.delimiter;
}

function firstRecord(text: string, delimiter: string): string[] {
  const options = { delimiter, to: 1, relax_column_count: true, relax_quotes: true, skip_empty_lines: true };
  const head = text.slice(0, 20_000);
  const parsed = z.array(z.array(z.string())).safeParse(
    parse(
      `${head
        .split(/\r?\n|\r/)
        .slice(0, 30)
        .join("\n")}\n`,
      { ...options, on_skip: () => undefined, skip_records_with_error: true },
    ),
  );
  return parsed.data?.[0] ?? [];
}

function parseRecords(text: string, delimiter: string): { line: number; cells: string[] }[] {
  try {
    const raw: unknown = parse(text, { delimiter, info: true, relax_column_count: true, bom: true });
    const parsed = recordSchema.parse(raw);
    // `lines` counts up to the end of the record: the next one begins on the line after
    let line = 1;
    return parsed.map(({ record, info }) => {
      const start = line;
      line = info.lines + 1;
      return { line: start, cells: record };
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = typeof error["lines"] === "number" ? error["lines"] : 0;
    throw new AppError("badRequest", {
      title: "The list cannot be read",
      detail: `line ${line}: ${error.message}`,
      pointer: String(line),
      cause: error,
    });
  }
}
