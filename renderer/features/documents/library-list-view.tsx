import { Clock, FolderOpen, FolderSymlink, Search, Star, Trash2, type LucideIcon } from "lucide-react";
import { useState, type DragEvent, type ReactNode } from "react";
import { parseScope, type Scope } from "#contract/scope.ts";
import type { LibrarySummary } from "#contract/views/documents.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { matchesWords } from "#renderer/kit/text-words.ts";
import { useRoving } from "#renderer/kit/use-roving.ts";
import { useView } from "#renderer/kit/view-store.ts";
import { useLiveQuery, useSession } from "#renderer/kit/worker-context.tsx";
import { ClassificationTag } from "#renderer/parts/classification-tag.tsx";
import { useDropTarget } from "#renderer/parts/file-browser/use-drop-target.ts";
import { NOBODY } from "#renderer/parts/use-commands.ts";
import { EmojiAvatar } from "#renderer/ui/avatar.tsx";
import { ICON_SIZE, ICON_STROKE } from "#renderer/ui/button.tsx";
import { EmptyState, ProblemNote, SkeletonRows } from "#renderer/ui/note.tsx";
import { SearchBox } from "#renderer/ui/search-box.tsx";
import { folderPath, parseDocumentsPath, trashPath, type DocumentsPlace } from "./documents-route.ts";
import { useDrops } from "./use-drops.ts";
import "./library-list.css";

/** Libraries of the reader, and their own ways across them. */
export function LibraryListView() {
  const { t } = useTranslation();
  const me = useSession((session) => session.me?.id ?? NOBODY);
  const isReady = useSession((session) => session.isReady);
  const path = useView((state) => state.path);
  const place = parseDocumentsPath(path, me);
  const { items, status, problem } = useLiveQuery("libraries", {});
  const [typed, setTyped] = useState("");
  const onRove = useRoving({ hasTypeToFind: true });
  const own = items.find(({ isOwn }) => isOwn);
  const spaces = items.filter(
    ({ isOwn, space }) => !isOwn && space !== null && matchesWords(space.name, typed),
  );
  const isKnown = status === "ready" && isReady;
  return (
    <>
      <div className="list-tools">
        <SearchBox
          label={t("documents.search")}
          value={typed}
          onChange={setTyped}
          onKeyDown={(event) => {
            if (event.key === "Escape") setTyped("");
            if (event.key === "Enter" && typed.trim() !== "") openPath(["search", typed.trim()]);
          }}
        />
      </div>
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- arrows move between its buttons */}
      <div className="conversation-list" onKeyDown={onRove}>
        <ul className="plain-list library-places">
          {typed.trim() === "" ? null : (
            <PlaceRow
              icon={Search}
              label={t("documents.searchFor", { text: typed.trim() })}
              path={["search", typed.trim()]}
              isCurrent={false}
            />
          )}
          <PlaceRow
            icon={Clock}
            label={t("documents.recent")}
            path={["recent"]}
            isCurrent={place.kind === "recent"}
          />
          <PlaceRow
            icon={Star}
            label={t("documents.favourites")}
            path={["favourites"]}
            isCurrent={place.kind === "favourites"}
          />
          <PlaceRow
            icon={FolderSymlink}
            label={t("documents.share.withMe")}
            path={["shared"]}
            isCurrent={place.kind === "shared" || (place.kind === "folder" && isShare(place.scope))}
          />
        </ul>
        {own === undefined ? null : (
          <ul className="plain-list library-places">
            <LibraryRow library={own} place={place} />
            <TrashRow library={own} place={place} />
          </ul>
        )}
        {problem === null ? null : <ProblemNote problem={problem} />}
        <SpaceLibraries spaces={spaces} place={place} isKnown={isKnown} isFiltered={typed !== ""} />
      </div>
    </>
  );
}

interface SpaceLibrariesProps {
  spaces: readonly LibrarySummary[];
  place: DocumentsPlace;
  isKnown: boolean;
  isFiltered: boolean;
}

