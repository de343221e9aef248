import { libraryMutations as m } from "#contract/commands/library.ts";
import { bind, type BoundHandler } from "./bind.ts";
import { copyItem } from "./library-copy.ts";
import { discussItem } from "./library-discussion.ts";
import { addFile, lockFile, restoreVersion, unlockFile, writeFile } from "./library-file.ts";
import { createFolder, moveItem, preserveItem, restoreItem, trashItem, updateItem } from "./library-item.ts";
import { endShare, leaveShare, setShare } from "./library-share.ts";
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
  "libraryItem.copy": bind(m["libraryItem.copy"], copyItem),
  "libraryItem.trash": bind(m["libraryItem.trash"], trashItem),
  "libraryItem.restore": bind(m["libraryItem.restore"], restoreItem),
  "libraryItem.remove": bind(m["libraryItem.remove"], removeItem),
  "libraryItem.discuss": bind(m["libraryItem.discuss"], discussItem),
  "libraryShare.set": bind(m["libraryShare.set"], setShare),
  "libraryShare.end": bind(m["libraryShare.end"], endShare),
  "libraryShare.leave": bind(m["libraryShare.leave"], leaveShare),
  "libraryItem.preserve": bind(m["libraryItem.preserve"], preserveItem),
};
