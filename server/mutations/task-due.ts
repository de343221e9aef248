import { organisationSchema } from "#contract/entities/organisation.ts";
import { personSchema, type Person } from "#contract/entities/person.ts";
import { taskSchema, type Task } from "#contract/entities/task.ts";
import { ianaZone, utcMsOf, utcZone, wallMsAt } from "#contract/icalendar/zones.ts";
import { personIdSchema, type PersonId } from "#contract/ids.ts";
import { DIRECTORY, parseScope, type Scope } from "#contract/scope.ts";
import { isoTimeSchema } from "#contract/time.ts";
import type { WorkingHours } from "#contract/working-hours.ts";
import type { DueHandler } from "../due/due-context.ts";
import { findBoard } from "../rules/tasks.ts";
import type { RowKey, StoreTransaction } from "../store/store.ts";
import { standing, type MutationContext } from "./context.ts";
import { inboxRows } from "./inbox-rows.ts";

/** When a day begins for those who say nothing of their working hours. */
const MORNING: WorkingHours = { timeZone: "UTC", days: [], from: "07:00", to: "17:00" };
const MINUTE_MS = 60_000;

/**
 * The mornings of the day on which tasks are due: whoever has one is told then, once each, at the hour at which they
 * begin to work. One mark a task stands for the next of these mornings. Changed later on that day, nobody is told again.
 */
export async function markDue(context: MutationContext, task: Task): Promise<void> {
  const { tx, scope, nowMs } = context;
  const next = await nextMorning(tx, { scope, task, afterMs: nowMs });
  await tx.setDue(keyOf(scope, task), next);
}

function keyOf(scope: Scope, { id }: Task): RowKey {
  return { scope, collection: "task", id };
}

/** A task's day has come for one of those who have it. */
export const tellDue: DueHandler = async ({ tx, nowMs, key, row, dueAtMs }) => {
  const read = standing(row);
  if (read === undefined) return;
  const task = taskSchema.parse(read.data);
  const { scope } = key;
  const mornings = await morningsOf(tx, scope, task);
  const wanted = mornings.filter(({ atMs }) => atMs >= dueAtMs && atMs <= nowMs);
  const board = await findBoard({ tx, scope }, task.boardId);
  if (isOpen(task) && board !== undefined && board.archivedAt === undefined && wanted.length > 0) {
    const object = { kind: "row", scope, collection: "task", id: task.id } as const;
    const told = wanted.map(({ personId }) => personId);
    await tx.write(
      await inboxRows({ tx, nowMs }, told, { kind: "taskDue", object, scope, excerpt: task.title }),
    );
  }
  await tx.setDue(key, await nextMorning(tx, { scope, task, afterMs: nowMs }));
};

function isOpen({ done, archivedAt, isTemplate }: Task): boolean {
  return done === undefined && archivedAt === undefined && isTemplate !== true;
}

/** Null: none is to come. */
async function nextMorning(
  tx: StoreTransaction,
  { scope, task, afterMs }: { scope: Scope; task: Task; afterMs: number },
): Promise<number | null> {
  const times = (await morningsOf(tx, scope, task)).flatMap(({ atMs }) => (atMs > afterMs ? [atMs] : []));
  return times.length === 0 ? null : Math.min(...times);
}

interface Morning {
  personId: PersonId;
  atMs: number;
}

/** Of each who has it and still reads the place; of one's own board, whom it belongs to. */
async function morningsOf(tx: StoreTransaction, scope: Scope, task: Task): Promise<Morning[]> {
  const { dueAt, assigneeIds = [] } = task;
  if (dueAt === undefined || task.isTemplate === true) return [];
  const { kind, id } = parseScope(scope);
  const people = kind === "person" ? [personIdSchema.parse(id)] : assigneeIds;
  const mornings: Morning[] = [];
  for (const personId of people)
    if (await tx.canRead(personId, scope))
      mornings.push({ personId, atMs: morningOf(dueAt, await hoursOf(tx, personId)) });
  return mornings;
}

export async function hoursOf(tx: StoreTransaction, personId: PersonId): Promise<WorkingHours> {
  const row = standing(await tx.get(DIRECTORY, "person", personId));
  return (row === undefined ? undefined : await knownHoursOf(tx, personSchema.parse(row.data))) ?? MORNING;
}

/** Their own, else those of their organisation. */
export async function knownHoursOf(
  store: Pick<StoreTransaction, "get">,
  { workingHours, organisationId }: Pick<Person, "workingHours" | "organisationId">,
): Promise<WorkingHours | undefined> {
  if (workingHours !== undefined || organisationId === undefined) return workingHours;
  const organisation = standing(await store.get(DIRECTORY, "organisation", organisationId));
  return organisation === undefined ? undefined : organisationSchema.parse(organisation.data).workingHours;
}

/** The hour at which work begins on the day on which it is due there; for what is due before that hour, a minute before it is. */
function morningOf(dueAt: string, { timeZone, from }: WorkingHours): number {
  const zone = ianaZone(timeZone) ?? utcZone;
  const time = isoTimeSchema.safeParse(dueAt);
  const day = time.success ? new Date(wallMsAt(zone, Date.parse(dueAt))).toISOString().slice(0, 10) : dueAt;
  const morningMs = utcMsOf(zone, Date.parse(`${day}T${from}:00Z`));
  return time.success ? Math.min(morningMs, Date.parse(dueAt) - MINUTE_MS) : morningMs;
}
