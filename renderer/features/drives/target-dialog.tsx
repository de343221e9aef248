import { ArrowUp, Folder } from "lucide-react";
import { useMemo, useState } from "react";
import { parentPath, TOP, type DriveId, type DrivePath } from "#contract/drives.ts";
import { useHost } from "#renderer/kit/host-context.tsx";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useRoving } from "#renderer/kit/use-roving.ts";
import { Button, ICON_STROKE } from "#renderer/ui/button.tsx";
import { Dialog, DialogActions, DialogBody } from "#renderer/ui/dialog.tsx";
import { SelectField } from "#renderer/ui/form.tsx";
import { EmptyState, SkeletonRows } from "#renderer/ui/note.tsx";
import { DriveProblem } from "./drive-problem.tsx";
import { openLibrary, useDrives, useLibraries } from "./drive-store.ts";
import { useFolder } from "./use-folder.ts";

export interface Target {
  driveId: DriveId;
  path: DrivePath;
}

interface TargetDialogProps {
  title: string;
  /** The deed: « Déplacer ici ». */
  action: string;
  from: Target;
  /** Folders that cannot be gone into: those that are moved. */
  without: readonly DrivePath[];
  onChoose: (target: Target) => void;
  onClose: () => void;
}

/** A folder of any drive, found by walking. */
export function TargetDialog({ title, action, from, without, onChoose, onClose }: TargetDialogProps) {
  const { t } = useTranslation();
  const host = useHost();
  const { drives } = useDrives();
  const libraries = useLibraries();
  const [target, setTarget] = useState(from);
  const reachable = drives.filter(({ state, canWrite }) => state === "connected" && canWrite !== false);
  const places = [
    ...reachable.map(({ id, name }) => ({ value: id, label: name })),
    ...libraries.map(({ driveId, name }) => ({
      value: driveId,
      label: t("drives.libraryOf", { name: name === "" ? t("drives.ownLibrary") : name }),
    })),
  ];
  const choosePlace = (driveId: DriveId) => {
    const library = libraries.find((each) => each.driveId === driveId);
    // A library is reached before one can look into it.
    if (library === undefined) setTarget({ driveId, path: TOP });
    else void openLibrary(host, library).then(() => setTarget({ driveId, path: TOP }));
  };
  return (
    <Dialog title={title} onClose={onClose}>
      <DialogBody>
        <SelectField
          label={t("drives.title")}
          value={target.driveId}
          options={places}
          onChange={choosePlace}
        />
        <FolderChoice key={`${target.driveId}/${target.path}`} {...{ target, without, setTarget }} />
        <DialogActions>
          <Button onPress={onClose}>{t("action.cancel")}</Button>
          <Button
            tone="primary"
            isDisabled={target.driveId === from.driveId && target.path === from.path}
            onPress={() => onChoose(target)}
          >
            {action}
          </Button>
        </DialogActions>
      </DialogBody>
    </Dialog>
  );
}

interface FolderChoiceProps {
  target: Target;
  without: readonly DrivePath[];
  setTarget: (target: Target) => void;
}

function FolderChoice({ target, without, setTarget }: FolderChoiceProps) {
  const { t } = useTranslation();
  const { driveId, path } = target;
  const { entries, isLoading, problem } = useFolder(driveId, path);
  const onRove = useRoving({ hasTypeToFind: true });
  const folders = useMemo(
    () =>
      entries
        .filter((entry) => entry.kind === "folder" && !without.includes(entry.path))
        .toSorted((a, b) => a.name.localeCompare(b.name, undefined, { numeric: true })),
    [entries, without],
  );
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- arrows move between its buttons
    <div className="target" onKeyDown={onRove}>
      <p className="target__path">
        <bdi>/{path}</bdi>
      </p>
      {problem === null ? null : <DriveProblem problem={problem} />}
      <ul className="plain-list target__list" aria-label={t("drives.chooseTarget")}>
        {path === TOP ? null : (
          <li>
            <button
              type="button"
              className="drive-row"
              data-roving=".."
              onClick={() => setTarget({ driveId, path: parentPath(path) })}
            >
              <ArrowUp size={20} strokeWidth={ICON_STROKE} aria-hidden />
              {t("drives.up")}
            </button>
          </li>
        )}
        {folders.map((folder) => (
          <li key={folder.path}>
            <button
              type="button"
              className="drive-row"
              data-roving={folder.name}
              onClick={() => setTarget({ driveId, path: folder.path })}
            >
              <Folder size={20} strokeWidth={ICON_STROKE} aria-hidden />
              <bdi className="drive-row__name">{folder.name}</bdi>
            </button>
          </li>
        ))}
      </ul>
      {isLoading && folders.length === 0 ? <SkeletonRows count={3} /> : null}
      {!isLoading && folders.length === 0 && problem === null ? (
        <EmptyState>{t("drives.noFolders")}</EmptyState>
      ) : null}
    </div>
  );
}
