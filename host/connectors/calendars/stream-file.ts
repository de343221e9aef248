import { randomUUID } from "node:crypto";
import { z } from "zod";
import { calendarComponents } from "#contract/calendar-accounts.ts";
import { JsonFile } from "../../files/json-file.ts";

const kindSchema = z.enum(calendarComponents).default("VEVENT");

/** What is known of one resource; nothing of what it says is kept on this machine's disk. */
const objectSchema = z.object({
  name: z.string(),
  etag: z.string(),
  kind: kindSchema,
  /** `calendarObjectKey` or `remoteTaskId`; null: it cannot be shown. */
  id: z.string().nullable(),
  rev: z.int().positive(),
  seq: z.int().positive(),
  /** When that revision was seen, ms. */
  atMs: z.number(),
});
export type StreamObject = z.infer<typeof objectSchema>;

const fileSchema = z.object({
  version: z.literal(1),
  /** Another one: cursors of before lead nowhere. */
  epoch: z.string(),
  seq: z.int().nonnegative(),
  token: z.string().nullable(),
  calendar: z.object({ rev: z.int().nonnegative(), seq: z.int().nonnegative(), says: z.string() }),
  /** What it was known to hold. */
  holds: z.array(z.enum(calendarComponents)).default(["VEVENT"]),
  /** Categories that its tasks were seen to have; their names are told with the board. */
  labels: z.array(z.string()).default([]),
  objects: z.array(objectSchema),
  /** Removals up to this one are forgotten: whoever stands before it reads everything anew. */
  floor: z.int().nonnegative(),
  gone: z.array(
    z.object({ kind: kindSchema, id: z.string(), rev: z.int().positive(), seq: z.int().positive() }),
  ),
  /** Writes that were carried out, newest last. */
  done: z.array(z.string()),
});
export type StreamContent = z.infer<typeof fileSchema>;

function emptyStream(): StreamContent {
  return {
    version: 1,
    epoch: randomUUID(),
    seq: 0,
    token: null,
    calendar: { rev: 0, seq: 0, says: "" },
    holds: ["VEVENT"],
    labels: [],
    objects: [],
    floor: 0,
    gone: [],
    done: [],
  };
}

/** Where one remote calendar stands: what pages were told, by number. */
export function createStreamFile(
  path: string,
  onDamaged: (message: string) => void,
): JsonFile<StreamContent> {
  return new JsonFile<StreamContent>({ path, schema: fileSchema, empty: emptyStream, onDamaged });
}
