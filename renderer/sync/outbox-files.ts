import { blobIdSchema, type BlobId, type MutationId } from "#contract/ids.ts";
import { AppError, type Problem } from "#contract/problem.ts";
import { conversationScope, spaceScope, type Scope } from "#contract/scope.ts";
import { mutations } from "#contract/mutations.ts";
import { isFields, text } from "#renderer/db/entry.ts";
import { isFailed } from "#renderer/db/message-overlay.ts";
import { isMaking, itemsNeeded } from "#renderer/db/outbox-rules.ts";
import { isLibraryWrite, type Outbox, type OutboxEntry } from "#renderer/db/outbox.ts";
import { UPLOAD_STREAM, type UploadStates } from "#renderer/db/upload-states.ts";
import type { Engine } from "./engine.ts";
import { retry } from "./mutate.ts";

/** Writes that name files: they wait until the server has these, and fail with them. */
export class OutboxFiles {
  readonly #outbox: Outbox;
  readonly #states: UploadStates;

  constructor(outbox: Outbox, states: UploadStates) {
    this.#outbox = outbox;
    this.#states = states;
  }

  isHeld(entry: OutboxEntry): boolean {
    const { name, scope } = entry.mutation;
    // In other lanes what makes the scope comes first by itself.
    if (isLibraryWrite(name) && this.isAwaited(scope)) return true;
    const unfinished = this.#states.unfinished();
    return unfinished.size > 0 && namesOneOf(entry.mutation.args, unfinished);
  }

  /** Whether a write that makes the scope, or lets the reader in, waits here. */
  isAwaited(scope: Scope): boolean {
    return this.#outbox.entries().some((entry) => !isFailed(entry) && scopeMade(entry) === scope);
  }

