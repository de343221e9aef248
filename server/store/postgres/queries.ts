import { DatabaseError, type Pool, type PoolClient } from "pg";
import { AppError } from "#contract/problem.ts";
import { nameTaken } from "../account-columns.ts";

/** Anything that answers SQL: the pool, or the one connection of a transaction. */
export type Queryable = Pick<Pool, "query"> | Pick<PoolClient, "query">;

type Values = readonly unknown[];

export async function queryRows(
  db: Queryable,
  text: string,
  values: Values = [],
): Promise<Record<string, unknown>[]> {
  const result = await db.query<Record<string, unknown>>(text, [...values]);
  return result.rows;
}

const statementNames = new Map<string, string>();

/** For questions asked again and again in the same words: each connection parses and plans them once. */
export async function queryPrepared(
  db: Queryable,
  text: string,
  values: Values,
): Promise<Record<string, unknown>[]> {
  const name = statementNames.get(text) ?? `parvis_${statementNames.size}`;
  statementNames.set(text, name);
  const result = await db.query<Record<string, unknown>>({ name, text, values: [...values] });
  return result.rows;
}

export async function queryCount(db: Queryable, text: string, values: Values): Promise<number> {
  const result = await db.query(text, [...values]);
  return result.rowCount ?? 0;
}

const DEADLOCK = "40P01";
const SERIALIZATION = "40001";
const UNIQUE = "23505";
const DISK_FULL = "53100";
/** U+0000 in a text that is not JSON: PostgreSQL cannot keep it. */
const NUL_CHARACTER = "22021";

/** Failures of being at the same time as somebody else: the same transaction may pass when tried again. */
export function isCollision(error: unknown): boolean {
  const code = error instanceof DatabaseError ? error.code : undefined;
  return code === DEADLOCK || code === SERIALIZATION || code === UNIQUE;
}

/** Expected failures as AppError; what is left is a bug. */
export function asAppError(error: unknown): unknown {
  if (error instanceof AppError) return error;
  if (error instanceof DatabaseError) {
    if (error.code === DISK_FULL) {
      return new AppError("storageFull", {
        title: "The database cannot write to its disk",
        detail: "Nothing was changed. Free some space on the database's disk.",
        cause: error,
      });
    }
    if (error.constraint === "accounts_username_key") return nameTaken(error);
    if (error.code === NUL_CHARACTER) {
      return new AppError("badRequest", { title: "A name contains the character U+0000", cause: error });
    }
    // Class 08: connection; class 57: the database is being stopped.
    if (error.code?.startsWith("08") === true || error.code?.startsWith("57P") === true) return away(error);
    return error;
  }
  return isConnectionError(error) ? away(error) : error;
}

/** What the driver says of a connection that has gone; it gives these no code. */
const BROKEN = /^(Connection terminated|Client has encountered a connection error)/;

function isConnectionError(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code: unknown = Reflect.get(error, "code");
  const codes: unknown[] = ["ECONNREFUSED", "ECONNRESET", "EPIPE", "ETIMEDOUT", "ENOTFOUND"];
  return codes.includes(code) || BROKEN.test(error.message);
}

function away(cause: unknown): AppError {
  return new AppError("unavailable", {
    title: "The database cannot be reached",
    detail: "The server keeps trying. Send the request again in a moment.",
    retryAfter: 2,
    cause,
  });
}

export async function translating<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw asAppError(error);
  }
}
