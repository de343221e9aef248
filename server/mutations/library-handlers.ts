import { libraryMutations as m } from "#contract/commands/library.ts";
import { bind, type BoundHandler } from "./bind.ts";
import { addFile, lockFile, restoreVersion, unlockFile, writeFile } from "./library-file.ts";
import { createFolder, moveItem, preserveItem, restoreItem, trashItem, updateItem } from "./library-item.ts";
import { removeItem } from "./library-removal.ts";

export const libraryHandlers: Record<keyof typeof m, BoundHandler> = {
  "folder.create": bind(m["folder.create"], createFolder),
  "file.add": bind(m["file.add"], addFile),
  "file.write": bind(m["file.write"], writeFile),
  "file.restoreVersion": bind(m["file.restoreVersion"], restoreVersion),
  "file.lock": bind(m["file.lock"], lockFile),
  "file.unlock": bind(m["file.unlock"], unlockFile),
  "libraryItem.update": bind(m["libraryItem.update"], updateItem),
  "libraryItem.move": bind(m["libraryItem.move"], moveItem),
  "libraryItem.trash": bind(m["libraryItem.trash"], trashItem),
  "libraryItem.restore": bind(m["libraryItem.restore"], restoreItem),
  "libraryItem.remove": bind(m["libraryItem.remove"], removeItem),
  "libraryItem.preserve": bind(m["libraryItem.preserve"], preserveItem),
};
