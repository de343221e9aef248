import { isDeepStrictEqual } from "node:util";
import { organisationSchema, type Organisation } from "#contract/entities/organisation.ts";
import { personSchema, type Person } from "#contract/entities/person.ts";
import { spaceSchema } from "#contract/entities/space.ts";
import type { OrganisationId } from "#contract/ids.ts";
import { badRequest } from "#contract/problem.ts";
import { DIRECTORY, spaceScope } from "#contract/scope.ts";
import { isAdministrator } from "../rules/people.ts";
import { findSpace } from "../rules/spaces.ts";
import { spaceRows } from "../seed/space-rows.ts";
import type { RowWrite } from "../store/store.ts";
import {
  forbidden,
  notFound,
  requireFreshId,
  requireModestExtras,
  requireScope,
  standing,
  timeOf,
  type Handler,
  type MutationContext,
} from "./context.ts";
import { mergedSettings, settingsMoved, withSettings } from "./settings-change.ts";

async function requireAdministrator(context: MutationContext): Promise<void> {
  requireScope(context, DIRECTORY);
  if (await isAdministrator(context.tx, context.personId)) return;
  throw forbidden("Only administrators may do this.");
}

const settingsSchema = organisationSchema.omit({ id: true, createdAt: true });

export const saveOrganisation: Handler<"organisation.save"> = async (context, args) => {
  const { tx } = context;
  await requireAdministrator(context);
  const row = standing(await tx.get(DIRECTORY, "organisation", args.id));
  if (row === undefined) requireFreshId(args.id);
  const before = row === undefined ? undefined : organisationSchema.parse(row.data);
  const standingFields: Record<string, unknown> = { ...before };
  // Of a new one nothing stands yet, so nothing can have moved.
  const change = before === undefined ? { ...args, base: {} } : args;
  const settings = mergedSettings(settingsSchema, standingFields, change);
  if (settings === undefined) {
    if (row === undefined) throw notFound("There is no such organisation.");
    return { current: row, error: settingsMoved("A setting of this organisation").problem };
  }
  const identity = before ?? { id: args.id, createdAt: timeOf(context) };
  const after = organisationSchema.safeParse(withSettings(settingsSchema, identity, settings));
  if (!after.success) throw badRequest(after.error, "args.changes");
  const rows: RowWrite[] = [organisationRow(after.data)];
  if (before !== undefined && before.name !== after.data.name) {
    rows.push(...(await peopleRows(context, args.id, { organisation: after.data.name })));
  }
  return { changes: await tx.write(rows) };
};

/** Its people and spaces stay, without it. */
export const removeOrganisation: Handler<"organisation.remove"> = async (context, { id }) => {
  const { tx } = context;
  await requireAdministrator(context);
  const row = standing(await tx.get(DIRECTORY, "organisation", id));
  if (row === undefined) return { changes: [] };
  const rows: RowWrite[] = [
    { scope: DIRECTORY, collection: "organisation", id, op: "delete", data: { id } },
    ...(await peopleRows(context, id, { organisation: undefined, organisationId: undefined })),
  ];
  for (const found of await tx.list(DIRECTORY, "space")) {
    const listed = spaceSchema.parse(found.data);
    if (listed.organisationIds?.includes(id) !== true) continue;
    await tx.lock(spaceScope(listed.id));
    const space = (await findSpace(tx, listed.id)) ?? listed;
    const organisationIds = (space.organisationIds ?? []).filter((each) => each !== id);
    rows.push(...spaceRows({ ...space, organisationIds }));
  }
  return { changes: await tx.write(rows) };
};

/** To which organisation these people belong. */
export const assignPeople: Handler<"person.assign"> = async (context, { personIds, organisationId }) => {
  const { tx } = context;
  await requireAdministrator(context);
  const organisation = await findOrganisation(context, organisationId);
  const ids = [...new Set(personIds)];
  const found = await tx.find.many(
    ids.map((id) => ({ scope: DIRECTORY, collection: "person" as const, id })),
  );
  const rows = found.flatMap((row) => {
    const person = standing(row);
    if (person === undefined) return [];
    const to = { organisation: organisation?.name, organisationId: organisation?.id };
    return [personRow(belonging(personSchema.parse(person.data), to))];
  });
  if (rows.length < ids.length) throw notFound(`${ids.length - rows.length} of these people do not exist.`);
  return { changes: await tx.write(rows) };
};

async function findOrganisation(
  { tx }: MutationContext,
  id: OrganisationId | null,
): Promise<Organisation | undefined> {
  if (id === null) return undefined;
  const row = standing(await tx.get(DIRECTORY, "organisation", id));
  if (row === undefined) throw notFound("There is no such organisation.");
  return organisationSchema.parse(row.data);
}

type Belonging = Partial<Record<"organisation", string | undefined>> &
  Partial<Record<"organisationId", OrganisationId | undefined>>;

async function peopleRows(
  { tx }: MutationContext,
  organisationId: OrganisationId,
  to: Belonging,
): Promise<RowWrite[]> {
  const people = (await tx.list(DIRECTORY, "person")).map((row) => personSchema.parse(row.data));
  return people
    .filter((person) => person.organisationId === organisationId)
    .map((person) => personRow(belonging(person, to)));
}

function belonging(person: Person, to: Belonging): Person {
  const after: Person = { ...person };
  for (const [name, value] of Object.entries(to)) {
    if (value === undefined) Reflect.deleteProperty(after, name);
    else Reflect.set(after, name, value);
  }
  return after;
}

export const saveTemplate: Handler<"spaceTemplate.save"> = async (context, args) => {
  await requireAdministrator(context);
  requireModestExtras(context, args);
  const { id } = args;
  const row = standing(await context.tx.get(DIRECTORY, "spaceTemplate", id));
  if (row !== undefined && isDeepStrictEqual(row.data, args)) return { changes: [row] };
  const write: RowWrite = { scope: DIRECTORY, collection: "spaceTemplate", id, op: "put", data: args };
  return { changes: await context.tx.write([write]) };
};

export const removeTemplate: Handler<"spaceTemplate.remove"> = async (context, { id }) => {
  await requireAdministrator(context);
  const row = standing(await context.tx.get(DIRECTORY, "spaceTemplate", id));
  if (row === undefined) return { changes: [] };
  const write: RowWrite = { scope: DIRECTORY, collection: "spaceTemplate", id, op: "delete", data: { id } };
  return { changes: await context.tx.write([write]) };
};

function organisationRow(data: Organisation): RowWrite {
  return { scope: DIRECTORY, collection: "organisation", id: data.id, op: "put", data };
}

function personRow(data: Person): RowWrite {
  return { scope: DIRECTORY, collection: "person", id: data.id, op: "put", data };
}
