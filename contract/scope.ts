import { z } from "zod";
import type { ConversationId, LibraryShareId, PersonId, SpaceId } from "./ids.ts";

/**
 * A scope is one ordered stream with its own sequence, and the unit of visibility:
 * - `directory`: people, presence and the spaces anyone may find; read by every account
 * - `space:<SpaceId>`: a space, its members, channels and their messages; read by its members
 * - `conversation:<ConversationId>`: a direct or group conversation; read by its members
 * - `person:<PersonId>`: what belongs to one person: read markers, drafts, notifications
 * - `desk:<SpaceId>`: what only those who run a space see: join requests, guests invited, reports, articles to review;
 *   read by its animators
 * - `share:<LibraryShareId>`: a file or folder of a library as those see it whom it was shared with, and only they
 * - `remote:<id>`: one calendar or list of tasks that lies elsewhere (`calendar-accounts.ts`); brought by the host of a machine, never known to
 *   the workplace's server
 * - `administration`: what only administrators see: requests for new spaces
 *
 * A row that two circles must see stands in the scope of each, with the same id, written in one transaction.
 * Guests from outside do not read the directory: their spaces and conversations carry the rows they need of it.
 */
export const scopeSchema = z
  .string()
  .regex(/^(directory|administration|(space|conversation|person|desk|share|remote):[0-9a-f-]{36})$/)
  .brand<"Scope">();
export type Scope = z.infer<typeof scopeSchema>;

export const DIRECTORY: Scope = scopeSchema.parse("directory");
export const ADMINISTRATION: Scope = scopeSchema.parse("administration");

export function spaceScope(id: SpaceId): Scope {
  return scopeSchema.parse(`space:${id}`);
}

export function conversationScope(id: ConversationId): Scope {
  return scopeSchema.parse(`conversation:${id}`);
}

export function personScope(id: PersonId): Scope {
  return scopeSchema.parse(`person:${id}`);
}

export function deskScope(id: SpaceId): Scope {
  return scopeSchema.parse(`desk:${id}`);
}

export function shareScope(id: LibraryShareId): Scope {
  return scopeSchema.parse(`share:${id}`);
}

export function remoteScope(id: string): Scope {
  return scopeSchema.parse(`remote:${id}`);
}

/** Of what lies elsewhere, brought by the host. */
export function isRemote(scope: Scope): boolean {
  return parseScope(scope).kind === "remote";
}

const scopeKinds = [
  "directory",
  "administration",
  "space",
  "conversation",
  "person",
  "desk",
  "share",
  "remote",
] as const;
export type ScopeKind = (typeof scopeKinds)[number];

/** Splits a scope into its kind and the id behind the colon (empty for the two that exist once). */
export function parseScope(scope: Scope): { kind: ScopeKind; id: string } {
  const [name = "", id = ""] = scope.split(":");
  const kind = scopeKinds.find((each) => each === name);
  if (kind === undefined) throw new Error(`not a scope: ${scope}`);
  return { kind, id };
}
