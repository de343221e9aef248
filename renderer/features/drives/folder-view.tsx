import { useMemo, useState } from "react";
import type { DriveEntry, DriveInfo, DrivePath } from "#contract/drives.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { fold } from "#renderer/kit/text-words.ts";
import { FileBrowser } from "#renderer/parts/file-browser/file-browser.tsx";
import { nextSort, type FileEntry } from "#renderer/parts/file-browser/file-entry.ts";
import { useFileSelection } from "#renderer/parts/file-browser/use-file-selection.ts";
import { EmptyState } from "#renderer/ui/note.tsx";
import { sortEntries, useFileEntries } from "./drive-entries.ts";
import { DriveProblem } from "./drive-problem.tsx";
import { FolderBar } from "./folder-bar.tsx";
import { FolderDialogs, type FolderDialog } from "./folder-dialogs.tsx";
import { PickFiles } from "./pick-files.tsx";
import { useFolderCommands } from "./use-folder-commands.ts";
import { useFolderDrag } from "./use-folder-drag.ts";
import { useFolderLook } from "./folder-look.ts";
import { useFolderMarks } from "./offline-store.ts";
import { useExplainName } from "./use-explain-name.ts";
import { useEntryDeeds } from "./use-entry-deeds.ts";
import { useFolder } from "./use-folder.ts";

/** What lies in a folder of a drive, and what can be done with it. */
export function FolderView({ drive, path }: { drive: DriveInfo; path: DrivePath }) {
  const { t, i18n } = useTranslation();
  const folder = useFolder(drive.id, path);
  const marks = useFolderMarks(drive.id, path);
  const { view, sort, setView, setSort } = useFolderLook();
  const [typed, setTyped] = useState("");
  const [dialog, setDialog] = useState<FolderDialog | null>(null);
  const [renamingId, setRenaming] = useState<string | null>(null);
  const explain = useExplainName();
  const deeds = useEntryDeeds(drive, folder.reload);
  const sorted = useMemo(
    () => sortEntries(filtered(folder.entries, typed), sort, i18n.language),
    [folder.entries, typed, sort, i18n.language],
  );
  const files = useFileEntries(sorted, marks);
  const selection = useFileSelection(files, `${drive.id}/${path}`);
  const byId = useMemo(
    () => new Map(sorted.map((entry): [string, DriveEntry] => [entry.path, entry])),
    [sorted],
  );
  const entriesOf = (wanted: readonly FileEntry[]) =>
    found(
      byId,
      wanted.map(({ id }) => id),
    );
  const commands = useFolderCommands({
    drive,
    path,
    marks,
    deeds,
    reload: folder.reload,
    show: setDialog,
    rename: setRenaming,
  });
  const drag = useFolderDrag({ drive, path, reload: folder.reload });
  const canWrite = drive.canWrite !== false;
  return (
    <>
      <FolderBar
        drive={drive}
        path={path}
        typed={typed}
        setTyped={setTyped}
        view={view}
        setView={setView}
        commands={commands.ofFolder}
        selected={entriesOf(selection.entries)}
        commandsOf={commands.ofEntries}
        isLoading={folder.isLoading}
      />
      {folder.problem === null || drive.state !== "connected" ? null : (
        <div className="drive-note">
          <DriveProblem
            problem={folder.problem}
            {...(folder.entries.length > 0 ? { kept: t("drives.listingStays") } : {})}
          />
        </div>
      )}
      <FileBrowser
        label={t("drives.contentOf", { name: path === "" ? drive.name : path })}
        entries={files}
        selection={selection}
        view={view}
        sort={sort}
        hasAuthors={false}
        onSort={(wanted) => setSort(wanted.by === sort.by ? wanted : nextSort(sort, wanted.by))}
        isLoading={folder.isLoading}
        empty={<Empty isFiltered={typed !== ""} hasFailed={folder.problem !== null} canWrite={canWrite} />}
        onOpen={(file) => commands.open(byId.get(file.id))}
        commandsOf={(wanted) =>
          wanted.length === 0 ? commands.ofFolder : commands.ofEntries(entriesOf(wanted))
        }
        onKey={(event) => commands.onKey(event, entriesOf(selection.entries))}
        renaming={
          renamingId === null
            ? null
            : {
                id: renamingId,
                explain: (name, { id }) => explain(name, sorted, id),
                onDone: (name) => {
                  const entry = byId.get(renamingId);
                  setRenaming(null);
                  if (name !== null && entry !== undefined) void deeds.rename(entry, name);
                },
              }
        }
        drag={drag}
      />
      <PickFiles drive={drive} path={path} />
      <FolderDialogs
        dialog={dialog}
        drive={drive}
        path={path}
        entries={sorted}
        deeds={deeds}
        onClose={() => setDialog(null)}
      />
    </>
  );
}

function found(byId: ReadonlyMap<string, DriveEntry>, ids: readonly string[]): DriveEntry[] {
  return ids.map((id) => byId.get(id)).filter((entry) => entry !== undefined);
}

function filtered(entries: readonly DriveEntry[], typed: string): readonly DriveEntry[] {
  const words = fold(typed.trim());
  return words === "" ? entries : entries.filter(({ name }) => fold(name).includes(words));
}

interface EmptyProps {
  isFiltered: boolean;
  hasFailed: boolean;
  canWrite: boolean;
}

function Empty({ isFiltered, hasFailed, canWrite }: EmptyProps) {
  const { t } = useTranslation();
  if (hasFailed) return null;
  if (isFiltered) return <EmptyState>{t("drives.noneFiltered")}</EmptyState>;
  return <EmptyState>{t(canWrite ? "drives.empty" : "drives.emptyReadOnly")}</EmptyState>;
}
