import { Plus } from "lucide-react";
import { useState } from "react";
import type { DriveInfo } from "#contract/drives.ts";
import { useHost } from "#renderer/kit/host-context.tsx";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useRoving } from "#renderer/kit/use-roving.ts";
import { useView } from "#renderer/kit/view-store.ts";
import { EmojiAvatar } from "#renderer/ui/avatar.tsx";
import { Button, ICON_STROKE, IconButton } from "#renderer/ui/button.tsx";
import { EmptyState, SkeletonRows } from "#renderer/ui/note.tsx";
import { SearchBox } from "#renderer/ui/search-box.tsx";
import { AddDriveDialog } from "./add-drive-dialog.tsx";
import { DriveIcon } from "./drive-icon.tsx";
import { useDriveStateWords } from "./drive-words.ts";
import { openLibrary, useDrives, useLibraries, type LibraryPlace } from "./drive-store.ts";
import { DriveProblem } from "./drive-problem.tsx";
import { OfflineRow } from "./offline-view.tsx";
import { SearchHits } from "./search-hits.tsx";
import { useListDrop } from "./use-list-drop.ts";
import "./drive-list.css";

const ORIGINS = [
  { key: "mine", origins: ["person"] },
  { key: "given", origins: ["workplace", "policy"] },
  { key: "system", origins: ["system"] },
] as const;

/** The drives of this machine and a search in all of them. */
export function DriveListView() {
  const { t } = useTranslation();
  const { drives, isKnown, problem } = useDrives();
  const [isAdding, setAdding] = useState(false);
  const [typed, setTyped] = useState("");
  const onRove = useRoving({ hasTypeToFind: true });
  return (
    <>
      <div className="list-tools">
        <SearchBox label={t("drives.search.box")} value={typed} onChange={setTyped} />
        <IconButton icon={Plus} label={t("drives.add.title")} onPress={() => setAdding(true)} />
      </div>
      {typed.trim() === "" ? (
        // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- arrows move between its buttons
        <div className="conversation-list" onKeyDown={onRove}>
          {problem === null ? null : <DriveProblem problem={problem} />}
          {!isKnown && problem === null ? <SkeletonRows count={4} /> : null}
          {isKnown && drives.length === 0 ? (
            <EmptyState
              action={
                <Button tone="primary" onPress={() => setAdding(true)}>
                  {t("drives.add.title")}
                </Button>
              }
            >
              {t("drives.none")}
            </EmptyState>
          ) : null}
          {drives.length === 0 ? null : <OfflineRow />}
          {ORIGINS.map(({ key, origins }) => (
            <DriveSection
              key={key}
              title={t(`drives.${key}`)}
              drives={drives.filter(({ origin }) => origins.some((each) => each === origin))}
            />
          ))}
          <LibrarySection />
        </div>
      ) : (
        <SearchHits text={typed} />
      )}
      {isAdding ? <AddDriveDialog onClose={() => setAdding(false)} /> : null}
    </>
  );
}

function DriveSection({ title, drives }: { title: string; drives: readonly DriveInfo[] }) {
  if (drives.length === 0) return null;
  return (
    <section aria-label={title}>
      <div className="list-group">
        <h2 className="list-group__name">{title}</h2>
      </div>
      <ul className="plain-list">
        {drives.map((drive) => (
          <DriveRow key={drive.id} drive={drive} />
        ))}
      </ul>
    </section>
  );
}

/** The same files as under « Documents », beside drives: to be copied from one to the other, or kept offline. */
function LibrarySection() {
  const { t } = useTranslation();
  const libraries = useLibraries();
  if (libraries.length === 0) return null;
  return (
    <section aria-label={t("drives.libraries")}>
      <div className="list-group">
        <h2 className="list-group__name">{t("drives.libraries")}</h2>
      </div>
      <ul className="plain-list">
        {libraries.map((library) => (
          <LibraryRow key={library.driveId} library={library} />
        ))}
      </ul>
    </section>
  );
}

function LibraryRow({ library }: { library: LibraryPlace }) {
  const { t } = useTranslation();
  const host = useHost();
  const go = useView((state) => state.go);
  const { driveId, name, emoji } = library;
  const isCurrent = useView((state) => state.path[0] === driveId);
  const drop = useListDrop(driveId, {
    canWrite: true,
    // A library is reached before something is put into it.
    prepare: async () => (await openLibrary(host, library)).ok,
  });
  const words = name === "" ? t("drives.ownLibrary") : name;
  return (
    <li>
      <button
        type="button"
        className="drive-row"
        data-roving={words}
        data-over={drop.isOver || undefined}
        onClick={() => go("drives", driveId)}
        {...(isCurrent ? { "aria-current": "page" as const } : {})}
        {...drop.props}
      >
        <EmojiAvatar emoji={emoji === "" ? "📁" : emoji} />
        <span className="drive-row__words">
          <span className="drive-row__name">{words}</span>
        </span>
      </button>
    </li>
  );
}

function DriveRow({ drive }: { drive: DriveInfo }) {
  const stateWords = useDriveStateWords();
  const go = useView((state) => state.go);
  const isCurrent = useView((state) => state.path[0] === drive.id);
  const drop = useListDrop(drive.id, { canWrite: drive.state === "connected" && drive.canWrite !== false });
  return (
    <li>
      <button
        type="button"
        className="drive-row"
        data-roving={drive.name}
        data-over={drop.isOver || undefined}
        onClick={() => go("drives", drive.id)}
        {...(isCurrent ? { "aria-current": "page" as const } : {})}
        {...drop.props}
      >
        <DriveIcon drive={drive} size={20} strokeWidth={ICON_STROKE} />
        <span className="drive-row__words">
          <span className="drive-row__name">{drive.name}</span>
          {drive.state === "connected" ? null : (
            <span className={`drive-row__state drive-row__state--${drive.state}`}>{stateWords(drive)}</span>
          )}
        </span>
      </button>
    </li>
  );
}