  /** A write may name a file that was refused before it was made. */
  async refuseHopeless(): Promise<void> {
    for (const { blobId, problem, state } of this.#states.all())
      if (state === "failed" && problem !== null) await this.refuse(blobId, problem);
  }

  /** Files on their way to a scope which no write names: once it is lost nobody would ever see them again. */
  unnamed(scope: Scope): BlobId[] {
    const files = this.#states.all(scope).filter(({ state }) => state !== "done");
    return files
      .map(({ blobId }) => blobIdSchema.parse(blobId))
      .filter((blobId) => !isNamed(this.#outbox, blobId));
  }

  async refuse(blobId: string, problem: Problem): Promise<void> {
    const ids = new Set([blobId]);
    for (const entry of this.#outbox.entries()) {
      const { mutation } = entry;
      if (isFailed(entry) || !namesOneOf(mutation.args, ids)) continue;
      await this.#outbox.change(mutation.id, (present) =>
        isFailed(present) ? undefined : { ...present, status: "rejected", problem },
      );
    }
  }
}

function scopeMade({ mutation }: OutboxEntry): Scope | undefined {
  const { name, args } = mutation;
  switch (name) {
    case "conversation.open": {
      const parsed = mutations[name].safeParse(args);
      return parsed.success ? conversationScope(parsed.data.id) : undefined;
    }
    case "space.create": {
      const parsed = mutations[name].safeParse(args);
      return parsed.success ? spaceScope(parsed.data.id) : undefined;
    }
    case "space.join": {
      const parsed = mutations[name].safeParse(args);
      return parsed.success ? spaceScope(parsed.data.spaceId) : undefined;
    }
    default:
      return undefined;
  }
}

/** Gives up what is not there yet of files that were added together, and the writes that name them. */
export async function cancelBatch(engine: Engine, batchId: string): Promise<void> {
  const { cache, network, uploads } = engine;
  const ids = new Set(uploads.ofBatch(batchId));
  const writes = cache.outbox.entries().filter((entry) => namesOneOf(entry.mutation.args, ids));
  for (const { mutation } of writes) await discardUnsent(engine, mutation.id);
  for (const id of ids) await network.uploads.cancel(blobIdSchema.parse(id));
  uploads.endBatch(batchId);
  cache.emit(new Map([[UPLOAD_STREAM, new Set(ids)]]));
}

/** One that is being sent, or is settled already, stays: its file is there. */
async function discardUnsent({ cache }: Engine, mutationId: MutationId): Promise<void> {
  try {
    await cache.outbox.discard(mutationId);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
  }
}

/** Tries again what failed of them. */
export async function retryBatch(engine: Engine, batchId: string): Promise<void> {
  for (const id of engine.uploads.ofBatch(batchId))
    if (engine.uploads.get(id)?.state === "failed") await retryFile(engine, blobIdSchema.parse(id));
}

/** Whether one of these ids stands anywhere in the arguments: attachments, thumbnails, covers, photographs. */
function namesOneOf(value: unknown, ids: ReadonlySet<string>): boolean {
  if (typeof value === "string") return ids.has(value);
  if (Array.isArray(value)) return value.some((each) => namesOneOf(each, ids));
  return isFields(value) && Object.values(value).some((each) => namesOneOf(each, ids));
}

function isNamed(outbox: Outbox, blobId: BlobId): boolean {
  const ids = new Set([blobId]);
  return outbox.entries().some((entry) => namesOneOf(entry.mutation.args, ids));
}

function idsIn(value: unknown, states: UploadStates): BlobId[] {
  if (typeof value === "string") {
    const id = blobIdSchema.safeParse(value);
    return id.success && states.get(id.data) !== undefined ? [id.data] : [];
  }
  if (Array.isArray(value)) return value.flatMap((each) => idsIn(each, states));
  return isFields(value) ? Object.values(value).flatMap((each) => idsIn(each, states)) : [];
}

/** A write that is tried again has its files tried again. */
export async function retryWithFiles(
  engine: Engine,
  mutationId: MutationId,
  changes?: Readonly<Record<string, unknown>>,
): Promise<void> {
  const { cache, clock, network, uploads } = engine;
  const args = cache.outbox.find(mutationId)?.mutation.args;
  for (const blobId of idsIn(args, uploads)) await network.uploads.retry(blobId);
  await retry({ cache, clock }, mutationId, changes);
}

/** A file that is tried again takes the writes with it that failed for want of it. */
export async function retryFile(engine: Engine, blobId: BlobId): Promise<void> {
  const { cache, clock, network } = engine;
  await network.uploads.retry(blobId);
  const ids = new Set([blobId]);
  for (const entry of cache.outbox.entries()) {
    if (isFailed(entry) && namesOneOf(entry.mutation.args, ids))
      await retry({ cache, clock }, entry.mutation.id);
  }
}

/** What is never sent needs no files, unless another write names them. */
export async function discardWithFiles(engine: Engine, mutationId: MutationId): Promise<void> {
  const { cache, network, uploads } = engine;
  const found = cache.outbox.find(mutationId);
  const without = found === undefined ? [] : dependents(cache.outbox, found);
  await cache.outbox.discard(
    mutationId,
    without.map(({ mutation }) => mutation.id),
  );
  const args = [found, ...without].map((entry) => entry?.mutation.args);
  for (const blobId of new Set(idsIn(args, uploads))) {
    if (!isNamed(cache.outbox, blobId) && uploads.get(blobId)?.state !== "done")
      await network.uploads.cancel(blobId);
  }
}

/** Writes about what will then never be made: what was put into a folder, and what was done with it. */
function dependents(outbox: Outbox, { mutation, order }: OutboxEntry): OutboxEntry[] {
  if (!isMaking(mutation)) return [];
  const gone = new Set([text(mutation.args, "id")]);
  return outbox.entries().filter((entry) => {
    const later = entry.mutation;
    if (entry.order <= order || later.scope !== mutation.scope || !isLibraryWrite(later.name)) return false;
    if (!itemsNeeded(later).some((id) => gone.has(id))) return false;
    if (isMaking(later)) gone.add(text(later.args, "id"));
    return true;
  });
}
