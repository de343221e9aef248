import type { Row } from "#contract/collections.ts";
import { membershipId, type PersonId, type SpaceId } from "#contract/ids.ts";
import { mutations, type Mutation, type MutationArgs, type MutationName } from "#contract/mutations.ts";
import type { RefusedChange } from "#contract/views/communities.ts";
import type { Pending } from "#contract/views/message-view.ts";
import { isFields, text, type Fields } from "../entry.ts";
import { isFailed } from "../message-overlay.ts";
import type { OutboxEntry } from "../outbox.ts";

export type Space = Row<"space">;
export type Membership = Row<"membership">;

function pendingOf(entry: OutboxEntry): Pending {
  return { mutationId: entry.mutation.id, status: entry.status, problem: entry.problem };
}

/** The most urgent of some writes: a refused one asks for a decision, the others only wait. */
export function mostUrgent(entries: readonly OutboxEntry[]): Pending | null {
  const entry = entries.find(isFailed) ?? entries[0];
  return entry === undefined ? null : pendingOf(entry);
}

/** Arguments of a write, when it has this name and they fit. */
export function argsOf<N extends MutationName>(mutation: Mutation, name: N): MutationArgs<N> | undefined {
  if (mutation.name !== name) return undefined;
  const parsed = mutations[name].safeParse(mutation.args);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- parsed by the schema of this very name
  return parsed.success ? (parsed.data as MutationArgs<N>) : undefined;
}

/** Lays changes of settings over a row; null takes a value away. */
export function changed<T extends object>(row: T, changes: Fields): T {
  const next: Record<string, unknown> = Object.fromEntries(Object.entries(row));
  for (const [field, value] of Object.entries(changes)) {
    if (value === null) delete next[field];
    else next[field] = value;
  }
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the form that made the changes has this row's fields
  return next as T;
}

/** Writes that make or change this space, or the reader's belonging to it. */
export function writesOf(entries: readonly OutboxEntry[], spaceId: SpaceId): OutboxEntry[] {
  return entries.filter(({ mutation: { name, args } }) => {
    if (name === "space.create") return text(args, "id") === spaceId;
    const isOfSpace =
      name.startsWith("space.") || name === "joinRequest.make" || name === "joinRequest.withdraw";
    return isOfSpace && text(args, "spaceId") === spaceId;
  });
}

/** A space that the server does not know yet. */
export function madeSpace(entry: OutboxEntry, me: PersonId | null): Space | undefined {
  const args = argsOf(entry.mutation, "space.create");
  if (args === undefined) return undefined;
  const { templateId: _template, ...space } = args;
  return { ...space, createdAt: entry.mutation.madeAt, ...(me === null ? {} : { createdBy: me }) };
}

export function overlaidSpace(space: Space, writes: readonly OutboxEntry[]): Space {
  let next = space;
  for (const entry of writes) {
    if (isFailed(entry)) continue;
    const { mutation } = entry;
    const update = argsOf(mutation, "space.update");
    if (update !== undefined) next = changed(next, update.changes);
    const archive = argsOf(mutation, "space.archive");
    if (archive !== undefined) {
      const { deleteAt } = archive;
      next = { ...next, archivedAt: mutation.madeAt, ...(deleteAt === undefined ? {} : { deleteAt }) };
    }
    if (mutation.name === "space.restore") next = changed(next, { archivedAt: null, deleteAt: null });
  }
  return next;
}

/** Refused changes of settings, oldest first. */
export function refusedChanges(
  entries: readonly OutboxEntry[],
  name: MutationName,
  id: string,
): RefusedChange[] {
  const field = name === "space.update" ? "spaceId" : "id";
  return entries.flatMap((entry): RefusedChange[] => {
    const { mutation, status, problem, current } = entry;
    const { base, changes } = mutation.args;
    const isOurs = mutation.name === name && text(mutation.args, field) === id;
    if (!isOurs || !isFields(base) || !isFields(changes)) return [];
    if (status !== "conflict" && status !== "rejected") return [];
    const { id: mutationId, madeAt } = mutation;
    return [{ mutationId, status, problem, madeAt, base, changes, current: current?.data ?? null }];
  });
}

