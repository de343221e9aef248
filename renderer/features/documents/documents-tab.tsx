import { useMemo } from "react";
import { spaceScope } from "#contract/scope.ts";
import type { SpaceTabProps } from "#renderer/kit/space-tabs-context.tsx";
import { FolderPage } from "./folder-page.tsx";

/** The library of a space on its own page; its folders are opened in the module. */
export function DocumentsTab({ spaceId }: SpaceTabProps) {
  const place = useMemo(() => ({ scope: spaceScope(spaceId), folderId: null }), [spaceId]);
  return <FolderPage place={place} itemId={null} isEmbedded />;
}