function SpaceLibraries({ spaces, place, isKnown, isFiltered }: SpaceLibrariesProps) {
  const { t } = useTranslation();
  if (!isKnown && spaces.length === 0) return <SkeletonRows count={5} />;
  if (spaces.length === 0) {
    return <EmptyState>{isFiltered ? t("documents.noLibraryFound") : t("documents.noLibraries")}</EmptyState>;
  }
  return (
    <section aria-labelledby="space-libraries">
      <div className="list-group">
        <h2 id="space-libraries" className="list-group__name">
          {t("documents.ofSpaces")}
        </h2>
      </div>
      <ul className="plain-list">
        {spaces.map((library) => (
          <LibraryRow key={library.key} library={library} place={place} />
        ))}
      </ul>
    </section>
  );
}

function LibraryRow({ library, place }: { library: LibrarySummary; place: DocumentsPlace }) {
  const { t } = useTranslation();
  const { scope, space, isOwn, files, canWrite } = library;
  const drops = useDrops();
  const name = isOwn ? t("documents.mine") : (space?.name ?? "");
  const { isOver, props } = useDropTarget({
    effectOf: (event) => (canWrite ? drops.effectOf({ scope, folderId: null }, event) : null),
    onDrop: (event) => drops.onDrop({ scope, folderId: null }, event),
  });
  const isCurrent = place.kind === "folder" && place.scope === scope;
  return (
    <li>
      <ListRow
        label={name}
        path={folderPath(scope, null)}
        isCurrent={isCurrent}
        isStop={isOwn}
        isOver={isOver}
        drop={props}
      >
        {isOwn ? (
          <FolderOpen size={ICON_SIZE} strokeWidth={ICON_STROKE} aria-hidden />
        ) : (
          <EmojiAvatar emoji={space === null || space.emoji === "" ? "•" : space.emoji} />
        )}
        <span className="library-row__name">{name}</span>
        <ClassificationTag level={library.classification} />
        {files === 0 ? null : (
          <span className="library-row__count">
            <span aria-hidden>{files}</span>
            <span className="visually-hidden">{t("documents.files", { count: files })}</span>
          </span>
        )}
      </ListRow>
    </li>
  );
}

function TrashRow({ library, place }: { library: LibrarySummary; place: DocumentsPlace }) {
  const { t } = useTranslation();
  const isCurrent = place.kind === "trash" && place.scope === library.scope;
  return (
    <PlaceRow
      icon={Trash2}
      label={t("documents.myTrash")}
      path={trashPath(library.scope)}
      isCurrent={isCurrent}
    />
  );
}

interface PlaceRowProps {
  icon: LucideIcon;
  label: string;
  path: string[];
  isCurrent: boolean;
}

function PlaceRow({ icon: Icon, label, path, isCurrent }: PlaceRowProps) {
  return (
    <li>
      <ListRow label={label} path={path} isCurrent={isCurrent}>
        <Icon size={ICON_SIZE} strokeWidth={ICON_STROKE} aria-hidden />
        <span className="library-row__name">{label}</span>
      </ListRow>
    </li>
  );
}

function isShare(scope: Scope): boolean {
  return parseScope(scope).kind === "share";
}

function openPath(path: readonly string[]): void {
  const { go, showPane } = useView.getState();
  go("documents", ...path);
  showPane("content");
}

interface ListRowProps {
  label: string;
  path: string[];
  isCurrent: boolean;
  isStop?: boolean;
  isOver?: boolean;
  drop?: Record<"onDragEnter" | "onDragOver" | "onDragLeave" | "onDrop", (event: DragEvent) => void>;
  children: ReactNode;
}

function ListRow({ label, path, isCurrent, isStop = false, isOver = false, drop, children }: ListRowProps) {
  return (
    <button
      type="button"
      className="library-row"
      aria-current={isCurrent ? "page" : undefined}
      data-roving={label}
      data-over={isOver || undefined}
      tabIndex={isCurrent || isStop ? 0 : -1}
      onClick={() => openPath(path)}
      {...drop}
    >
      {children}
    </button>
  );
}
