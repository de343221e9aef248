import { z } from "zod";
import {
  boardColumnSettingsSchema,
  boardSettingsSchema,
  checklistItemSchema,
  columnMeaningSchema,
  dueSchema,
  labelColourSchema,
  taskLabelSchema,
  taskPriorities,
  taskSettingsSchema,
  type ColumnMeaning,
  type LabelColour,
} from "#contract/entities/task.ts";

/** Limits of `contract/entities/task.ts` and, of columns and tasks, of a workplace. */
export const most = {
  bytes: 50_000_000,
  name: 200,
  boardDescription: 20_000,
  columns: 30,
  columnName: 100,
  labels: 60,
  labelName: 60,
  tasks: 20_000,
  title: 500,
  description: 40_000,
  labelsOfTask: 30,
  people: 50,
  personName: 200,
  checklist: 200,
  checklistText: 500,
} as const;

/** Why a file is not read at all. */
export const importProblems = [
  "tooLarge",
  "tooManyTasks",
  "empty",
  "notJson",
  "notTrello",
  "noLists",
  "notCsv",
  "noTitleColumn",
  "notCalendar",
  "noToDos",
] as const;
export type ImportProblem = (typeof importProblems)[number];

/** What was left out or changed on the way. */
export const importNoteKinds = [
  "archivedLists",
  "attachments",
  "checklistItemsLeftOut",
  "columnsLeftOut",
  "comments",
  "customFields",
  "exceptionsLeftOut",
  "finishedCards",
  "labelsLeftOut",
  "otherFields",
  "peopleLeftOut",
  "recurrencesLeftOut",
  "startsAfterDue",
  "textsCut",
  "unplacedTasks",
  "unreadableCards",
  "unreadableDates",
  "unreadablePriorities",
  "untitledTasks",
] as const;
export type ImportNoteKind = (typeof importNoteKinds)[number];

const index = z.int().min(0);

const plannedTaskSchema = z.object({
  title: taskSettingsSchema.shape.title,
  description: taskSettingsSchema.shape.description,
  /** Place in `columns`. */
  column: index,
  /** Places in `labels`. */
  labels: z.array(index).max(most.labelsOfTask),
  startAt: dueSchema.optional(),
  dueAt: dueSchema.optional(),
  priority: z.enum(taskPriorities).optional(),
  checklist: z.array(checklistItemSchema.pick({ text: true, isDone: true })).max(most.checklist),
  /** Names or e-mail addresses, as they are written. */
  people: z.array(z.string().min(1).max(most.personName)).max(most.people),
  isArchived: z.boolean(),
  isTemplate: z.boolean().optional(),
  recurrence: taskSettingsSchema.shape.recurrence,
  /** Place in `tasks` of the one that it is a part of, which is no part itself. */
  parent: index.optional(),
});
export type PlannedTask = z.infer<typeof plannedTaskSchema>;

/** A board as another program's file says it, before anything of it is made. */
export const importPlanSchema = z.object({
  name: boardSettingsSchema.shape.name,
  description: boardSettingsSchema.shape.description,
  columns: z
    .array(z.object({ name: boardColumnSettingsSchema.shape.name, meaning: columnMeaningSchema }))
    .min(1)
    .max(most.columns),
  labels: z.array(z.object({ name: taskLabelSchema.shape.name, colour: labelColourSchema })).max(most.labels),
  /** Those of one column in the order in which they stand there. */
  tasks: z.array(plannedTaskSchema).max(most.tasks),
  /** `text`: names of the fields that were not known. */
  notes: z.array(
    z.object({ kind: z.enum(importNoteKinds), count: z.int().min(1), text: z.string().optional() }),
  ),
});
export type ImportPlan = z.infer<typeof importPlanSchema>;

export type ReadPlan =
  | { readonly ok: true; readonly plan: ImportPlan }
  | { readonly ok: false; readonly problem: ImportProblem };

/** What is called somehow although the file gives it no name. */
export interface ImportWords {
  readonly board: string;
  /** The first column, of tasks that stand in none. */
  readonly unplaced: string;
  readonly untitled: string;
  /** Columns of a file that says states alone. */
  readonly meanings: Readonly<Record<ColumnMeaning, string>>;
  /** Labels that have a colour alone. */
  readonly colours: Readonly<Record<LabelColour, string>>;
}

export function isTooLarge(text: string): boolean {
  if (text.length > most.bytes) return true;
  // A UTF-16 unit has at most three bytes of UTF-8.
  return text.length * 3 > most.bytes && new TextEncoder().encode(text).length > most.bytes;
}

/** Without accents, capitals and punctuation: `Échéance :` and `echeance` are one. */
export function folded(text: string): string {
  return text
    .normalize("NFD")
    .replaceAll(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

const NOT = /^(not|non|pas|a|to be)\b/;
const DONE =
  /\b(done|closed|completed?|finished|resolved|shipped|termine(e|s|es)?|fait(e|s|es)?|fini(e|s|es)?|clos(e|es)?|acheve(e|s|es)?|realise(e|s|es)?)\b/;
const DOING = /\b(doing|in progress|wip|ongoing|started|en cours|commence(e|s|es)?)\b/;

/** What a column is for, by its French or English name. */
export function meaningOf(name: string): ColumnMeaning {
  const plain = folded(name);
  if (NOT.test(plain)) return "todo";
  if (DONE.test(plain)) return "done";
  return DOING.test(plain) ? "doing" : "todo";
}
