import type { Envelope } from "#contract/envelope.ts";
import { naturalId } from "#contract/ids.ts";
import { AppError } from "#contract/problem.ts";
import { DriveError } from "../../drives/drive-error.ts";
import type { RemoteCalendar, RemoteObject } from "./remote-calendar.ts";
import type { StreamObject } from "./stream-file.ts";
import type { StreamState } from "./stream-state.ts";

/** What became of a write: the row that stands now. */
export type WriteOutcome =
  | { status: "applied"; changes: Envelope[] }
  | { status: "conflict"; current: Envelope };

/** What writes need of the stream of their collection. */
export interface StreamDesk {
  readonly state: StreamState;
  readonly remote: RemoteCalendar;
  readonly nowMs: number;
  readonly signal: AbortSignal;
  compare(): Promise<void>;
  /** Rows that came after this number. */
  after(seq: number): Promise<Envelope[]>;
  envelopesOf(objects: readonly StreamObject[]): Promise<Envelope[]>;
  /** Pages hear of what came after this number. */
  tell(seq: number): Promise<void>;
}

/** A server that says no version of what it took may have written something else: it is read back. */
export async function written(
  { state, remote, signal }: StreamDesk,
  name: string,
  object: RemoteObject | undefined,
): Promise<StreamObject> {
  const [standing] = object === undefined ? await remote.read([name], signal) : [object];
  if (standing === undefined) throw gone();
  return state.take(standing);
}

/** @param etag of what it replaces; null: there is none of that name */
export async function putObject(
  desk: StreamDesk,
  { name, data, etag }: { name: string; data: string; etag: string | null },
): Promise<StreamObject> {
  const fresh = await desk.remote.put(name, data, etag, desk.signal);
  return await written(desk, name, fresh === null ? undefined : { name, etag: fresh, data });
}

/** @throws DriveError changed: somebody else was faster */
export async function removeObject(
  { state, remote, signal }: StreamDesk,
  object: StreamObject,
): Promise<WriteOutcome> {
  await remote.remove(object.name, object.etag, signal);
  const removed = state.forget(object);
  return { status: "applied", changes: removed === undefined ? [] : [state.deletion(removed)] };
}

/** Somebody else was faster, or there is one of that name. */
export function isOvertaken(error: unknown): boolean {
  return error instanceof DriveError && (error.fault === "changed" || error.fault === "exists");
}

export function nameOf(uid: string): string {
  // What a server, a proxy or a disk would take amiss in a name is left to a hash.
  return /^[\w.@-]{1,120}$/.test(uid) && !uid.startsWith(".")
    ? `${uid}.ics`
    : `${naturalId("remoteName", uid)}.ics`;
}

export function gone(): AppError {
  return new AppError("notFound", { title: "This is no longer here" });
}