/** Who belongs to a space once the waiting writes are carried out, by person. */
export interface OverlaidMember {
  membership: Membership;
  pending: Pending | null;
}

export function overlaidMembers(
  rows: readonly Membership[],
  entries: readonly OutboxEntry[],
  { spaceId, me }: { spaceId: SpaceId; me: PersonId | null },
): Map<PersonId, OverlaidMember> {
  const members = new Map<PersonId, OverlaidMember>();
  for (const membership of rows) members.set(membership.personId, { membership, pending: null });
  for (const entry of entries) {
    const ofSpace = text(entry.mutation.args, entry.mutation.name === "space.create" ? "id" : "spaceId");
    if (ofSpace === spaceId) applyMembers(members, entry, { spaceId, me });
  }
  return members;
}

function applyMembers(
  members: Map<PersonId, OverlaidMember>,
  entry: OutboxEntry,
  { spaceId, me }: { spaceId: SpaceId; me: PersonId | null },
): void {
  const { mutation } = entry;
  const put = (personId: PersonId | null, role: Membership["role"], isKept = false) => {
    if (personId === null) return;
    const before = members.get(personId);
    const pending = before?.pending ?? pendingOf(entry);
    if (isFailed(entry)) {
      if (before !== undefined) members.set(personId, { ...before, pending });
      return;
    }
    const base = before?.membership ?? {
      id: membershipId(spaceId, personId),
      spaceId,
      personId,
      role,
      joinedAt: mutation.madeAt,
    };
    members.set(personId, { membership: isKept ? base : { ...base, role }, pending });
  };
  const drop = (personId: PersonId | null) => {
    if (personId !== null && !isFailed(entry)) members.delete(personId);
  };
  if (mutation.name === "space.create") put(me, "animator");
  if (mutation.name === "space.join") put(me, "member", true);
  if (mutation.name === "space.leave") drop(me);
  const set = argsOf(mutation, "membership.set");
  if (set !== undefined) {
    put(set.personId, set.role);
    const shown = members.get(set.personId);
    // What is not named is no end.
    if (shown !== undefined && !isFailed(entry)) {
      const { expiresAt: _former, ...membership } = shown.membership;
      const end = set.expiresAt === undefined ? {} : { expiresAt: set.expiresAt };
      members.set(set.personId, { ...shown, membership: { ...membership, ...end } });
    }
  }
  for (const id of argsOf(mutation, "membership.addMany")?.personIds ?? []) put(id, "member", true);
  const removed = argsOf(mutation, "membership.remove");
  if (removed !== undefined) drop(removed.personId);
  const transfer = argsOf(mutation, "space.transfer");
  if (transfer !== undefined) {
    put(transfer.personId, "animator");
    put(me, "member");
  }
}

/** A row with a decision: the latest waiting decision, said so. */
export function overlaidDecision<T extends { state: string }>(
  row: T,
  entries: readonly OutboxEntry[],
  me: PersonId | null,
): { row: T; pending: Pending | null } {
  const failed = entries.find(isFailed);
  const last = entries.findLast((entry) => !isFailed(entry));
  const pending = failed === undefined ? (last === undefined ? null : pendingOf(last)) : pendingOf(failed);
  if (last === undefined) return { row, pending };
  const { args, madeAt, name } = last.mutation;
  const state = name.endsWith(".withdraw") ? "withdrawn" : text(args, "decision");
  const reason = text(args, "reason");
  const decided = name.endsWith(".withdraw") || me === null ? {} : { decidedBy: me };
  return {
    row: { ...row, state, decidedAt: madeAt, ...decided, ...(reason === "" ? {} : { reason }) },
    pending,
  };
}

const FAR_MS = 99_999_999_999_999;

/** A time as text that sorts the newest first. */
export function newestFirst(at: string): string {
  return String(FAR_MS - Date.parse(at)).padStart(14, "0");
}
