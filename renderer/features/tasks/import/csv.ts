import { daySchema } from "#contract/entities/task.ts";
import { ianaZone, utcMsOf, utcZone } from "#contract/icalendar/zones.ts";
import { isoTimeSchema } from "#contract/time.ts";
import { parseCsv } from "#renderer/kit/csv.ts";
import { readHeaders, type CsvField, type Headers } from "./csv-headers.ts";
import { PlanBuilder, type TaskDraft } from "./plan-builder.ts";
import { folded, isTooLarge, most, type ImportWords, type PlannedTask, type ReadPlan } from "./plan.ts";

export interface CsvOptions {
  readonly words: ImportWords;
  /** Of the board: the file's, without its ending. */
  readonly name: string;
  /** IANA zone in which times without one are meant. */
  readonly zone: string;
}

/** Empty ones count here. */
const MOST_ROWS = 10 * most.tasks;
const MOST_FIELDS = 200;

type Cells = Readonly<Record<CsvField, string>>;

/** A table of tasks, a row each under a header in French or English; the delimiter is a comma, semicolon or tab. */
export function readCsv(text: string, options: CsvOptions): ReadPlan {
  if (isTooLarge(text)) return { ok: false, problem: "tooLarge" };
  // Excel says the delimiter on a line of its own.
  const table = withNewlines(text.replace(/^\uFEFF/, "")).replace(/^sep=.\r?\n/i, "");
  const { rows, isOpen } = parseCsv(table, {
    separator: guessDelimiter(table),
    mostRows: MOST_ROWS,
    mostColumns: MOST_FIELDS,
  });
  if (isOpen === true) return { ok: false, problem: "notCsv" };
  if (rows.length === MOST_ROWS) return { ok: false, problem: "tooManyTasks" };
  const [first, ...rest] = rows.filter((cells) => cells.some((cell) => cell.trim() !== ""));
  if (first === undefined) return { ok: false, problem: "empty" };
  const headers = readHeaders(first);
  if (!headers.places.has("title")) return { ok: false, problem: "noTitleColumn" };
  if (rest.length === 0) return { ok: false, problem: "empty" };
  if (rest.length > most.tasks) return { ok: false, problem: "tooManyTasks" };
  return { ok: true, plan: planOf(rest, headers, options) };
}

/** Some programs end lines with a carriage return alone. */
function withNewlines(text: string): string {
  return text.includes("\n") ? text : text.replaceAll("\r", "\n");
}

/** The one under which most headers mean something, then the one that makes most cells. */
function guessDelimiter(text: string): string {
  const scored = [";", ",", "\t"].map((delimiter) => {
    const cells = parseCsv(text.slice(0, 20_000), { separator: delimiter, mostRows: 1 }).rows[0] ?? [];
    return { delimiter, score: readHeaders(cells).places.size * 1000 + Math.min(cells.length, 999) };
  });
  return scored.reduce((best, next) => (next.score > best.score ? next : best)).delimiter;
}

function planOf(rows: readonly string[][], { places, others }: Headers, options: CsvOptions) {
  const builder = new PlanBuilder(options.words, options.name);
  builder.note("otherFields", others.length, others.join(", ").slice(0, 500));
  const columns = new Map<string, number | undefined>();
  const labels = new Map<string, number | undefined>();
  for (const row of rows) {
    const cells = cellsOf(row, places);
    const column = placeIn(columns, cells.column, (name) => builder.addColumn(name));
    const labelled = namesIn(cells.labels).flatMap(
      (name) => placeIn(labels, name, (written) => builder.addLabel(written)) ?? [],
    );
    builder.addTask({
      ...fieldsOf(cells, options.zone, builder),
      column,
      labels: labelled,
    });
  }
  return builder.plan();
}

function cellsOf(row: readonly string[], places: Headers["places"]): Cells {
  const cell = (field: CsvField) => unguarded(row[places.get(field) ?? -1] ?? "").trim();
  return {
    title: cell("title"),
    description: cell("description"),
    column: cell("column"),
    start: cell("start"),
    due: cell("due"),
    labels: cell("labels"),
    priority: cell("priority"),
    assignee: cell("assignee"),
    checklist: cell("checklist"),
  };
}

