import { z } from "zod";
import {
  boardIdSchema,
  conversationIdSchema,
  freshIdSchema,
  messageIdSchema,
  personIdSchema,
  taskIdSchema,
} from "../ids.ts";
import { parseRule } from "../icalendar/rule.ts";
import { MOST_LINK_CHARACTERS } from "../links.ts";
import { isoTimeSchema } from "../time.ts";

/**
 * Where something stands among its kind: keys are compared as text, and between two of them there is always another
 * (package fractional-indexing). Two machines may give the same key: the id decides then.
 */
export const orderKeySchema = z
  .string()
  .min(1)
  .max(200)
  .regex(/^[A-Za-z][0-9A-Za-z]*$/)
  .refine(isOrderKey, "a key of the package fractional-indexing");

/** Its first letter says how many digits its whole part has; what follows that never ends with a nought. */
function isOrderKey(key: string): boolean {
  const head = key.charCodeAt(0);
  const length = head < 97 ? 92 - head : head - 95;
  return key.length === length ? !/^A0*$/.test(key) : key.length > length && !key.endsWith("0");
}

/** A day as people write it, without a time: `2026-11-23`. */
export const daySchema = z.iso.date();

/** A day, or a moment of it (ISO 8601 UTC). A day is over when it is over where its reader is. */
export const dueSchema = z.union([daySchema, isoTimeSchema]);

/** Names of the palette of labels: the interface has a colour for each, in light, dark and forced colours. */
export const labelColours = [
  "grey",
  "red",
  "orange",
  "yellow",
  "green",
  "teal",
  "blue",
  "purple",
  "pink",
] as const;
export const labelColourSchema = z.enum(labelColours);
export type LabelColour = z.infer<typeof labelColourSchema>;

export const taskLabelSchema = z.looseObject({
  id: freshIdSchema,
  name: z.string().min(1).max(60),
  colour: labelColourSchema,
});
export type TaskLabel = z.infer<typeof taskLabelSchema>;

/** What people change of a board by the field (`board.update`). */
export const boardSettingsSchema = z.looseObject({
  name: z.string().min(1).max(200),
  /** Markdown. */
  description: z.string().max(20_000).optional(),
  /** One emoji shown before the name. */
  emoji: z.string().max(32).optional(),
  labels: z.array(taskLabelSchema).max(60).optional(),
  /** Offered under "new board from a template". */
  isTemplate: z.boolean().optional(),
});

/** A board of tasks. Scope: a space's, a person's own, or that of a list that lies elsewhere (`remote`). */
export const boardSchema = z.looseObject({
  id: boardIdSchema,
  ...boardSettingsSchema.shape,
  createdBy: personIdSchema,
  createdAt: isoTimeSchema,
  /** Of lists that lie elsewhere (`calendar-accounts.ts`): VTODO holds less than a task here. */
  remote: z
    .looseObject({
      /** `CalendarAccountId` */
      accountId: z.string(),
      accountName: z.string(),
      canWrite: z.boolean(),
    })
    .optional(),
  /** Put away with its tasks: read, and not written until it is taken out again. */
  archivedAt: isoTimeSchema.optional(),
});
export type Board = z.infer<typeof boardSchema>;

export const columnMeaningSchema = z.enum(["todo", "doing", "done"]);
export type ColumnMeaning = z.infer<typeof columnMeaningSchema>;

/** What people change of a column by the field (`boardColumn.update`). */
export const boardColumnSettingsSchema = z.looseObject({
  name: z.string().min(1).max(100),
  /** What a task is that stands in it. Entering `done` finishes it, leaving it begins it anew. */
  meaning: columnMeaningSchema,
  /** More tasks than this are shown as too many; nobody is stopped. */
  limit: z.int().min(1).max(999).optional(),
});

/** A column of a board. Scope: the board's. */
export const boardColumnSchema = z.looseObject({
  id: freshIdSchema,
  boardId: boardIdSchema,
  ...boardColumnSettingsSchema.shape,
  order: orderKeySchema,
});
export type BoardColumn = z.infer<typeof boardColumnSchema>;

export const taskPriorities = ["low", "normal", "high", "urgent"] as const;

