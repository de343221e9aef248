import { z } from "zod";
import type { ConversationId, PersonId, SpaceId } from "./ids.ts";

/**
 * A scope is one ordered stream with its own sequence, and the unit of visibility:
 * - `directory`: people, presence and the spaces anyone may find; read by every account
 * - `space:<SpaceId>`: a space, its members, channels and their messages; read by its members
 * - `conversation:<ConversationId>`: a direct or group conversation; read by its members
 * - `person:<PersonId>`: what belongs to one person: read markers, drafts, notifications
 */
export const scopeSchema = z
  .string()
  .regex(/^(directory|(space|conversation|person):[0-9a-f-]{36})$/)
  .brand<"Scope">();
export type Scope = z.infer<typeof scopeSchema>;

export const DIRECTORY: Scope = scopeSchema.parse("directory");

export function spaceScope(id: SpaceId): Scope {
  return scopeSchema.parse(`space:${id}`);
}

export function conversationScope(id: ConversationId): Scope {
  return scopeSchema.parse(`conversation:${id}`);
}

export function personScope(id: PersonId): Scope {
  return scopeSchema.parse(`person:${id}`);
}

export type ScopeKind = "directory" | "space" | "conversation" | "person";

/** Splits a scope into its kind and the id behind the colon (empty for the directory). */
export function parseScope(scope: Scope): { kind: ScopeKind; id: string } {
  const colon = scope.indexOf(":");
  if (colon < 0) return { kind: "directory", id: "" };
  const kind = scope.slice(0, colon);
  if (kind !== "space" && kind !== "conversation" && kind !== "person") return { kind: "directory", id: "" };
  return { kind, id: scope.slice(colon + 1) };
}
