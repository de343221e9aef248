import type { Row } from "#contract/collections.ts";
import { UNMARKED, type Classification } from "#contract/classification.ts";
import { membershipId, spaceIdSchema, type PersonId } from "#contract/ids.ts";
import { parseScope, type Scope } from "#contract/scope.ts";
import type { Reader } from "../reader.ts";
import { isAdministrator } from "./community-people.ts";
import { findSpace } from "./community-view.ts";

/** What a reader may do in a place where things are kept together: a space, or their own. */
export interface PlaceRights {
  readonly scope: Scope;
  readonly me: PersonId;
  /** Null for the reader's own. */
  readonly space: Row<"space"> | null;
  readonly role: Row<"membership">["role"] | null;
  readonly isGuest: boolean;
  readonly isArchived: boolean;
  readonly canWrite: boolean;
  readonly canRun: boolean;
  readonly classification: Classification;
}

/** Undefined for what is somebody else's, and for what is no such place. */
export async function placeRights(
  reader: Reader,
  scope: Scope,
  me: PersonId,
): Promise<PlaceRights | undefined> {
  const { kind, id } = parseScope(scope);
  // Guests have nothing of their own.
  if (kind === "person")
    return id === me && (await reader.person(me))?.isGuest !== true ? ownRights(scope, me) : undefined;
  // What lies elsewhere is the reader's own; what may be done with it each row says.
  if (kind === "remote") return { ...ownRights(scope, me), canRun: false };
  if (kind !== "space") return undefined;
  const spaceId = spaceIdSchema.parse(id);
  const space = await findSpace(reader, spaceId, me);
  const role = (await reader.row(scope, "membership", membershipId(spaceId, me)))?.role ?? null;
  const isArchived = space?.archivedAt !== undefined;
  return {
    scope,
    me,
    space: space ?? null,
    role,
    isArchived,
    isGuest: role === "guest",
    canWrite: role !== null && !isArchived,
    canRun: !isArchived && (role === "animator" || (role !== null && (await isAdministrator(reader, me)))),
    classification: space?.classification ?? UNMARKED,
  };
}

function ownRights(scope: Scope, me: PersonId): PlaceRights {
  const plain = { space: null, role: null, isArchived: false, isGuest: false };
  return { scope, me, ...plain, canWrite: true, canRun: true, classification: UNMARKED };
}