export const checklistItemSchema = z.looseObject({
  id: freshIdSchema,
  text: z.string().min(1).max(500),
  isDone: z.boolean(),
  order: orderKeySchema,
});
export type ChecklistItem = z.infer<typeof checklistItemSchema>;

/** The address of an object that goes with it (`links.ts`): a document, a file of a drive, a message… */
export const taskAttachmentSchema = z.looseObject({
  link: z.string().min(1).max(MOST_LINK_CHARACTERS),
  /** Said where what it leads to is not here. */
  name: z.string().max(500).optional(),
});
export type TaskAttachment = z.infer<typeof taskAttachmentSchema>;

const taskRecurrenceSchema = z.looseObject({
  /** RRULE value of RFC 5545 section 3.3.10: `FREQ=MONTHLY;BYDAY=1MO`. */
  rule: z
    .string()
    .max(500)
    .refine((text) => parseRule(text) !== undefined, "a rule as RFC 5545 section 3.3.10 has it"),
  /** IANA zone in which times of day are meant; absent: UTC. */
  zone: z.string().max(64).optional(),
});

/** What people change of a task by the field (`task.update`). Absent: none. */
export const taskSettingsSchema = z.looseObject({
  title: z.string().min(1).max(500),
  /** Markdown. */
  description: z.string().max(40_000).optional(),
  /** Of a space's task: its members. */
  assigneeIds: z.array(personIdSchema).max(50).optional(),
  startAt: dueSchema.optional(),
  dueAt: dueSchema.optional(),
  /** Absent: normal. */
  priority: z.enum(taskPriorities).optional(),
  /** Of the board's labels. */
  labelIds: z.array(freshIdSchema).max(30).optional(),
  /** The task that this is a part of: of the same scope, and no part itself. */
  parentId: taskIdSchema.optional(),
  /** Tasks of the same scope that have to be finished first; never in a circle. */
  blockedBy: z.array(taskIdSchema).max(50).optional(),
  estimateMinutes: z.int().min(1).max(600_000).optional(),
  attachments: z.array(taskAttachmentSchema).max(50).optional(),
  /** Finished, the next one is made, due at the next time. */
  recurrence: taskRecurrenceSchema.optional(),
  /** Offered under "new task from a template" and shown on no board. */
  isTemplate: z.boolean().optional(),
});

export const TASK_ACTIVITIES = 40;

/** Something that was done to a task. */
export const taskActivitySchema = z.looseObject({
  personId: personIdSchema,
  at: isoTimeSchema,
  /** `created`, `moved`, `done`, `reopened`, `archived`, `unarchived`, or the name of the field that changed. */
  what: z.string().min(1).max(64),
  /** Former and new value, as they stand in the row (of `moved`: names of columns); long texts and lists are left out. */
  from: z.unknown().optional(),
  to: z.unknown().optional(),
});
export type TaskActivity = z.infer<typeof taskActivitySchema>;

/** A task. Scope: its board's. */
export const taskSchema = z.looseObject({
  id: taskIdSchema,
  boardId: boardIdSchema,
  columnId: freshIdSchema,
  /** Within its column. */
  order: orderKeySchema,
  ...taskSettingsSchema.shape,
  /** Ordered by `order`, then id. */
  checklist: z.array(checklistItemSchema).max(200).optional(),
  /** Those who hear of every change; whoever makes it, is given it or writes about it, until they say no. */
  watcherIds: z.array(personIdSchema).max(200).optional(),
  /** Where it comes from: the address of a message, post, e-mail in the library… (`links.ts`). */
  source: z.string().max(MOST_LINK_CHARACTERS).optional(),
  createdBy: personIdSchema,
  createdAt: isoTimeSchema,
  /** Since it stands in a column that means done. */
  done: z.looseObject({ at: isoTimeSchema, personId: personIdSchema }).optional(),
  archivedAt: isoTimeSchema.optional(),
  /** The thread about it (of the channel `tasksChannelId`), once someone began it. */
  discussion: z.looseObject({ conversationId: conversationIdSchema, threadId: messageIdSchema }).optional(),
  /** What was done to it, latest last: written by the server, the last `TASK_ACTIVITIES` of them. */
  activity: z.array(taskActivitySchema).max(200).optional(),
});
export type Task = z.infer<typeof taskSchema>;
