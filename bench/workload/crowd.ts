import {
  conversationIdSchema,
  createId,
  membershipId,
  personIdSchema,
  spaceIdSchema,
  type ConversationId,
  type PersonId,
} from "#contract/ids.ts";
import { DIRECTORY, spaceScope, type Scope } from "#contract/scope.ts";
import { toIsoTime } from "#contract/time.ts";
import { spaceRows } from "#server/seed/space-rows.ts";
import type { RowWrite } from "#server/store/store.ts";

export interface Crowd {
  people: PersonId[];
  scope: Scope;
  conversationId: ConversationId;
  rows: RowWrite[];
}

function put(
  scope: Scope,
  collection: RowWrite["collection"],
  data: { id: string } & Record<string, unknown>,
): RowWrite {
  return { scope, collection, id: data.id, op: "put", data };
}

/** One space with one channel in which so many people are. */
export function createCrowd(size: number): Crowd {
  const people = Array.from({ length: size }, () => personIdSchema.parse(createId()));
  const spaceId = spaceIdSchema.parse(createId());
  const conversationId = conversationIdSchema.parse(createId());
  const scope = spaceScope(spaceId);
  const createdAt = toIsoTime(Date.now());
  const rows = [
    ...spaceRows({
      id: spaceId,
      name: "Tout le monde",
      kind: "community",
      visibility: "open",
      memberCount: size,
      createdAt,
    }),
    put(scope, "channel", { id: conversationId, spaceId, name: "général", createdAt }),
    ...people.map((id, index) => put(DIRECTORY, "person", { id, displayName: `Agent ${String(index)}` })),
    ...people.map((personId) =>
      put(scope, "membership", {
        id: membershipId(spaceId, personId),
        spaceId,
        personId,
        role: "member",
        joinedAt: createdAt,
      }),
    ),
  ];
  return { people, scope, conversationId, rows };
}
