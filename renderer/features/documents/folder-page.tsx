import { useMemo, useState } from "react";
import type { LibraryItemId } from "#contract/ids.ts";
import type { QueryInfo } from "#contract/worker.ts";
import type { DocumentView } from "#contract/views/documents.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useView } from "#renderer/kit/view-store.ts";
import { useSession } from "#renderer/kit/worker-context.tsx";
import { FileBrowser } from "#renderer/parts/file-browser/file-browser.tsx";
import { useFileSelection, type FileSelection } from "#renderer/parts/file-browser/use-file-selection.ts";
import { AwayState, NotKeptLine } from "#renderer/parts/not-kept-note.tsx";
import { useBlobUrl } from "#renderer/ui/avatar.tsx";
import { EmptyState, ProblemNote } from "#renderer/ui/note.tsx";
import { DetailsPane } from "./details-pane.tsx";
import { DocumentDialogs } from "./document-dialogs.tsx";
import { toEntry } from "./document-entry.ts";
import { DocumentPreview } from "./document-preview.tsx";
import { useDocumentsStore, type FolderPlace } from "./documents-store.ts";
import { folderPath } from "./documents-route.ts";
import { EmptyFolder } from "./empty-folder.tsx";
import { FolderHead } from "./folder-head.tsx";
import { useAskedFor } from "./use-asked-for.ts";
import { UploadPanel } from "./upload-panel.tsx";
import { useBrowserDeeds } from "./use-browser-deeds.ts";
import { useFolder } from "./use-folder.ts";
import "./documents.css";

interface FolderPageProps {
  place: FolderPlace;
  /** Shown and selected when it was asked for by its address. */
  itemId: LibraryItemId | null;
  /** Where it stands under another head: on a space's page. */
  isEmbedded?: boolean;
}

/** A folder of a library: what lies in it, and everything that can be done there. */
export function FolderPage({ place, itemId, isEmbedded = false }: FolderPageProps) {
  const { t } = useTranslation();
  const blobUrl = useBlobUrl();
  const isSynced = useSession((session) => session.isReady);
  const { view, sort, setSort, hasDetails, renamingId, clipboard } = useDocumentsStore();
  const [typed, setTyped] = useState("");
  const [previewId, setPreview] = useState<string | null>(null);
  const { documents, info, isReady, problem } = useFolder(place, sort, typed);
  const people = info?.people;
  const entries = useMemo(
    () => documents.map((each) => toEntry(each, { t, people: people ?? {}, blobUrl })),
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- the address of a blob never changes within an account
    [documents, people, t],
  );
  const selection = useFileSelection(entries, `${place.scope}/${place.folderId ?? ""}`);
  const byId = useMemo(() => new Map(documents.map((each) => [each.item.id as string, each])), [documents]);
  const deeds = useBrowserDeeds({
    place,
    info,
    byId,
    selection,
    onPreview: (document) => setPreview(document.item.id),
    onOpenFolder: (folderId) => useView.getState().go("documents", ...folderPath(place.scope, folderId)),
  });
  const isKnown = isReady && (isSynced || documents.length > 0);
  const selected = selectedOf(selection.entries, byId);
  return (
    <div className="documents" data-details={hasDetails || undefined}>
      <div className="documents__main">
        <FolderHead
          place={place}
          info={info}
          selected={selected}
          typed={typed}
          onType={setTyped}
          deeds={deeds}
          isEmbedded={isEmbedded}
          onClearSelection={() => selection.take({ kind: "none" })}
        />
        {info !== null && !info.isKept ? <NotKeptLine /> : null}
        {problem === null ? null : <ProblemNote problem={problem} />}
        <FileBrowser
          label={t("documents.contentsOf", { name: folderName(info, t("documents.mine")) })}
          entries={entries}
          selection={selection}
          view={view}
          sort={sort}
          onSort={setSort}
          isLoading={!isKnown && problem === null}
          empty={<FolderEmpty info={info} isFiltered={typed.trim() !== ""} deeds={deeds} />}
          onOpen={deeds.open}
          commandsOf={deeds.commandsOf}
          onKey={deeds.onKey}
          renaming={renamingId === null ? null : deeds.renaming(renamingId)}
          drag={deeds.drag}
          clipboard={deeds.clipboard}
          cutIds={deeds.cutIds(clipboard)}
        />
        <UploadPanel />
      </div>
      {hasDetails ? <DetailsPane selected={selected} folder={info?.folder ?? null} /> : null}
      {itemId === null ? null : (
        <AskedFor place={place} itemId={itemId} isThere={byId.has(itemId)} take={selection.take} />
      )}
      <DocumentDialogs />
      {previewId === null ? null : (
        <DocumentPreview
          documents={documents}
          openId={previewId}
          onOpen={setPreview}
          onClose={() => setPreview(null)}
        />
      )}
    </div>
  );
}

function selectedOf(
  entries: readonly { id: string }[],
  byId: ReadonlyMap<string, DocumentView>,
): readonly DocumentView[] {
  return entries.flatMap(({ id }) => byId.get(id) ?? []);
}

function folderName(info: QueryInfo<"folder"> | null, mine: string): string {
  if (info === null) return mine;
  return info.path.at(-1)?.name ?? (info.placeName === "" ? mine : info.placeName);
}

interface AskedForProps {
  place: FolderPlace;
  itemId: LibraryItemId;
  isThere: boolean;
  take: FileSelection["take"];
}

function AskedFor({ place, itemId, isThere, take }: AskedForProps) {
  useAskedFor(place, itemId, isThere, take);
  return null;
}

interface FolderEmptyProps {
  info: QueryInfo<"folder"> | null;
  isFiltered: boolean;
  deeds: ReturnType<typeof useBrowserDeeds>;
}

function FolderEmpty({ info, isFiltered, deeds }: FolderEmptyProps) {
  const { t } = useTranslation();
  if (isFiltered) return <EmptyState>{t("documents.nothingFound")}</EmptyState>;
  if (info !== null && !info.isHere) return <AwayState />;
  if (info !== null && !info.isFound) return <EmptyState>{t("documents.folderGone")}</EmptyState>;
  return <EmptyFolder canWrite={info?.canWrite ?? false} deeds={deeds} />;
}
