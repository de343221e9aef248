import { remoteTaskId, remoteTaskUid } from "#contract/ids.ts";
import type { MutationArgs } from "#contract/mutations.ts";
import {
  gone,
  isOvertaken,
  nameOf,
  putObject,
  removeObject,
  written,
  type StreamDesk,
  type WriteOutcome,
} from "./stream-desk.ts";
import type { StreamObject } from "./stream-file.ts";
import { newTask, type NewToDo, type TaskEdit } from "./task-edit.ts";
import { standingToDo, type StandingToDo, type TaskPlace } from "./task-row.ts";

/** Writes of tasks: each an edit of what stands on the server at that moment. */

/** Against somebody who writes all the time. */
const MOST_ATTEMPTS = 3;

export async function createTask(desk: StreamDesk, args: MutationArgs<"task.create">): Promise<WriteOutcome> {
  const { state, nowMs } = desk;
  const before = state.seq;
  const place = state.place();
  await putNew(desk, newTask(args, place, nowMs));
  return applied(desk, before, remoteTaskId(place.scope, remoteTaskUid(place.scope, args.id)));
}

/** Made again when somebody else was faster: what they changed of other fields stays. */
export async function editTask(
  desk: StreamDesk,
  id: string,
  edit: (standing: StandingToDo, place: TaskPlace) => TaskEdit,
): Promise<WriteOutcome> {
  const { state } = desk;
  const before = state.seq;
  for (let attempt = 1; ; attempt += 1) {
    // oxlint-disable-next-line no-await-in-loop -- each attempt begins with what stands by then
    const [entry, text] = await standingText(desk, id);
    const standing = standingToDo(text);
    if (standing === undefined) throw gone();
    const edited = edit(standing, state.place());
    state.texts.set(entry.name, text);
    if (edited === undefined) {
      const [current] = state.rowOf(entry);
      if (current === undefined) throw gone();
      return { status: "conflict", current };
    }
    try {
      // oxlint-disable-next-line no-await-in-loop -- what follows is there before what it follows is done
      for (const added of edited.added) await putNew(desk, added);
      const { name, etag } = entry;
      // oxlint-disable-next-line no-await-in-loop -- the last of the loop
      if (edited.data !== text) await putObject(desk, { name, etag, data: edited.data });
      // oxlint-disable-next-line no-await-in-loop -- as above
      return await applied(desk, before, id);
    } catch (error) {
      if (!isOvertaken(error) || attempt === MOST_ATTEMPTS) throw error;
    }
  }
}

export async function removeTask(desk: StreamDesk, id: string): Promise<WriteOutcome> {
  const former = desk.state.find(id);
  if (former === undefined) return { status: "applied", changes: [] };
  try {
    return await removeObject(desk, former);
  } catch (error) {
    if (!isOvertaken(error)) throw error;
    await desk.compare();
    const current = desk.state.find(id);
    const [envelope] = current === undefined ? [] : await desk.envelopesOf([current]);
    return envelope === undefined
      ? { status: "applied", changes: [] }
      : { status: "conflict", current: envelope };
  }
}

/** With this one among what is told, also where nothing had to be written. */
async function applied(desk: StreamDesk, before: number, id: string): Promise<WriteOutcome> {
  const standing = desk.state.find(id);
  if (standing === undefined) throw gone();
  const told = await desk.after(before);
  const isTold = told.some((envelope) => envelope.id === id);
  const changes = isTold ? told : [...told, ...(await desk.envelopesOf([standing]))];
  return { status: "applied", changes };
}

/** One that is there already was made by this very write, whose answer was lost: it stays as it is. */
async function putNew(desk: StreamDesk, { uid, data }: NewToDo): Promise<void> {
  const name = nameOf(uid);
  try {
    await putObject(desk, { name, data, etag: null });
  } catch (error) {
    if (!isOvertaken(error)) throw error;
    await written(desk, name, undefined);
  }
}

/** What is new in it pages are told. @throws AppError notFound: it went */
async function standingText(desk: StreamDesk, id: string): Promise<readonly [StreamObject, string]> {
  const { state, remote, signal } = desk;
  const former = state.find(id);
  const [read] = former === undefined ? [] : await remote.read([former.name], signal);
  if (former === undefined || read === undefined) {
    await desk.compare();
    throw gone();
  }
  if (read.etag === former.etag) return [former, read.data];
  const before = state.seq;
  const entry = state.take(read);
  await desk.tell(before);
  if (entry.id !== id) throw gone();
  return [entry, read.data];
}
