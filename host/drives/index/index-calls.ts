import { z } from "zod";
import { recordSchema, stateSchema } from "./records.ts";

/** Where the names of a drive are, and what opens them. */
export const openedSchema = z.object({
  driveId: z.string(),
  folder: z.string(),
  key: z.instanceof(Uint8Array),
});
export type OpenedDrive = z.infer<typeof openedSchema>;

const driveOnly = z.object({ driveId: z.string() });
const statusSchema = z.object({ entries: z.number(), state: stateSchema });
export type StoreStatus = z.infer<typeof statusSchema>;

/** A folder that is to be looked at, with what is known of it; empty: it was never listed. */
const dueSchema = z.object({ path: z.string(), version: z.string() });
export type DueFolder = z.infer<typeof dueSchema>;

const foundSchema = z.object({
  driveId: z.string(),
  path: z.string(),
  isFolder: z.boolean(),
  sizeBytes: z.number().nullable(),
  time: z.number(),
  score: z.number(),
});
export type FoundName = z.infer<typeof foundSchema>;

/** What the thread that holds the names is asked. */
export const indexCalls = {
  open: { args: openedSchema, result: statusSchema },
  apply: { args: driveOnly.extend({ records: z.array(recordSchema) }), result: statusSchema },
  /** The next so many folders that this pass has not seen; none: it has seen all. */
  due: { args: driveOnly.extend({ count: z.number() }), result: z.array(dueSchema) },
  search: {
    args: z.object({ driveIds: z.array(z.string()), text: z.string(), limit: z.number() }),
    result: z.array(foundSchema),
  },
  /** Answers once nothing is being merged. */
  settled: { args: driveOnly, result: z.null() },
  close: { args: driveOnly, result: z.null() },
} as const;
export type IndexCall = keyof typeof indexCalls;
export type CallArgs<C extends IndexCall> = z.infer<(typeof indexCalls)[C]["args"]>;
export type CallResult<C extends IndexCall> = z.infer<(typeof indexCalls)[C]["result"]>;

export const requestSchema = z.object({
  id: z.number(),
  call: z.enum(["open", "apply", "due", "search", "settled", "close"]),
  args: z.unknown(),
});
export type IndexRequest = z.infer<typeof requestSchema>;

export const responseSchema = z.union([
  z.object({ id: z.number(), value: z.unknown() }),
  z.object({ id: z.number(), error: z.string() }),
]);
