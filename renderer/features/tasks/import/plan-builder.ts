import { labelColours, type ColumnMeaning, type LabelColour } from "#contract/entities/task.ts";
import {
  meaningOf,
  most,
  type ImportNoteKind,
  type ImportPlan,
  type ImportWords,
  type PlannedTask,
} from "./plan.ts";

/** A task as a file says it: texts of any length, and no column where the file names none. */
export interface TaskDraft {
  readonly title: string;
  readonly description: string;
  readonly column: number | undefined;
  readonly labels: readonly number[];
  readonly startAt?: string | undefined;
  readonly dueAt?: string | undefined;
  readonly priority?: PlannedTask["priority"];
  readonly checklist: PlannedTask["checklist"];
  readonly people: readonly string[];
  readonly isArchived: boolean;
  readonly isTemplate?: boolean | undefined;
  readonly recurrence?: PlannedTask["recurrence"];
  /** Which of the tasks that are added it is a part of, counted from 0. */
  readonly parent?: number | undefined;
}

interface PlacedTask extends Omit<PlannedTask, "column"> {
  column: number | undefined;
}

/** Gathers a plan within its limits: what is beyond them is cut or left out, and noted. */
export class PlanBuilder {
  private readonly name: string;
  private readonly description: string;
  private readonly columns: ImportPlan["columns"] = [];
  private readonly labels: ImportPlan["labels"] = [];
  private readonly tasks: PlacedTask[] = [];
  private readonly notes = new Map<ImportNoteKind, { count: number; text?: string }>();
  private readonly words: ImportWords;

  constructor(words: ImportWords, name: string, description = "") {
    this.words = words;
    this.name = this.lineOf(name, most.name) || words.board;
    this.description = this.textOf(description, most.boardDescription);
  }

  note(kind: ImportNoteKind, count = 1, text?: string): void {
    if (count <= 0) return;
    const former = this.notes.get(kind)?.count ?? 0;
    this.notes.set(kind, { count: former + count, ...(text === undefined ? {} : { text }) });
  }

  /** Its place; undefined when there are too many. */
  addColumn(written: string, meaning?: ColumnMeaning): number | undefined {
    if (this.columns.length >= most.columns) {
      this.note("columnsLeftOut");
      return undefined;
    }
    const name = this.lineOf(written, most.columnName) || this.words.unplaced;
    return this.columns.push({ name, meaning: meaning ?? meaningOf(name) }) - 1;
  }

  /** Its place; undefined when there are too many. Without `colour`, colours take turns. */
  addLabel(written: string, colour?: LabelColour): number | undefined {
    if (this.labels.length >= most.labels) {
      this.note("labelsLeftOut");
      return undefined;
    }
    const next = labelColours[1 + (this.labels.length % (labelColours.length - 1))] ?? "grey";
    const used = colour ?? next;
    const name = this.lineOf(written, most.labelName) || this.words.colours[used];
    return this.labels.push({ name, colour: used }) - 1;
  }

  addTask(draft: TaskDraft): void {
    const { column, priority, isArchived, isTemplate, recurrence, parent } = draft;
    const title = this.lineOf(draft.title, most.title);
    if (title === "") this.note("untitledTasks");
    if (column === undefined) this.note("unplacedTasks");
    const description = this.textOf(draft.description, most.description);
    const people = draft.people.map((each) => this.lineOf(each, most.personName));
    this.tasks.push({
      title: title || this.words.untitled,
      ...(description === "" ? {} : { description }),
      column,
      labels: this.firstOf(draft.labels, most.labelsOfTask, "labelsLeftOut"),
      ...this.datesOf(draft),
      ...(priority === undefined ? {} : { priority }),
      checklist: this.checklistOf(draft.checklist),
      people: this.firstOf(people.filter(Boolean), most.people, "peopleLeftOut"),
      isArchived,
      ...(isTemplate === true ? { isTemplate } : {}),
      ...(recurrence === undefined ? {} : { recurrence }),
      ...(parent === undefined ? {} : { parent }),
    });
  }

  /** Asked once, at the end. */
  plan(): ImportPlan {
    const isOwnColumnNeeded =
      this.columns.length === 0 || this.tasks.some(({ column }) => column === undefined);
    const shift = isOwnColumnNeeded && this.columns.length < most.columns ? 1 : 0;
    const unplaced = this.lineOf(this.words.unplaced, most.columnName);
    const own = shift === 1 ? [{ name: unplaced, meaning: "todo" as const }] : [];
    return {
      name: this.name,
      ...(this.description === "" ? {} : { description: this.description }),
      columns: [...own, ...this.columns],
      labels: this.labels,
      tasks: this.tasks.map((task) =>
        Object.assign(task, { column: task.column === undefined ? 0 : task.column + shift }),
      ),
      notes: [...this.notes].map(([kind, note]) => Object.assign(note, { kind })),
    };
  }

  /** A workplace takes no task that begins after it is due. */
  private datesOf({ startAt, dueAt }: TaskDraft): Pick<PlannedTask, "startAt" | "dueAt"> {
    const isSound =
      startAt === undefined || dueAt === undefined || startAt.slice(0, 10) <= dueAt.slice(0, 10);
    if (!isSound) this.note("startsAfterDue");
    return {
      ...(startAt === undefined || !isSound ? {} : { startAt }),
      ...(dueAt === undefined ? {} : { dueAt }),
    };
  }

  private checklistOf(items: TaskDraft["checklist"]): PlannedTask["checklist"] {
    const written = items.flatMap(({ text, isDone }) => {
      const line = this.lineOf(text, most.checklistText);
      return line === "" ? [] : [{ text: line, isDone }];
    });
    return this.firstOf(written, most.checklist, "checklistItemsLeftOut");
  }

  private firstOf<T>(values: readonly T[], count: number, kind: ImportNoteKind): T[] {
    const different = [...new Set(values)];
    this.note(kind, different.length - count);
    return different.slice(0, count);
  }

  private lineOf(text: string, length: number): string {
    return this.cut(cleaned(text).replaceAll(/\s+/gu, " ").trim(), length);
  }

  private textOf(text: string, length: number): string {
    return this.cut(cleaned(text).trim(), length);
  }

  private cut(text: string, length: number): string {
    if (text.length <= length) return text;
    this.note("textsCut");
    return text.slice(0, length).replace(/[\uD800-\uDBFF]$/, "");
  }
}

/** Without what databases refuse: control characters, halves of surrogate pairs. */
function cleaned(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/\r\n?/g, "\n")
    .replaceAll(/(?![\t\n])\p{Cc}/gu, "");
}
