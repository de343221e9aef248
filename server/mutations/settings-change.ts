import { isDeepStrictEqual } from "node:util";
import type { z } from "zod";
import { AppError, badRequest } from "#contract/problem.ts";

type Fields = Readonly<Record<string, unknown>>;

/** What somebody saw and what they want, by field; null stands for none. */
export interface SettingsChange {
  base: Fields;
  changes: Fields;
}

/**
 * Settings with somebody's changes, field by field. Undefined when one of these fields is no longer as they saw it and not
 * already as they want it: nothing is changed then. @throws AppError badRequest naming the field
 */
export function mergedSettings<S extends z.ZodObject>(
  schema: S,
  standing: Fields,
  { base, changes }: SettingsChange,
): z.output<S> | undefined {
  const merged: Record<string, unknown> = {};
  for (const name of Object.keys(schema.shape)) {
    const value = standing[name];
    if (value !== undefined && value !== null) merged[name] = value;
  }
  for (const [name, wanted] of Object.entries(changes)) {
    if (!Object.hasOwn(schema.shape, name)) throw unknownField(name);
    const current = merged[name] ?? null;
    const isMoved = !isDeepStrictEqual(current, base[name] ?? null);
    if (isMoved && !isDeepStrictEqual(current, wanted ?? null)) return undefined;
    if (wanted === null || wanted === undefined) Reflect.deleteProperty(merged, name);
    else merged[name] = wanted;
  }
  const parsed = schema.safeParse(merged);
  if (!parsed.success) throw badRequest(parsed.error, "args.changes");
  return parsed.data;
}

/** What the schema names of an object, and nothing else. */
export function knownFields(schema: z.ZodObject, object: Fields): Record<string, unknown> {
  return Object.fromEntries(
    Object.keys(schema.shape).flatMap((name) => (object[name] === undefined ? [] : [[name, object[name]]])),
  );
}

/** A row with its settings in place of those it had. */
export function withSettings<R extends object>(schema: z.ZodObject, row: R, settings: Fields): R {
  const rest: R = { ...row };
  for (const name of Object.keys(schema.shape)) Reflect.deleteProperty(rest, name);
  return Object.assign(rest, settings);
}

export function settingsMoved(what: string): AppError {
  return new AppError("conflict", {
    title: "Someone else changed the same setting",
    detail: `${what} no longer is as it was when you changed it. Look at it and decide again.`,
  });
}

function unknownField(name: string): AppError {
  return new AppError("badRequest", {
    title: "There is no such setting",
    detail: `${name} is not among what can be changed here.`,
    pointer: `args.changes.${name}`,
  });
}
