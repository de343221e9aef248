import { useState, type FormEvent } from "react";
import type { DriveEntry, DriveInfo, DrivePath } from "#contract/drives.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { Button } from "#renderer/ui/button.tsx";
import { ConfirmDialog } from "#renderer/ui/confirm-dialog.tsx";
import { Dialog, DialogActions, DialogBody } from "#renderer/ui/dialog.tsx";
import { TextField } from "#renderer/ui/field.tsx";
import { EntryPreview } from "./entry-preview.tsx";
import { TargetDialog, type Target } from "./target-dialog.tsx";
import { UnpinDialog } from "./unpin-dialog.tsx";
import type { EntryDeeds } from "./use-entry-deeds.ts";
import { useExplainName } from "./use-explain-name.ts";

export type FolderDialog =
  | { kind: "newFolder" }
  | { kind: "delete"; entries: readonly DriveEntry[] }
  | { kind: "move" | "copy"; entries: readonly DriveEntry[] }
  | { kind: "preview" | "unpin"; entry: DriveEntry };

interface FolderDialogsProps {
  dialog: FolderDialog | null;
  drive: DriveInfo;
  path: DrivePath;
  entries: readonly DriveEntry[];
  deeds: EntryDeeds;
  onClose: () => void;
}

/** The dialog that a folder of a drive shows, if any. */
export function FolderDialogs({ dialog, drive, path, entries, deeds, onClose }: FolderDialogsProps) {
  const { t } = useTranslation();
  if (dialog === null) return null;
  switch (dialog.kind) {
    case "newFolder":
      return <NewFolderDialog {...{ path, entries, deeds, onClose }} />;
    case "delete": {
      const count = dialog.entries.length;
      return (
        <ConfirmDialog
          title={t("drives.delete.title", { count, name: dialog.entries[0]?.name ?? "" })}
          action={t("drives.delete.action")}
          onConfirm={() => void deeds.remove(dialog.entries)}
          onClose={onClose}
        >
          <p>{t("drives.delete.text")}</p>
        </ConfirmDialog>
      );
    }
    case "move":
    case "copy": {
      const choose = (target: Target) => {
        onClose();
        void (dialog.kind === "move" ? deeds.move : deeds.copy)(dialog.entries, target);
      };
      return (
        <TargetDialog
          title={t(`drives.${dialog.kind}To`)}
          action={t(`drives.${dialog.kind}Here`)}
          from={{ driveId: drive.id, path }}
          without={dialog.entries.map((entry) => entry.path)}
          onChoose={choose}
          onClose={onClose}
        />
      );
    }
    case "preview":
      return <EntryPreview drive={drive} entry={dialog.entry} onClose={onClose} />;
    case "unpin":
      return (
        <UnpinDialog
          pin={{ driveId: drive.id, path: dialog.entry.path }}
          name={dialog.entry.name}
          onClose={onClose}
        />
      );
  }
}

function NewFolderDialog({ path, entries, deeds, onClose }: Omit<FolderDialogsProps, "dialog" | "drive">) {
  const { t } = useTranslation();
  const explain = useExplainName();
  const [name, setName] = useState("");
  const fault = name === "" ? null : explain(name, entries, null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onClose();
    void deeds.makeFolder(path, name);
  };
  return (
    <Dialog title={t("drives.newFolder")} onClose={onClose}>
      <DialogBody>
        <form className="drive-form" onSubmit={submit}>
          <TextField
            label={t("drives.newFolderName")}
            value={name}
            onChange={setName}
            spellCheck={false}
            maxLength={255}
            {...(fault === null ? {} : { hint: fault, "aria-invalid": true })}
          />
          <DialogActions>
            <Button onPress={onClose}>{t("action.cancel")}</Button>
            <Button type="submit" tone="primary" isDisabled={name === "" || fault !== null}>
              {t("drives.create")}
            </Button>
          </DialogActions>
        </form>
      </DialogBody>
    </Dialog>
  );
}
