import { useEffect, useState } from "react";
import { nameOf, parentPath, type DrivePath } from "#contract/drives.ts";
import type { Problem } from "#contract/problem.ts";
import { useHost } from "#renderer/kit/host-context.tsx";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { plainWords } from "#renderer/kit/link-host.ts";
import { useView } from "#renderer/kit/view-store.ts";
import { Button } from "#renderer/ui/button.tsx";
import { CopyButton, EmptyState, SkeletonRows } from "#renderer/ui/note.tsx";
import { AddDriveDialog } from "./add-drive-dialog.tsx";
import { DriveProblem } from "./drive-problem.tsx";

interface CitedFileViewProps {
  address: string;
  path: DrivePath;
}

/** A file that somebody cited: shown on whichever drive holds it here; where none does, what can be done about it. */
export function CitedFileView({ address, path }: CitedFileViewProps) {
  const host = useHost();
  const go = useView((state) => state.go);
  const [isUnknown, setUnknown] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [isAdding, setAdding] = useState(false);
  useEffect(() => {
    let isWanted = true;
    void host.call("drives.locate", { address, path }).then((answer) => {
      if (!isWanted) return;
      if (!answer.ok) setProblem(answer.error);
      else if (answer.value === null) setUnknown(true);
      else {
        const folder = parentPath(answer.value.path);
        go("drives", answer.value.driveId, ...(folder === "" ? [] : folder.split("/")));
      }
    });
    return () => {
      isWanted = false;
    };
  }, [host, address, path, go]);
  if (problem !== null) return <DriveProblem problem={problem} />;
  if (!isUnknown) return <SkeletonRows count={6} />;
  return (
    <>
      <NoSuchDrive address={address} path={path} onAdd={() => setAdding(true)} />
      {isAdding ? <AddDriveDialog address={address} onClose={() => setAdding(false)} /> : null}
    </>
  );
}

function NoSuchDrive({ address, path, onAdd }: CitedFileViewProps & { onAdd: () => void }) {
  const { t } = useTranslation();
  const name = plainWords(path === "" ? address : nameOf(path));
  const drive = plainWords(address);
  return (
    <EmptyState
      action={
        <div className="cited__actions">
          <Button tone="primary" onPress={onAdd}>
            {t("drives.cited.add")}
          </Button>
          <CopyButton text={t("drives.cited.request", { name, drive })} label={t("drives.cited.ask")} />
        </div>
      }
    >
      <strong>{t("drives.cited.title", { name })}</strong>
      <br />
      {t("drives.cited.text", { drive })}
    </EmptyState>
  );
}
