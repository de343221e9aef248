import { presenceSchema, type Presence, type Status } from "#contract/entities/presence.ts";
import { AppError } from "#contract/problem.ts";
import { DIRECTORY } from "#contract/scope.ts";
import type { DueHandler } from "../due/due-context.ts";
import { currentPresence, nextEnd, presenceRow, presenceState } from "../rules/presence.ts";
import { requireScope, standing, type Handler, type HandlerResult, type MutationContext } from "./context.ts";

/** How one is shown, until then or until taken back. */
export const choosePresence: Handler<"presence.choose"> = async (context, { chosen }) => {
  requireFuture(context, chosen?.until, "args.chosen.until");
  const { chosen: _former, ...rest } = await ownPresence(context);
  // Whoever chooses is there, whether or not one of their machines has said so yet.
  return save(context, chosen === null ? rest : { ...rest, chosen: knownOfChosen(chosen) }, "active");
};

export const setStatus: Handler<"status.set"> = async (context, { status }) => {
  requireFuture(context, status?.expiresAt, "args.status.expiresAt");
  const { status: _former, ...rest } = await ownPresence(context);
  return save(context, status === null ? rest : { ...rest, status: knownOfStatus(status) }, undefined);
};

// Every reader of the directory gets them: nothing that is not known here.

function knownOfChosen({ state, until }: NonNullable<Presence["chosen"]>): Presence["chosen"] {
  return { state, ...(until === undefined ? {} : { until }) };
}

function knownOfStatus({ emoji, text, expiresAt }: Status): Status {
  return {
    ...(emoji === undefined ? {} : { emoji }),
    text,
    ...(expiresAt === undefined ? {} : { expiresAt }),
  };
}

/** What was chosen until now, and the line about oneself that has had its time, end. */
export const endPresence: DueHandler = async ({ tx, key, row, nowMs }) => {
  if (row === undefined) return;
  const presence = currentPresence(presenceSchema.parse(row.data), nowMs);
  const attendance = await tx.attendance.of([presence.id]);
  const state = presenceState(presence, attendance.get(presence.id), nowMs);
  await tx.setDue(key, nextEnd(presence));
  await tx.write([presenceRow({ ...presence, state })]);
};

async function ownPresence(context: MutationContext): Promise<Presence> {
  requireScope(context, DIRECTORY);
  const { tx, personId, nowMs } = context;
  const row = standing(await tx.get(DIRECTORY, "presence", personId));
  if (row === undefined) return { id: personId, state: "offline" };
  return currentPresence(presenceSchema.parse(row.data), nowMs);
}

async function save(
  { tx, personId, nowMs }: MutationContext,
  presence: Presence,
  atLeast: "active" | undefined,
): Promise<HandlerResult> {
  const attendance = (await tx.attendance.of([personId])).get(personId) ?? atLeast;
  const data = { ...presence, state: presenceState(presence, attendance, nowMs) };
  const changes = await tx.write([presenceRow(data)]);
  await tx.setDue({ scope: DIRECTORY, collection: "presence", id: personId }, nextEnd(data));
  return { changes };
}

function requireFuture(context: MutationContext, time: string | undefined, pointer: string): void {
  if (time === undefined || Date.parse(time) > context.nowMs) return;
  throw new AppError("badRequest", {
    title: "The time has passed",
    detail: `${time} is over: choose a later time, or none.`,
    pointer,
  });
}
