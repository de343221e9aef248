import { useView } from "#renderer/kit/view-store.ts";
import { useSession } from "#renderer/kit/worker-context.tsx";
import { parseDocumentsPath } from "./documents-route.ts";
import { FolderPage } from "./folder-page.tsx";
import { LibraryListView } from "./library-list-view.tsx";
import { FavouritesPage, RecentPage, SearchPage, SharedPage, TrashPage } from "./list-pages.tsx";

/** The list pane of the module. */
export function DocumentsList() {
  return <LibraryListView />;
}

/** The content pane: a folder, or one of the ways across all libraries. */
export function DocumentsContent() {
  const path = useView((state) => state.path);
  const me = useSession((session) => session.me?.id ?? null);
  if (me === null) return null;
  const place = parseDocumentsPath(path, me);
  switch (place.kind) {
    case "search":
      return <SearchPage key={place.text} text={place.text} />;
    case "recent":
      return <RecentPage />;
    case "favourites":
      return <FavouritesPage />;
    case "shared":
      return <SharedPage />;
    case "trash":
      return <TrashPage key={place.scope} scope={place.scope} />;
    case "folder": {
      const { scope, folderId, itemId } = place;
      return <FolderPage key={`${scope}/${folderId ?? ""}`} place={{ scope, folderId }} itemId={itemId} />;
    }
  }
}
