import { createId, mutationIdSchema, type MutationId } from "#contract/ids.ts";
import { isMutationName, mutations, type Mutation, type MutationName } from "#contract/mutations.ts";
import { AppError, badRequest } from "#contract/problem.ts";
import { scopeSchema, type Scope } from "#contract/scope.ts";
import { toIsoTime } from "#contract/time.ts";
import { conversationIdSchema } from "#contract/ids.ts";
import { Briefs } from "#renderer/db/briefs.ts";
import type { Cache } from "#renderer/db/cache.ts";
import type { Clock } from "#renderer/db/clock.ts";
import { isFields, text } from "#renderer/db/entry.ts";
import { isFailed } from "#renderer/db/message-overlay.ts";
import { smallStream } from "#renderer/db/streams.ts";
import { DIRECTORY } from "#contract/scope.ts";
import type { OutboxEntry } from "#renderer/db/outbox.ts";

export interface MutateOptions {
  cache: Cache;
  clock: Clock;
}

/** Puts a write in the outbox. @throws AppError badRequest when it does not fit the contract, storageFull. */
export async function mutate(
  { cache, clock }: MutateOptions,
  wanted: { name: string; scope: Scope; args: Record<string, unknown> },
): Promise<MutationId> {
  const { name, scope, args } = wanted;
  if (!isMutationName(name))
    throw new AppError("badRequest", { title: `There is no mutation named ${name}` });
  const parsed = mutations[name].safeParse(args);
  if (!parsed.success) throw badRequest(parsed.error, "args");
  const mutation: Mutation = { id: newId(), name, scope, args: parsed.data, madeAt: toIsoTime(clock.now()) };
  const entry = await cache.outbox.add(mutation, await placeName(cache, mutation));
  return entry.mutation.id;
}

/**
 * Sends a refused write again, as a new mutation: the old id would get the same answer for ever. An edit is made anew
 * from the text that stood in its way.
 */
export async function retry(
  { cache, clock }: MutateOptions,
  mutationId: MutationId,
  changes: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  if (cache.outbox.find(mutationId) === undefined)
    throw new AppError("notFound", { title: "This write is settled already" });
  await cache.outbox.change(mutationId, (refused) => {
    if (!isFailed(refused)) return undefined;
    const mutation: Mutation = {
      ...refused.mutation,
      id: newId(),
      args: changedArgs(refused, changes),
      madeAt: toIsoTime(clock.now()),
    };
    return { ...refused, mutation, status: "waiting", problem: null, current: null, attempts: 0 };
  });
}

/** @throws AppError badRequest when they do not fit the contract */
function changedArgs(
  refused: OutboxEntry,
  changes: Readonly<Record<string, unknown>>,
): OutboxEntry["mutation"]["args"] {
  const args = { ...rebased(refused), ...changes };
  const { name } = refused.mutation;
  if (Object.keys(changes).length === 0 || !isMutationName(name)) return args;
  const parsed = mutations[name].safeParse(args);
  if (!parsed.success) throw badRequest(parsed.error, "changes");
  return parsed.data;
}

/** Made anew from what stands on the server: an edit from the text there, settings from the values there. */
function rebased({ mutation, current }: OutboxEntry): Mutation["args"] {
  const { changes } = mutation.args;
  if (current !== null && isFields(changes)) {
    const base = Object.keys(changes).map((field) => [field, current.data[field] ?? null] as const);
    return { ...mutation.args, base: Object.fromEntries(base) };
  }
  const version = current?.data["version"];
  const isOfVersion = versioned.has(mutation.name);
  if (!isOfVersion || typeof version !== "number") return mutation.args;
  return { ...mutation.args, baseVersion: version };
}

const versioned: ReadonlySet<string> = new Set<MutationName>([
  "message.edit",
  "article.save",
  "file.write",
  "file.restoreVersion",
]);

function newId(): MutationId {
  return mutationIdSchema.parse(createId());
}

/** What the person calls the place that a write goes to. */
async function placeName(cache: Cache, { name, args }: Mutation): Promise<string> {
  const own = text(args, "name");
  if (own !== "") return own;
  const reader = cache.createReader();
  const id = conversationIdSchema.safeParse(
    text(args, name === "conversation.open" ? "id" : "conversationId"),
  );
  const place = id.success ? await cache.places.find(reader, id.data) : undefined;
  if (place === undefined) return await spaceName(cache, text(args, "spaceId"));
  if (place.name !== "") return place.name;
  const me = cache.me();
  const others = await new Briefs(reader).all(place.memberIds.filter((each) => each !== me).slice(0, 8));
  return others.map((person) => person.displayName).join(", ");
}

async function spaceName(cache: Cache, spaceId: string): Promise<string> {
  if (spaceId === "") return "";
  const own = scopeSchema.safeParse(`space:${spaceId}`);
  const entry =
    (await cache.store.get(smallStream(DIRECTORY, "space"), spaceId)) ??
    (own.success ? await cache.store.get(smallStream(own.data, "space"), spaceId) : undefined);
  return entry === undefined ? "" : text(entry.data, "name");
}