/** Exports put an apostrophe before what a spreadsheet would compute. */
function unguarded(cell: string): string {
  return cell.replace(/^'(?=[=+\-@\t\r])/, "");
}

/** Names that differ in capitals and accents alone are one. */
function placeIn(
  places: Map<string, number | undefined>,
  name: string,
  add: (name: string) => number | undefined,
): number | undefined {
  if (name === "") return undefined;
  const key = folded(name) || name;
  if (!places.has(key)) places.set(key, add(name));
  return places.get(key);
}

function namesIn(cell: string): string[] {
  return cell
    .split(/[,;|]/)
    .map((name) => name.trim())
    .filter((name) => name !== "");
}

function fieldsOf(cells: Cells, zone: string, builder: PlanBuilder): Omit<TaskDraft, "column" | "labels"> {
  return {
    title: cells.title,
    description: cells.description,
    startAt: dateOf(cells.start, zone, builder),
    dueAt: dateOf(cells.due, zone, builder),
    priority: priorityOf(cells.priority, builder),
    checklist: checklistOf(cells.checklist),
    people: namesIn(cells.assignee),
    isArchived: false,
  };
}

const ISO_DATE = /^(?<year>\d{4})-(?<month>\d{1,2})-(?<day>\d{1,2})(?<rest>.*)$/;
const FRENCH_DATE = /^(?<day>\d{1,2})[/.-](?<month>\d{1,2})[/.-](?<year>\d{4})(?<rest>.*)$/;
const TIME = /^(?:T|\s+(?:à\s*)?)(?<hour>\d{1,2})[:h](?<minute>\d{2})(?::(?<second>\d{2})(?:\.\d+)?)?$/i;

/** `2026-11-23`, `23/11/2026`, either with a time (`14:00`, `14h00`), or a moment of ISO 8601 with its offset. */
function dateOf(written: string, zone: string, builder: PlanBuilder): string | undefined {
  if (written === "") return undefined;
  const date = momentWithOffset(written) ?? localDate(written, zone);
  if (date === undefined) builder.note("unreadableDates");
  return date;
}

function momentWithOffset(written: string): string | undefined {
  if (!/^\d{4}-\d{2}-\d{2}T[\d:.]+(?:Z|[+-]\d{2}:?\d{2})$/.test(written)) return undefined;
  return isoTimeAt(Date.parse(written));
}

function localDate(written: string, zone: string): string | undefined {
  const parts = (ISO_DATE.exec(written) ?? FRENCH_DATE.exec(written))?.groups;
  const { year = "", month = "", day = "", rest = "" } = parts ?? {};
  const date = daySchema.safeParse(`${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`).data;
  if (date === undefined || rest.trim() === "") return date;
  const clock = TIME.exec(rest)?.groups;
  if (clock === undefined) return undefined;
  const { hour = "", minute = "", second = "00" } = clock;
  const wallMs = Date.parse(`${date}T${hour.padStart(2, "0")}:${minute}:${second}Z`);
  return isoTimeAt(utcMsOf(ianaZone(zone) ?? utcZone, wallMs));
}

function isoTimeAt(ms: number): string | undefined {
  return Number.isFinite(ms) ? isoTimeSchema.safeParse(new Date(ms).toISOString()).data : undefined;
}

const priorities: Readonly<Record<NonNullable<PlannedTask["priority"]>, RegExp>> = {
  urgent: /^(urgente?s?|critique|critical|highest|blocker|immediate)$/,
  high: /^(high|haute?|elevee?|importante?|important|forte?)$/,
  normal: /^(normale?|medium|moyenne?|moyen)$/,
  low: /^(low|lowest|basse?|bas|faible|minor|mineure?)$/,
};

function priorityOf(written: string, builder: PlanBuilder): PlannedTask["priority"] {
  if (written === "") return undefined;
  const plain = folded(written);
  const found = (["urgent", "high", "normal", "low"] as const).find((each) => priorities[each].test(plain));
  if (found === undefined) builder.note("unreadablePriorities");
  return found;
}

/** A line each: `[x] text`, `[ ] text` or the text alone. */
function checklistOf(cell: string): PlannedTask["checklist"] {
  return cell.split(/\r\n|\r|\n/).flatMap((line) => {
    const [, mark = "", text = ""] = /^\s*(?:[-*]\s+)?(?:\[([ xX]?)\])?(.*)$/.exec(line) ?? [];
    return text.trim() === "" ? [] : [{ text: text.trim(), isDone: mark.toLowerCase() === "x" }];
  });
}
