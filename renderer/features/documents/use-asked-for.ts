import { useEffect, useState } from "react";
import type { LibraryItemId } from "#contract/ids.ts";
import { useView } from "#renderer/kit/view-store.ts";
import { useLiveQuery } from "#renderer/kit/worker-context.tsx";
import type { FileSelection } from "#renderer/parts/file-browser/use-file-selection.ts";
import type { FolderPlace } from "./documents-store.ts";
import { folderPath } from "./documents-route.ts";

/**
 * What an address names is selected once, when it is there; from then on the person selects. Who cites a file need not know
 * its folder, and it may have moved since: one is led to where it is now.
 */
export function useAskedFor(
  { scope, folderId }: FolderPlace,
  itemId: LibraryItemId,
  isThere: boolean,
  take: FileSelection["take"],
): void {
  const [done, setDone] = useState<string | null>(null);
  const { info } = useLiveQuery("document", { scope, itemId });
  const item = info?.document?.item;
  const isElsewhere =
    item !== undefined && item.trashed === undefined && (item.folderId ?? null) !== folderId;
  const wanted = item?.folderId ?? null;
  useEffect(() => {
    if (isElsewhere) useView.getState().go("documents", ...folderPath(scope, wanted, itemId));
  }, [isElsewhere, scope, wanted, itemId]);
  if (!isThere || done === itemId) return;
  setDone(itemId);
  take({ kind: "only", id: itemId });
}
