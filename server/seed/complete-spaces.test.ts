import { expect, onTestFinished, test } from "vitest";
import { createId, membershipId, personIdSchema, spaceIdSchema, wallId } from "#contract/ids.ts";
import { ADMINISTRATION, deskScope, DIRECTORY, spaceScope } from "#contract/scope.ts";
import { temporaryFolder } from "../import/test-folder.ts";
import { openSqliteStore } from "../store/sqlite-store.ts";
import type { RowWrite } from "../store/store.ts";
import { completeSpaces } from "./complete-spaces.ts";

test("a space that stood in the directory alone gets its own row, wall, count and desk, once", async () => {
  const store = openSqliteStore({ folder: await temporaryFolder() });
  onTestFinished(() => store.close());
  const spaceId = spaceIdSchema.parse(createId());
  const scope = spaceScope(spaceId);
  const [ada, root] = [personIdSchema.parse(createId()), personIdSchema.parse(createId())];
  const createdAt = "2026-01-01T08:00:00.000Z";
  const space = { id: spaceId, name: "Voirie", kind: "service", visibility: "open", createdAt };
  const id = membershipId(spaceId, ada);
  const member = { id, spaceId, personId: ada, role: "animator", joinedAt: createdAt };
  const person = { id: root, displayName: "Root", roles: ["administrator"] };
  const rows: RowWrite[] = [
    { scope: DIRECTORY, collection: "space", id: spaceId, op: "put", data: space },
    { scope: DIRECTORY, collection: "person", id: root, op: "put", data: person },
    { scope, collection: "membership", id, op: "put", data: member },
  ];
  await store.transaction((tx) => tx.write(rows));
  await completeSpaces(store);
  expect((await store.get(scope, "space", spaceId))?.data).toEqual({ ...space, memberCount: 1 });
  expect((await store.get(DIRECTORY, "space", spaceId))?.data).toEqual({ ...space, memberCount: 1 });
  expect((await store.get(scope, "channel", wallId(spaceId)))?.data["kind"]).toBe("wall");
  expect(await store.canRead(ada, deskScope(spaceId))).toBe(true);
  expect(await store.readers(ADMINISTRATION)).toEqual([root]);
  const heads = [await store.head(scope), await store.head(DIRECTORY)];
  await completeSpaces(store);
  expect([await store.head(scope), await store.head(DIRECTORY)]).toEqual(heads);
});
