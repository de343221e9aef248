import { z } from "zod";

/** One name as it crosses to the worker and stands in the log. */
const entrySchema = z.tuple([
  /** Name. */
  z.string(),
  /** 1: a folder. */
  z.union([z.literal(0), z.literal(1)]),
  /** Bytes; null: not known. */
  z.number().nullable(),
  /** Seconds since 1970; zero: not known. */
  z.number(),
]);
export type EntryRecord = z.infer<typeof entrySchema>;

/** What changes an index, in the order in which it happened. Short: a crawl writes as many as there are folders. */
export const recordSchema = z.discriminatedUnion("kind", [
  /** All that a folder holds. `version`: 16 hexadecimal digits, or empty. */
  z.object({
    kind: z.literal("listing"),
    path: z.string(),
    pass: z.number(),
    version: z.string(),
    entries: z.array(entrySchema),
  }),
  /** It is as it was. */
  z.object({ kind: z.literal("seen"), path: z.string(), pass: z.number() }),
  z.object({ kind: z.literal("put"), folder: z.string(), entry: entrySchema }),
  /** With all that lay in it. */
  z.object({ kind: z.literal("removed"), path: z.string() }),
  /** It is looked through from the top; folders of earlier passes are to be looked at again. */
  z.object({ kind: z.literal("began"), pass: z.number(), rules: z.string(), isThorough: z.boolean() }),
  z.object({ kind: z.literal("completed"), pass: z.number(), at: z.number() }),
  z.object({ kind: z.literal("cursor"), cursor: z.string().nullable() }),
]);
export type IndexRecord = z.infer<typeof recordSchema>;

/** What holds for the whole index, beside its names. */
export const stateSchema = z.object({
  pass: z.number(),
  /** Folders are listed even if they look unchanged. */
  isThorough: z.boolean(),
  /** What was left out when the pass began. */
  rules: z.string(),
  /** The pass that was last brought to its end, and when (milliseconds). */
  completedPass: z.number(),
  completedAt: z.number().nullable(),
  cursor: z.string().nullable(),
});
export type IndexState = z.infer<typeof stateSchema>;

export const FRESH: IndexState = {
  pass: 0,
  isThorough: true,
  rules: "",
  completedPass: 0,
  completedAt: null,
  cursor: null,
};

/** The state after a record. */
export function nextState(state: IndexState, record: IndexRecord): IndexState {
  if (record.kind === "began")
    return { ...state, pass: record.pass, isThorough: record.isThorough, rules: record.rules };
  if (record.kind === "completed") return { ...state, completedPass: record.pass, completedAt: record.at };
  return record.kind === "cursor" ? { ...state, cursor: record.cursor } : state;
}

export function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}

export function lastName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

export function pathIn(folder: string, name: string): string {
  return folder === "" ? name : `${folder}/${name}`;
}

/** Whether it is this folder, or lies somewhere in it. */
export function isWithin(path: string, folder: string): boolean {
  return folder === "" || path === folder || path.startsWith(`${folder}/`);
}
