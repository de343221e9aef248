import { calendarObjectSchema } from "#contract/entities/calendar.ts";
import { readObjectResource } from "#contract/icalendar/object-resource.ts";
import { calendarObjectKey } from "#contract/ids.ts";
import type { MutationArgs } from "#contract/mutations.ts";
import { AppError } from "#contract/problem.ts";
import type { StreamObject } from "./stream-file.ts";
import {
  gone,
  isOvertaken,
  nameOf,
  putObject,
  removeObject,
  type StreamDesk,
  type WriteOutcome,
} from "./stream-desk.ts";

/** Writes of events: whole texts, each of a revision that was seen. */

export async function putEvent(
  desk: StreamDesk,
  args: MutationArgs<"calendarObject.put">,
): Promise<WriteOutcome> {
  const { state } = desk;
  const reading = readObjectResource(args.data);
  if (!reading.ok)
    throw new AppError("badRequest", {
      title: "This event cannot be read",
      detail: reading.message,
      pointer: "args.data",
    });
  const { uid } = reading.facts;
  if (args.id !== calendarObjectKey(state.place().scope, uid))
    throw new AppError("badRequest", { title: "The id is not that of this event", pointer: "args.id" });
  const former = state.find(args.id);
  if (former === undefined && args.baseRevision !== undefined) throw gone();
  if (former !== undefined && former.rev !== args.baseRevision) return conflict(desk, former, args.data);
  const name = former?.name ?? nameOf(uid);
  try {
    const entry = await putObject(desk, { name, data: args.data, etag: former?.etag ?? null });
    return { status: "applied", changes: state.rowOf(entry) };
  } catch (error) {
    if (!isOvertaken(error)) throw error;
    await desk.compare();
    const current = state.find(args.id);
    if (current === undefined) throw gone();
    return conflict(desk, current, args.data);
  }
}

export async function removeEvent(
  desk: StreamDesk,
  args: MutationArgs<"calendarObject.remove">,
): Promise<WriteOutcome> {
  const former = desk.state.find(args.id);
  if (former === undefined) return { status: "applied", changes: [] };
  if (former.rev !== args.baseRevision) return conflict(desk, former, "");
  try {
    return await removeObject(desk, former);
  } catch (error) {
    if (!isOvertaken(error)) throw error;
    await desk.compare();
    const current = desk.state.find(args.id);
    return current === undefined ? { status: "applied", changes: [] } : conflict(desk, current, "");
  }
}

/** What stands says the same: it was this write, whose answer was lost. */
async function conflict(desk: StreamDesk, current: StreamObject, data: string): Promise<WriteOutcome> {
  const [envelope] = await desk.envelopesOf([current]);
  if (envelope === undefined) throw gone();
  const { data: standing } = calendarObjectSchema.parse(envelope.data);
  return saysTheSame(standing, data)
    ? { status: "applied", changes: [envelope] }
    : { status: "conflict", current: envelope };
}

/** Line for line, whatever the order, the folds and who wrote it: servers write objects in their own way. */
function saysTheSame(one: string, other: string): boolean {
  return linesOf(one) === linesOf(other);
}

function linesOf(text: string): string {
  const lines = text.replaceAll(/\r?\n[ \t]/g, "").split(/\r?\n/);
  return lines
    .filter((line) => line !== "" && !/^PRODID[;:]/i.test(line))
    .toSorted()
    .join("\n");
}
