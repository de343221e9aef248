import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { collections, type CollectionName } from "#contract/collections.ts";
import type { Message } from "#contract/entities/message.ts";
import { messageSchema } from "#contract/entities/message.ts";
import { personSchema } from "#contract/entities/person.ts";
import { membershipId, personIdSchema, rowIdSchema, spaceIdSchema, type PersonId } from "#contract/ids.ts";
import { AppError } from "#contract/problem.ts";
import { DIRECTORY, parseScope, scopeSchema } from "#contract/scope.ts";
import { toIsoTime } from "#contract/time.ts";
import { findSpace } from "../rules/spaces.ts";
import { openDesks } from "../seed/desks.ts";
import { createAccounts, type NewAccount } from "../seed/load-rows.ts";
import { spaceRows } from "../seed/space-rows.ts";
import type { RowWrite, Store, StoreTransaction } from "../store/store.ts";
import { ImportedOrganisations } from "./import-organisations.ts";

/** What an import may write: content and people, nobody's read markers, drafts or presence. */
const importable = [
  "person",
  "space",
  "membership",
  "channel",
  "conversation",
  "message",
  "reaction",
] as const;

/** One line of `POST /v1/admin/import`, and what the command line writes straight into a store. */
export const importLineSchema = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("row"),
    scope: scopeSchema,
    collection: z.enum(importable),
    id: rowIdSchema,
    data: z.looseObject({}),
  }),
  /** These people may read this scope. */
  z.object({
    kind: z.literal("readers"),
    /** The directory is everyone's, and a person's own area nobody else's. */
    scope: scopeSchema.refine((scope) => /^(space|conversation):/.test(scope), "a space or a conversation"),
    personIds: z.array(personIdSchema).max(100_000),
  }),
  z.object({
    kind: z.literal("account"),
    personId: personIdSchema,
    username: z.string().min(1).max(320),
    email: z.string().max(320).optional(),
    passwordHash: z.string().max(1000).optional(),
  }),
]);
export type ImportLine = z.infer<typeof importLineSchema>;

export const importAnswerSchema = z.looseObject({ lines: z.int(), changed: z.int() });
export type ImportAnswer = z.infer<typeof importAnswerSchema>;

/**
 * Parses a line and its row. A message may not lie more than a day after `nowMs`: new ones come after the newest.
 * @throws AppError badRequest naming the line.
 */
export function parseImportLine(text: string, lineNumber: number, nowMs: number): ImportLine {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new AppError("badRequest", { title: "A line is not JSON", detail: `line ${lineNumber}`, cause });
  }
  const line = importLineSchema.safeParse(value);
  if (!line.success) throw refused(lineNumber, line.error);
  if (line.data.kind !== "row") return line.data;
  const row = collections[line.data.collection].safeParse(line.data.data);
  if (!row.success) throw refused(lineNumber, row.error);
  if (row.data.id !== line.data.id) {
    throw new AppError("badRequest", {
      title: "A row's id differs from its data's",
      detail: `line ${lineNumber}`,
    });
  }
  if (line.data.collection === "message" && String(row.data["sentAt"]) > toIsoTime(nowMs + DAY_MS)) {
    throw new AppError("badRequest", {
      title: "A message lies in the future",
      detail: `line ${lineNumber}: sentAt`,
    });
  }
  return line.data;
}

const DAY_MS = 24 * 3600 * 1000;

function refused(lineNumber: number, error: z.ZodError): AppError {
  const [issue] = error.issues;
  const detail = `line ${lineNumber}: ${issue?.path.join(".") ?? ""}: ${issue?.message ?? ""}`;
  return new AppError("badRequest", { title: "A line does not fit the contract", detail, cause: error });
}

/**
 * Writes one batch, accounts first, then all rows or none. What people did here since an earlier import stays: see `settle`.
 * Returns how many rows changed: none when the same batch comes again.
 */
export async function applyImport(store: Store, lines: readonly ImportLine[]): Promise<ImportAnswer> {
  // a user name that is taken is refused here, before anything is written
  const accounts = accountsOf(lines);
  if (accounts.length > 0) await createAccounts(store, accounts);
  const changed = await store.transaction((tx) => writeLines(tx, lines));
  await closeAccounts(store, lines);
  return { lines: lines.length, changed: changed + accounts.length };
}

/** Whoever a list says is gone can no longer sign in, and what they have open ends. */
async function closeAccounts(store: Store, lines: readonly ImportLine[]): Promise<void> {
  for (const line of lines) {
    if (line.kind !== "row" || line.collection !== "person") continue;
    const { id, isDeactivated } = personSchema.parse(line.data);
    if (isDeactivated === undefined) continue;
    const account = await store.accounts.byPerson(id);
    if (account === undefined || account.isDisabled === isDeactivated) continue;
    await store.accounts.save([{ ...account, isDisabled: isDeactivated }]);
  }
}

