import { expect, test } from "vitest";
import { createId, libraryItemIdSchema, personIdSchema, spaceIdSchema } from "#contract/ids.ts";
import { personScope, spaceScope } from "#contract/scope.ts";
import { folderPath, parseDocumentsPath, trashPath } from "./documents-route.ts";

const me = personIdSchema.parse(createId());
const space = spaceScope(spaceIdSchema.parse(createId()));
const folderId = libraryItemIdSchema.parse(createId());
const itemId = libraryItemIdSchema.parse(createId());

test("every folder of every library has an address that leads back to it", () => {
  for (const scope of [personScope(me), space]) {
    for (const folder of [null, folderId]) {
      expect(parseDocumentsPath(folderPath(scope, folder), me)).toEqual({
        kind: "folder",
        scope,
        folderId: folder,
        itemId: null,
      });
      expect(parseDocumentsPath(folderPath(scope, folder, itemId), me)).toMatchObject({
        scope,
        folderId: folder,
        itemId,
      });
    }
    expect(parseDocumentsPath(trashPath(scope), me)).toEqual({ kind: "trash", scope });
  }
});

test("an address without meaning leads to one's own library", () => {
  for (const path of [[], ["nowhere"], ["space"], ["space", "x"], ["mine", "../.."]]) {
    expect(parseDocumentsPath(path, me)).toEqual({
      kind: "folder",
      scope: personScope(me),
      folderId: null,
      itemId: null,
    });
  }
});

test("one's own address says nothing of who one is", () => {
  expect(folderPath(personScope(me), folderId).join("/")).not.toContain(me);
});
