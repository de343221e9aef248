import { z } from "zod";
import { membershipSchema } from "../entities/membership.ts";
import { boardColumnSchema, boardSchema, columnMeaningSchema, taskSchema } from "../entities/task.ts";
import { boardIdSchema, conversationIdSchema, messageIdSchema, spaceIdSchema, taskIdSchema } from "../ids.ts";
import { scopeSchema } from "../scope.ts";
import { isoTimeSchema } from "../time.ts";
import { keptness, keyed, pendingSchema, personBriefSchema, refusedWriteSchema } from "./message-view.ts";

const noInfo = z.object({});

/** People named by the tasks of a list, by id. */
const people = z.record(z.string(), personBriefSchema);

/** A task as its reader sees it: the row with waiting writes laid over. Its key is its id, its sort its place in the list. */
export const taskViewSchema = z.object({
  ...keyed,
  scope: scopeSchema,
  task: taskSchema,
  /** Of its column. */
  meaning: columnMeaningSchema,
  /** Not done, and its due day or time is over. */
  isLate: z.boolean(),
  /** Those of `blockedBy` that are not done. */
  openBlockers: z.int(),
  /** Of its parts. */
  parts: z.object({ done: z.int(), all: z.int() }),
  comments: z.int(),
  /** The reader may change it. */
  canWrite: z.boolean(),
  pending: pendingSchema.nullable(),
  /** Writes about it that the server did not take: kept until the person has decided. */
  refused: z.array(refusedWriteSchema),
});
export type TaskView = z.infer<typeof taskViewSchema>;

/** With where it is, for lists over several boards. */
export const placedTaskSchema = z.object({
  ...taskViewSchema.shape,
  place: z.object({
    boardId: boardIdSchema,
    boardName: z.string(),
    /** Of a list that lies elsewhere. */
    accountName: z.string().nullable(),
    /** Null for the reader's own. */
    space: z.object({ id: spaceIdSchema, name: z.string(), emoji: z.string() }).nullable(),
    columnName: z.string(),
  }),
});
export type PlacedTask = z.infer<typeof placedTaskSchema>;

export const boardSummarySchema = z.object({
  ...keyed,
  scope: scopeSchema,
  board: boardSchema,
  /** Null for the reader's own. */
  space: z.object({ id: spaceIdSchema, name: z.string(), emoji: z.string() }).nullable(),
  role: membershipSchema.shape.role.nullable(),
  open: z.int(),
  late: z.int(),
  archived: z.int(),
  /** Adds tasks; changes its own of guests, all of others. */
  canWrite: z.boolean(),
  /** Changes name, columns and labels. */
  canArrange: z.boolean(),
  /** Archives and removes it. */
  canRun: z.boolean(),
  pending: pendingSchema.nullable(),
  ...keptness,
});
export type BoardSummary = z.infer<typeof boardSummarySchema>;

/** The groups of "My tasks": late, for today, in the seven days that follow, later, without a date; `waiting`: given to others. */
export const myTaskGroups = ["late", "today", "week", "later", "noDate", "waiting"] as const;
export type MyTaskGroup = (typeof myTaskGroups)[number];

const ofTask = z.object({ scope: scopeSchema, taskId: taskIdSchema });

export const taskQueries = {
  /** The reader's own first, then by space and name; archived ones too. */
  boards: { args: z.object({ spaceId: spaceIdSchema.optional() }), item: boardSummarySchema, info: noInfo },
  /** Tasks of a board in the order of columns and keys, parts and archived ones apart; without their `activity`. */
  board: {
    args: z.object({ scope: scopeSchema, boardId: boardIdSchema }),
    item: taskViewSchema,
    info: z.object({
      /** `null` while it is not known here (or is no longer). */
      summary: boardSummarySchema.nullable(),
      /** In their order. */
      columns: z.array(boardColumnSchema),
      /** By title. */
      templates: z.array(taskViewSchema),
      people,
    }),
  },
  task: {
    args: ofTask,
    /** Its parts, in order. */
    item: taskViewSchema,
    info: z.object({
      task: placedTaskSchema.nullable(),
      board: boardSummarySchema.nullable(),
      columns: z.array(boardColumnSchema),
      parent: taskViewSchema.nullable(),
      blockers: z.array(taskViewSchema),
      /** Those that wait for it. */
      blocks: z.array(taskViewSchema),
      people,
      isWatched: z.boolean(),
      /** The reader's own reminder that is still to come. */
      remindAt: isoTimeSchema.nullable(),
      discussion: z
        .object({
          conversationId: conversationIdSchema,
          threadId: messageIdSchema,
          comments: z.int(),
          isFollowed: z.boolean(),
        })
        .nullable(),
    }),
  },
  /** Open tasks given to the reader, over all boards, and (`waiting`) those that they gave to others. By due time. */
  myTasks: {
    args: z.object({}),
    item: z.object({ ...placedTaskSchema.shape, group: z.enum(myTaskGroups) }),
    info: z.object({ people }),
  },
  /** Put away, latest first. */
  archivedTasks: {
    args: z.object({ scope: scopeSchema, boardId: boardIdSchema }),
    item: taskViewSchema,
    info: z.object({ people }),
  },
  /** Open tasks of all boards of a place whose title has words that begin so, accents and case aside; for links between tasks and the switcher. */
  taskSearch: {
    args: z.object({
      text: z.string().max(200),
      scope: scopeSchema.optional(),
      limit: z.int().min(1).max(200),
    }),
    item: placedTaskSchema,
    info: noInfo,
  },
} as const;
