import { ArrowLeft, Ellipsis, ListTree, PlugZap, Trash2, Unplug } from "lucide-react";
import { useState } from "react";
import type { DriveId, DriveInfo, DrivePath } from "#contract/drives.ts";
import type { Result } from "#contract/result.ts";
import { useHost } from "#renderer/kit/host-context.tsx";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useView } from "#renderer/kit/view-store.ts";
import { IconButton } from "#renderer/ui/button.tsx";
import { ConfirmDialog } from "#renderer/ui/confirm-dialog.tsx";
import { MenuButton, type Command } from "#renderer/ui/menu.tsx";
import { EmptyState, SkeletonRows } from "#renderer/ui/note.tsx";
import { DriveFacts } from "./drive-facts.tsx";
import { putDrive, useDrive } from "./drive-store.ts";
import { DriveStateNote } from "./drive-state-note.tsx";
import { FolderView } from "./folder-view.tsx";
import { useSayProblem } from "./say-problem.ts";
import { TakenDialog } from "./taken-dialog.tsx";
import { TransferPanel } from "./transfer-panel.tsx";
import "./drive-page.css";

/** A drive: how it stands, and one of its folders. */
export function DrivePage({ driveId, path }: { driveId: DriveId; path: DrivePath }) {
  const { t } = useTranslation();
  const found = useDrive(driveId);
  // One's own library has no name of its own.
  const drive = found?.name === "" ? { ...found, name: t("drives.ownLibrary") } : found;
  if (drive === undefined) return <SkeletonRows count={8} />;
  if (drive === null) return <EmptyState>{t("drives.notThere")}</EmptyState>;
  return (
    <div className="drive-page">
      <header className="pane-head">
        <BackToList />
        <div className="pane-head__words">
          <h1 className="pane-head__title">
            <bdi>{drive.name}</bdi>
          </h1>
          <DriveFacts drive={drive} />
        </div>
        {drive.kind === "library" ? null : <DriveMenu drive={drive} />}
      </header>
      <DriveStateNote drive={drive} />
      {drive.state === "disconnected" || drive.state === "needsPassword" ? null : (
        <FolderView key={`${driveId}/${path}`} drive={drive} path={path} />
      )}
      <TransferPanel />
      <TakenDialog />
    </div>
  );
}

function BackToList() {
  const { t } = useTranslation();
  const showPane = useView((state) => state.showPane);
  return (
    <span className="only-narrow">
      <IconButton icon={ArrowLeft} label={t("drives.backToList")} onPress={() => showPane("list")} />
    </span>
  );
}

function DriveMenu({ drive }: { drive: DriveInfo }) {
  const { t } = useTranslation();
  const host = useHost();
  const go = useView((state) => state.go);
  const tell = useTell();
  const [isForgetting, setForgetting] = useState(false);
  const { id: driveId, name, index, origin, state } = drive;
  const isAway = state === "disconnected" || state === "unreachable";
  const commands: Command[] = [
    isAway
      ? {
          id: "connect",
          label: t("drives.connectAgain"),
          icon: PlugZap,
          run: () => void host.call("drives.connect", { driveId }).then(tell),
        }
      : {
          id: "disconnect",
          label: t("drives.disconnect"),
          icon: Unplug,
          run: () => void host.call("drives.disconnect", { driveId }).then(tell),
        },
    {
      id: "index",
      label: index === null ? t("drives.indexOn") : t("drives.indexStop"),
      icon: ListTree,
      run: () => void host.call("drives.setIndexed", { driveId, isIndexed: index === null }).then(tell),
    },
  ];
  if (origin === "person") {
    commands.push({
      id: "forget",
      label: t("drives.forget.action"),
      icon: Trash2,
      isDanger: true,
      isApart: true,
      run: () => setForgetting(true),
    });
  }
  const forget = () =>
    void host.call("drives.remove", { driveId }).then((answer) => {
      if (answer.ok) go("drives");
      else tell(answer);
    });
  return (
    <>
      <MenuButton
        label={t("drives.manage")}
        commands={commands}
        button={<IconButton icon={Ellipsis} label={t("drives.manage")} />}
      />
      {isForgetting ? (
        <ConfirmDialog
          title={t("drives.forget.title", { name })}
          action={t("drives.forget.action")}
          onConfirm={forget}
          onClose={() => setForgetting(false)}
        >
          <p>{t("drives.forget.text")}</p>
        </ConfirmDialog>
      ) : null}
    </>
  );
}

/** Shows the drive as it now is, or says what stood in the way. */
function useTell(): (answer: Result<DriveInfo | null>) => void {
  const say = useSayProblem();
  return (answer) => {
    if (!answer.ok) say(answer.error);
    else if (answer.value !== null) putDrive(answer.value);
  };
}
