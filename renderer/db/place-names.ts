import type { ConversationId, SpaceId } from "#contract/ids.ts";
import { conversationIdSchema, spaceIdSchema, wallId } from "#contract/ids.ts";
import { DIRECTORY, parseScope, spaceScope, type Scope } from "#contract/scope.ts";
import type { QueryContext } from "./query-context.ts";
import type { Reader } from "./reader.ts";

/** Name of a space as far as it is known here; also of one that the reader is not in. */
export async function nameOfSpace(reader: Reader, spaceId: SpaceId): Promise<string> {
  const row =
    (await reader.row(DIRECTORY, "space", spaceId)) ??
    (await reader.row(spaceScope(spaceId), "space", spaceId));
  return row?.name ?? "";
}

/** `Channel · Space`, a group's name, or a space's; empty for a direct conversation and for what is not known. */
export async function nameOfScope(
  context: QueryContext,
  reader: Reader,
  where: { scope: Scope; conversationId?: ConversationId | undefined; spaceId?: SpaceId | undefined },
): Promise<string> {
  const { kind, id } = parseScope(where.scope);
  const spaceId =
    where.spaceId ?? (kind === "space" || kind === "desk" ? spaceIdSchema.parse(id) : undefined);
  const conversationId =
    where.conversationId ?? (kind === "conversation" ? conversationIdSchema.parse(id) : undefined);
  const place = conversationId === undefined ? undefined : await context.places.find(reader, conversationId);
  const space = spaceId === undefined ? "" : await nameOfSpace(reader, spaceId);
  const isNamed = place !== undefined && (place.kind === "group" || place.kind === "channel");
  const isWall = spaceId !== undefined && conversationId === wallId(spaceId);
  return [isNamed && !isWall ? place.name : "", space].filter((part) => part !== "").join(" · ");
}
