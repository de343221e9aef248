import { z } from "zod";
import { personIdSchema } from "#contract/ids.ts";
import { serverEvents } from "#contract/events.ts";
import { scopeSchema } from "#contract/scope.ts";

/** What a commit tells the other processes: where to look, not what is there (a notification holds 8,000 bytes). */
const noteSchema = z.discriminatedUnion("t", [
  z.object({ t: z.literal("c"), scope: scopeSchema, from: z.int(), to: z.int() }),
  z.object({ t: z.literal("a"), scope: scopeSchema, person: personIdSchema, head: z.int() }),
  z.object({ t: z.literal("r"), scope: scopeSchema, person: personIdSchema }),
  z.object({ t: z.literal("s"), session: z.string() }),
  z.object({ t: z.literal("d"), at: z.int() }),
  /** Kept nowhere: the note carries all there is. */
  z.object({ t: z.literal("t"), data: serverEvents.typing }),
]);
export type Note = z.infer<typeof noteSchema>;

export const CHANNEL = "parvis";
const PAYLOAD_BYTES = 7000;

export function parseNotes(payload: string): Note[] {
  return z.array(noteSchema).parse(JSON.parse(payload));
}

/** As few notifications as they fit in. */
export function writeNotes(notes: readonly Note[]): string[] {
  const payloads: string[] = [];
  let current: string[] = [];
  let size = 0;
  for (const note of notes) {
    const text = JSON.stringify(note);
    if (size + text.length > PAYLOAD_BYTES && current.length > 0) {
      payloads.push(`[${current.join(",")}]`);
      current = [];
      size = 0;
    }
    current.push(text);
    size += text.length + 1;
  }
  if (current.length > 0) payloads.push(`[${current.join(",")}]`);
  return payloads;
}
