import type { Envelope } from "#contract/envelope.ts";
import type { LibraryShare } from "#contract/entities/library-share.ts";
import type { Capabilities } from "#contract/capabilities.ts";
import type { MutationArgs, MutationName } from "#contract/mutations.ts";
import type { BlobId, PersonId } from "#contract/ids.ts";
import { AppError, type Problem } from "#contract/problem.ts";
import { personScope, type Scope } from "#contract/scope.ts";
import { toIsoTime, type IsoTime } from "#contract/time.ts";
import type { StoreTransaction } from "../store/store.ts";

/** What a handler works with. It refuses by throwing AppError: whatever it wrote until then is undone. */
export interface MutationContext {
  tx: StoreTransaction;
  personId: PersonId;
  /** Where the caller says that the row lives. */
  scope: Scope;
  nowMs: number;
  limits: Capabilities["limits"];
  /**
   * What somebody who may decide has decided (an article accepted) is carried out in its author's name: rights are not
   * asked again.
   */
  isDecided?: boolean;
  /** Through which the caller reaches the library of this scope, which they do not read otherwise. */
  share?: LibraryShare | undefined;
  /** Files to remove once the change is committed, if they are still this person's. */
  removedBlobs: { id: BlobId; ownerId: PersonId }[];
}

export type HandlerResult =
  | { changes: Envelope[] }
  /** The row that stands in the way. */
  | { current: Envelope; error: Problem };

export type Handler<N extends MutationName> = (
  context: MutationContext,
  args: MutationArgs<N>,
) => Promise<HandlerResult>;

export function timeOf(context: Pick<MutationContext, "nowMs">): IsoTime {
  return toIsoTime(context.nowMs);
}

/** A row that is there, not the trace of one that was. */
export function standing(envelope: Envelope | undefined): Envelope | undefined {
  return envelope?.op === "put" ? envelope : undefined;
}

export function requireScope(context: MutationContext, ...expected: Scope[]): void {
  if (expected.includes(context.scope)) return;
  throw new AppError("badRequest", {
    title: "The command names the wrong scope",
    detail: `It must be sent with scope ${expected.join(" or ")}.`,
    pointer: "scope",
  });
}

export function requireOwnScope(context: MutationContext): Scope {
  const own = personScope(context.personId);
  requireScope(context, own);
  return own;
}

export function requireSize(context: MutationContext, text: string): void {
  const bytes = Buffer.byteLength(text);
  if (bytes <= context.limits.messageBytes) return;
  throw new AppError("tooLarge", {
    title: "The text is too long",
    detail: `It has ${bytes} bytes and may have ${context.limits.messageBytes}. Shorten it or attach it as a file.`,
    pointer: "args.body",
  });
}

/** What a message carries beside its text may be this many times as long as the text: much goes to every reader. */
const EXTRAS_PER_TEXT = 2;

/** Objects of the contract may have fields that are not known here: their number and length are held in check together. */
export function requireModestExtras(context: MutationContext, extras: object): void {
  const bytes = Buffer.byteLength(JSON.stringify(extras));
  const limit = context.limits.messageBytes * EXTRAS_PER_TEXT;
  if (bytes <= limit) return;
  throw new AppError("tooLarge", {
    title: "The message carries too much",
    detail: `Its mentions and attachments have ${bytes} bytes and may have ${limit}.`,
    pointer: "args",
  });
}

/**
 * The id of something new. Version 5 is for ids that follow from what they name: whoever could take the one of a direct
 * conversation between two others would be written to in its place.
 */
export function requireFreshId(id: string): void {
  if (id.charAt(14) !== "5") return;
  throw new AppError("badRequest", {
    title: "This id is not for something new",
    detail: "Make a fresh id (UUID version 7).",
    pointer: "args.id",
  });
}

export function forbidden(detail: string): AppError {
  return new AppError("forbidden", { title: "This is not allowed", detail });
}

export function notFound(detail: string): AppError {
  return new AppError("notFound", { title: "This no longer exists", detail });
}
