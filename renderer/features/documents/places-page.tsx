import { FolderSearch } from "lucide-react";
import { useMemo, useState, type ReactNode } from "react";
import type { Problem } from "#contract/problem.ts";
import type { DocumentPeople, DocumentView, PlacedDocument } from "#contract/views/documents.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { matchesWords } from "#renderer/kit/text-words.ts";
import { useView } from "#renderer/kit/view-store.ts";
import { useSession } from "#renderer/kit/worker-context.tsx";
import { FileBrowser } from "#renderer/parts/file-browser/file-browser.tsx";
import { useFileSelection } from "#renderer/parts/file-browser/use-file-selection.ts";
import { useBlobUrl } from "#renderer/ui/avatar.tsx";
import type { Command } from "#renderer/ui/menu.tsx";
import { EmptyState, ProblemNote } from "#renderer/ui/note.tsx";
import { SearchBox } from "#renderer/ui/search-box.tsx";
import { DetailsPane } from "./details-pane.tsx";
import { DocumentDialogs } from "./document-dialogs.tsx";
import { toPlacedEntry } from "./document-entry.ts";
import { DocumentPreview } from "./document-preview.tsx";
import { folderPath } from "./documents-route.ts";
import { useDocumentsStore } from "./documents-store.ts";
import { BackToList, SelectionTools, ViewTools } from "./folder-head.tsx";
import { UploadPanel } from "./upload-panel.tsx";
import { useDocumentMenu } from "./use-document-menu.ts";
import "./documents.css";

interface PlacesPageProps {
  title: string;
  documents: readonly PlacedDocument[];
  people: DocumentPeople;
  isReady: boolean;
  problem: Problem | null;
  empty: ReactNode;
  /** Beside the title's own tools. */
  tools?: ReactNode;
  /** In place of the usual commands: what is in the trash has its own. */
  commandsFor?: (documents: readonly DocumentView[]) => Command[];
}

/** Files from several folders: recent ones, favourites, the trash. */
export function PlacesPage(props: PlacesPageProps) {
  const { title, documents, people, isReady, problem, empty, tools } = props;
  const { t } = useTranslation();
  const blobUrl = useBlobUrl();
  const isSynced = useSession((session) => session.isReady);
  const { view, hasDetails } = useDocumentsStore();
  const [typed, setTyped] = useState("");
  const [previewId, setPreview] = useState<string | null>(null);
  const shown = useMemo(
    () => documents.filter(({ item }) => matchesWords(item.name, typed)),
    [documents, typed],
  );
  const entries = useMemo(
    () => shown.map((each) => toPlacedEntry(each, { t, people, blobUrl })),
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- the address of a blob never changes within an account
    [shown, people, t],
  );
  const selection = useFileSelection(entries, title);
  const byId = useMemo(() => new Map(shown.map((each) => [each.item.id as string, each])), [shown]);
  const selected = selection.entries.flatMap(({ id }) => byId.get(id) ?? []);
  const open = (document: DocumentView) => {
    if (document.item.kind === "folder") goTo(document, document.item.id);
    else setPreview(document.item.id);
  };
  const usual = useDocumentMenu({ canRun: false, open });
  const commandsFor = (chosen: readonly DocumentView[]): Command[] => {
    if (props.commandsFor !== undefined) return props.commandsFor(chosen);
    const [only] = chosen;
    const commands = usual(chosen).filter(({ id }) => id !== "rename");
    return only === undefined || chosen.length > 1
      ? commands
      : [...commands.slice(0, 1), showPlace(only, t), ...commands.slice(1)];
  };
  const runKey = (id: string) => {
    const command = commandsFor(selected).find((each) => each.id === id);
    command?.run();
    return command !== undefined;
  };
  return (
    <div className="documents">
      <div className="documents__main">
        <header className="documents-head">
          <div className="documents-head__row">
            <BackToList />
            <h2 className="documents-head__title">{title}</h2>
            <ViewTools hasSort={false} />
          </div>
          <div className="documents-head__row" role="toolbar" aria-label={t("documents.tools")}>
            {selected.length > 0 ? (
              <SelectionTools
                selected={selected}
                deeds={{ commandsFor }}
                onClear={() => selection.take({ kind: "none" })}
              />
            ) : (
              tools
            )}
            <div className="documents-head__filter">
              <SearchBox label={t("documents.filter")} value={typed} onChange={setTyped} />
            </div>
          </div>
        </header>
        {problem === null ? null : <ProblemNote problem={problem} />}
        <FileBrowser
          label={title}
          entries={entries}
          selection={selection}
          view={view}
          sort={null}
          hasPlaces
          isLoading={!(isReady && (isSynced || documents.length > 0)) && problem === null}
          empty={typed.trim() === "" ? empty : <EmptyState>{t("documents.nothingFound")}</EmptyState>}
          onOpen={({ id }) => {
            const document = byId.get(id);
            if (document !== undefined) open(document);
          }}
          commandsOf={(chosen) => commandsFor(chosen.flatMap(({ id }) => byId.get(id) ?? []))}
          onKey={(event) => {
            if (event.key === "Delete") return runKey("trash") || runKey("remove");
            if (event.key === "Enter" && event.altKey) return runKey("details");
            return false;
          }}
        />
        <UploadPanel />
      </div>
      {hasDetails ? <DetailsPane selected={selected} folder={null} /> : null}
      <DocumentDialogs />
      {previewId === null ? null : (
        <DocumentPreview
          documents={shown}
          openId={previewId}
          onOpen={setPreview}
          onClose={() => setPreview(null)}
        />
      )}
    </div>
  );
}

function goTo({ scope }: DocumentView, folderId: string | null, itemId?: string): void {
  useView.getState().go("documents", ...folderPath(scope, folderId, itemId));
}

/** In the folder that it lies in, selected. */
function showPlace(document: DocumentView, t: ReturnType<typeof useTranslation>["t"]): Command {
  return {
    id: "show",
    label: t("documents.showPlace"),
    icon: FolderSearch,
    run: () => goTo(document, document.item.folderId ?? null, document.item.id),
  };
}
