import type { DragEvent } from "react";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useToasts } from "#renderer/kit/toast-store.ts";
import { droppedEntries, treeOfDropped } from "#renderer/parts/dropped-files.ts";
import type { DropEffect } from "#renderer/parts/file-browser/use-drop-target.ts";
import { useDocumentsStore, type FolderPlace } from "./documents-store.ts";
import { useDeeds } from "./use-deeds.ts";
import { useUploads } from "./use-uploads.ts";

/** Says that what is dragged comes from this module. */
export const OWN_TYPE = "application/x-parvis-documents";

function isCopy(to: FolderPlace, event: DragEvent): boolean {
  const { dragged } = useDocumentsStore.getState();
  return event.ctrlKey || event.altKey || dragged.some(({ scope }) => scope !== to.scope);
}

/** What a drop on a folder does: files from outside are brought in, one's own are moved, with Ctrl or into another library copied. */
export function useDrops() {
  const { t } = useTranslation();
  const deeds = useDeeds();
  const upload = useUploads();
  const show = useToasts((state) => state.show);
  return {
    effectOf(to: FolderPlace, event: DragEvent): DropEffect {
      const { types } = event.dataTransfer;
      if (types.includes(OWN_TYPE)) {
        const { dragged } = useDocumentsStore.getState();
        if (dragged.some(({ item }) => item.id === to.folderId)) return null;
        const isHere = dragged.every(
          ({ scope, item }) => scope === to.scope && (item.folderId ?? null) === to.folderId,
        );
        if (isCopy(to, event)) return "copy";
        return isHere ? null : "move";
      }
      return types.includes("Files") ? "copy" : null;
    },
    onDrop(to: FolderPlace, event: DragEvent): void {
      const { dragged } = useDocumentsStore.getState();
      if (event.dataTransfer.types.includes(OWN_TYPE)) {
        useDocumentsStore.setState({ dragged: [] });
        void (isCopy(to, event) ? deeds.copy(dragged, to) : deeds.move(dragged, to));
        return;
      }
      const entries = droppedEntries(event.dataTransfer.items);
      void treeOfDropped(entries).then(async (tree) => {
        if (tree.unreadable > 0)
          show({ tone: "danger", text: t("documents.unreadable", { count: tree.unreadable }) });
        await upload(to, tree);
      });
    },
  };
}
