import type { Channel } from "#contract/entities/channel.ts";
import type { Space } from "#contract/entities/space.ts";
import { wallId, type SpaceId } from "#contract/ids.ts";
import { DIRECTORY, spaceScope } from "#contract/scope.ts";
import type { RowWrite } from "../store/store.ts";

/** A space as it stands: in its own scope, in the directory unless it is hidden, and its wall. */
export function spaceRows(space: Space): RowWrite[] {
  const wall = wallOf(space);
  const scope = spaceScope(space.id);
  const rows: RowWrite[] = [
    { scope, collection: "space", id: space.id, op: "put", data: space },
    { scope, collection: "channel", id: wall.id, op: "put", data: wall },
  ];
  if (space.visibility !== "hidden") {
    rows.push({ scope: DIRECTORY, collection: "space", id: space.id, op: "put", data: space });
  }
  return rows;
}

/** Takes a space out of the directory. */
export function unlistedRow(spaceId: SpaceId): RowWrite {
  return { scope: DIRECTORY, collection: "space", id: spaceId, op: "delete", data: { id: spaceId } };
}

/** The same whenever it is made from the same space. */
function wallOf(space: Pick<Space, "id" | "createdAt">): Channel {
  const { id: spaceId, createdAt } = space;
  return { id: wallId(spaceId), spaceId, kind: "wall", name: "wall", createdAt };
}
