import type { Envelope } from "#contract/envelope.ts";
import type { PersonId } from "#contract/ids.ts";
import { AppError } from "#contract/problem.ts";
import type { IsoTime } from "#contract/time.ts";
import { timeOf, type HandlerResult, type MutationContext } from "./context.ts";

export type Verdict = "accepted" | "refused";

/** The first decides: a second that agrees changes nothing, one that differs conflicts. Undefined while it is open. */
export function decidedBefore(row: Envelope, isOpen: boolean, agrees: boolean): HandlerResult | undefined {
  if (isOpen) return undefined;
  return agrees ? { changes: [row] } : { current: row, error: decidedOtherwise().problem };
}

export interface Decided {
  state: Verdict;
  decidedBy: PersonId;
  decidedAt: IsoTime;
  reason?: string;
}

export function decided(
  context: MutationContext,
  { decision, reason }: { decision: Verdict; reason?: string | undefined },
): Decided {
  return {
    state: decision,
    decidedBy: context.personId,
    decidedAt: timeOf(context),
    ...(reason === undefined || reason.trim() === "" ? {} : { reason }),
  };
}

function decidedOtherwise(): AppError {
  return new AppError("conflict", {
    title: "This has been decided already",
    detail: "It is no longer waiting, and what became of it differs. Look at it as it stands.",
  });
}
