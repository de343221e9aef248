import { placeSettingSchema, preferencesSchema, sectionSchema } from "#contract/entities/preferences.ts";
import type { RowWrite } from "../store/store.ts";
import { forbidden, requireFreshId, requireOwnScope, standing, type Handler } from "./context.ts";

const preferenceFields = [
  "feedOrder",
  "doNotDisturbUntil",
  "isQuietOutsideHours",
  "notices",
  "hidesReceipts",
] as const;
const placeFields = ["isFavourite", "isMuted", "mutedUntil", "notify", "sectionId"] as const;

export const setPreferences: Handler<"preferences.set"> = async (context, args) => {
  const scope = requireOwnScope(context);
  const id = context.personId;
  const before = standing(await context.tx.get(scope, "preferences", id));
  const data = preferencesSchema.parse(withChanges(before?.data ?? { id }, args, preferenceFields));
  return { changes: await context.tx.write([{ scope, collection: "preferences", id, op: "put", data }]) };
};

/** A place of which nothing is chosen any more has no row. */
export const setPlaceSetting: Handler<"placeSetting.set"> = async (context, args) => {
  const scope = requireOwnScope(context);
  const { id } = args;
  const before = standing(await context.tx.get(scope, "placeSetting", id));
  const data = placeSettingSchema.parse(withChanges(before?.data ?? { id }, args, placeFields));
  const isEmpty = Object.keys(data).length === 1;
  if (isEmpty && before === undefined) return { changes: [] };
  const row: RowWrite = { scope, collection: "placeSetting", id, op: isEmpty ? "delete" : "put", data };
  return { changes: await context.tx.write([row]) };
};

const MOST_SECTIONS = 100;

export const saveSection: Handler<"section.save"> = async (context, args) => {
  const scope = requireOwnScope(context);
  const { id, name, position, isCollapsed } = args;
  if (standing(await context.tx.get(scope, "section", id)) === undefined) {
    requireFreshId(id);
    const sections = await context.tx.list(scope, "section");
    if (sections.length >= MOST_SECTIONS) throw forbidden(`A list has at most ${MOST_SECTIONS} sections.`);
  }
  const data = sectionSchema.parse({
    id,
    name,
    position,
    ...(isCollapsed === undefined ? {} : { isCollapsed }),
  });
  return { changes: await context.tx.write([{ scope, collection: "section", id, op: "put", data }]) };
};

/** Its conversations go back to where they would be without it. */
export const removeSection: Handler<"section.remove"> = async (context, { id }) => {
  const scope = requireOwnScope(context);
  const rows: RowWrite[] = [];
  if (standing(await context.tx.get(scope, "section", id)) !== undefined) {
    rows.push({ scope, collection: "section", id, op: "delete", data: { id } });
  }
  for (const row of await context.tx.list(scope, "placeSetting")) {
    const { sectionId, ...data } = placeSettingSchema.parse(row.data);
    if (sectionId !== id) continue;
    const op = Object.keys(data).length === 1 ? "delete" : "put";
    rows.push({ scope, collection: "placeSetting", id: data.id, op, data });
  }
  return { changes: await context.tx.write(rows) };
};

/** What is not named stays, null takes back. */
export function withChanges(
  before: Readonly<Record<string, unknown>>,
  changes: Readonly<Record<string, unknown>>,
  names: readonly string[],
): Record<string, unknown> {
  const after: Record<string, unknown> = { ...before };
  for (const name of names) {
    const value = changes[name];
    if (value === undefined) continue;
    if (value === null) Reflect.deleteProperty(after, name);
    else after[name] = value;
  }
  return after;
}