function accountsOf(lines: readonly ImportLine[]): NewAccount[] {
  const accounts: NewAccount[] = [];
  for (const line of lines) {
    if (line.kind !== "account") continue;
    const account: NewAccount = { personId: line.personId, username: line.username };
    if (line.email !== undefined) account.email = line.email;
    if (line.passwordHash !== undefined) account.passwordHash = line.passwordHash;
    accounts.push(account);
  }
  return accounts;
}

async function writeLines(tx: StoreTransaction, lines: readonly ImportLine[]): Promise<number> {
  const rows: RowWrite[] = [];
  const organisations = await readOrganisations(tx, lines);
  for (const line of lines) {
    if (line.kind !== "row") continue;
    const data = await settle(tx, belonging(line, organisations));
    if (data === undefined) continue;
    rows.push({ scope: line.scope, collection: line.collection, id: line.id, op: "put", data });
  }
  rows.unshift(...organisations.made);
  const changed = await tx.load(rows);
  await openDesks(tx, rows);
  await countMembers(tx, rows);
  for (const line of lines) {
    if (line.kind === "readers") await tx.addReaders(line.scope, await stillMembers(tx, line));
  }
  return changed;
}

type RowLine = Extract<ImportLine, { kind: "row" }>;

function organisationNamed(line: ImportLine): string | undefined {
  if (line.kind !== "row" || line.collection !== "person" || line.scope !== DIRECTORY) return undefined;
  const { organisation } = personSchema.parse(line.data);
  return organisation === undefined || organisation.trim() === "" ? undefined : organisation;
}

async function readOrganisations(
  tx: StoreTransaction,
  lines: readonly ImportLine[],
): Promise<ImportedOrganisations> {
  const names = lines.map(organisationNamed).filter((name) => name !== undefined);
  if (names.length > 0) await tx.lock(DIRECTORY);
  return ImportedOrganisations.read(tx, new Set(names), Date.now());
}

/** Whoever a list says works somewhere belongs to that organisation. */
function belonging(line: RowLine, organisations: ImportedOrganisations): RowLine {
  const name = organisationNamed(line);
  const organisationId = name === undefined ? undefined : organisations.find(name);
  return organisationId === undefined ? line : { ...line, data: { ...line.data, organisationId } };
}

/** Spaces say how many members they have; an import counts them once it has added some. */
async function countMembers(tx: StoreTransaction, rows: readonly RowWrite[]): Promise<void> {
  const scopes = new Set(rows.filter((row) => row.collection === "membership").map((row) => row.scope));
  for (const scope of scopes) {
    const spaceId = spaceIdSchema.safeParse(parseScope(scope).id);
    const space = spaceId.success ? await findSpace(tx, spaceId.data) : undefined;
    if (space === undefined) continue;
    const memberCount = (await tx.list(scope, "membership")).length;
    await tx.load(spaceRows({ ...space, memberCount }));
  }
}

/** Those who left a space since an earlier import do not come back through the next one. */
async function stillMembers(
  tx: StoreTransaction,
  { scope, personIds }: Extract<ImportLine, { kind: "readers" }>,
): Promise<PersonId[]> {
  const { kind, id } = parseScope(scope);
  if (kind !== "space") return personIds;
  const spaceId = spaceIdSchema.parse(id);
  const kept: PersonId[] = [];
  for (const personId of personIds) {
    const membership = await tx.get(scope, "membership", membershipId(spaceId, personId));
    if (membership?.op !== "delete") kept.push(personId);
  }
  return kept;
}

/** The row to write, given what stands; undefined when what stands is to be kept. */
async function settle(tx: StoreTransaction, line: RowLine): Promise<object | undefined> {
  const standing = await tx.get(line.scope, line.collection, line.id);
  if (standing === undefined) return line.data;
  if (keepsWhatStands.has(line.collection)) return undefined;
  if (standing.op === "delete") return line.collection === "person" ? line.data : undefined;
  const settled = merge(line, standing.data);
  // compared by value: stores may give fields back in another order
  return settled === undefined || isDeepStrictEqual(settled, standing.data) ? undefined : settled;
}

function merge(line: RowLine, standing: object): object | undefined {
  // a photo, a role given here: fields that the source does not speak of
  if (line.collection === "person") return { ...standing, ...line.data };
  if (line.collection === "message") {
    return settleMessage(messageSchema.parse(standing), messageSchema.parse(line.data));
  }
  return line.data;
}

/** Renamed, left, closed: decided here after the first import. */
const keepsWhatStands: ReadonlySet<CollectionName> = new Set([
  "space",
  "channel",
  "conversation",
  "membership",
]);

function settleMessage(standing: Message, incoming: Message): Message | undefined {
  if (standing.version > incoming.version) return undefined;
  if (standing.deletedAt !== undefined && incoming.deletedAt === undefined) return undefined;
  if ((standing.replyCount ?? 0) <= (incoming.replyCount ?? 0)) return incoming;
  const { replyCount, lastReplyAt, replyPersonIds } = standing;
  return {
    ...incoming,
    ...(replyCount === undefined ? {} : { replyCount }),
    ...(lastReplyAt === undefined ? {} : { lastReplyAt }),
    ...(replyPersonIds === undefined ? {} : { replyPersonIds }),
  };
}
