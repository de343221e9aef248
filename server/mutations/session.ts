import { sessionSchema, type Session } from "#contract/entities/session.ts";
import { personIdSchema, type PersonId } from "#contract/ids.ts";
import { ADMINISTRATION, parseScope, personScope } from "#contract/scope.ts";
import type { DueHandler } from "../due/due-context.ts";
import type { RowKey, RowWrite, StoreTransaction } from "../store/store.ts";
import { requireScope, standing, timeOf, type Handler } from "./context.ts";

const DAY_MS = 86_400_000;
/** Ended, it is shown for a while; a device that is not seen or has not wiped yet may still come back. */
const ENDED_KEPT_MS = 90 * DAY_MS;
const AWAY_KEPT_MS = 400 * DAY_MS;

export function sessionKey(personId: PersonId, id: string): RowKey {
  return { scope: personScope(personId), collection: "session", id };
}

export async function findSession(
  tx: Pick<StoreTransaction, "get">,
  personId: PersonId,
  id: string,
): Promise<Session | undefined> {
  const { scope, collection } = sessionKey(personId, id);
  const row = standing(await tx.get(scope, collection, id));
  return row === undefined ? undefined : sessionSchema.parse(row.data);
}

/** Whether the device still has to be told to forget everything. */
export function isToBeWiped({ wipeAskedAt, wipedAt }: Session): boolean {
  return wipeAskedAt !== undefined && wipedAt === undefined;
}

export async function writeSession(tx: StoreTransaction, session: Session) {
  const key = sessionKey(session.personId, session.id);
  const row: RowWrite = { ...key, op: "put", data: session };
  const changes = await tx.write([row]);
  await tx.setDue(key, keptUntil(session));
  return changes;
}

/** Ends a sign-in, one's own or as an administrator. One that is not there, or no longer, is over already. */
export const endSignIn: Handler<"session.end"> = async (context, { id, personId, wipe }) => {
  const { tx } = context;
  const own = personScope(personId);
  requireScope(context, own, ADMINISTRATION);
  if (context.scope !== own) await tx.lock(own);
  const session = await findSession(tx, personId, id);
  if (session === undefined) return { changes: [] };
  const now = timeOf(context);
  const isOrdered = wipe && session.wipeAskedAt === undefined;
  await tx.endSession(id);
  const changes = await writeSession(tx, {
    ...session,
    endedAt: session.endedAt ?? now,
    ...(isOrdered ? { wipeAskedAt: now } : {}),
  });
  return { changes };
};

/** Nothing will come from that device any more. */
export const forgetSignIn: DueHandler = async ({ tx, nowMs, key, row }) => {
  if (row === undefined) return;
  const session = sessionSchema.parse(row.data);
  const until = keptUntil(session);
  if (until > nowMs) {
    await tx.setDue(key, until);
    return;
  }
  await tx.endSession(session.id);
  const personId = personIdSchema.parse(parseScope(key.scope).id);
  await tx.write([{ ...sessionKey(personId, session.id), op: "delete", data: { id: session.id } }]);
};

function keptUntil(session: Session): number {
  const { endedAt, lastSeenAt } = session;
  if (endedAt === undefined || isToBeWiped(session)) return Date.parse(endedAt ?? lastSeenAt) + AWAY_KEPT_MS;
  return Date.parse(session.wipedAt ?? endedAt) + ENDED_KEPT_MS;
}
