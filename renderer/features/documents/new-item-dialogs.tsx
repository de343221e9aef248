import { useMemo, useState, type ReactNode } from "react";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useLiveQuery } from "#renderer/kit/worker-context.tsx";
import { useReportProblem } from "#renderer/parts/use-commands.ts";
import { useDocumentCommands } from "#renderer/parts/use-document-commands.ts";
import { Button } from "#renderer/ui/button.tsx";
import { Dialog, DialogActions, DialogBody } from "#renderer/ui/dialog.tsx";
import { TextField } from "#renderer/ui/field.tsx";
import { TextArea } from "#renderer/ui/form.tsx";
import type { FolderPlace } from "./documents-store.ts";
import { useNameWords } from "./use-browser-deeds.ts";
import { useDeeds } from "./use-deeds.ts";

interface NamedProps {
  title: string;
  place: FolderPlace;
  suggested: string;
  action: string;
  onName: (name: string) => void;
  onClose: () => void;
  children?: ReactNode;
}

/** A name for something new: what is wrong with it is said while it is typed. */
export function NameDialog({ title, place, suggested, action, onName, onClose, children }: NamedProps) {
  const { t } = useTranslation();
  const [name, setName] = useState(suggested);
  const { items } = useLiveQuery("folder", { ...place, sort: { by: "name", isDescending: false } });
  const byId = useMemo(() => new Map(items.map((each) => [each.item.id as string, each])), [items]);
  const fault = useNameWords(byId)(name.trim(), null);
  return (
    <Dialog title={title} onClose={onClose}>
      <form
        autoComplete="off"
        onSubmit={(event) => {
          event.preventDefault();
          if (fault !== null) return;
          onClose();
          onName(name.trim());
        }}
      >
        <DialogBody>
          <TextField
            label={t("documents.name")}
            value={name}
            onChange={setName}
            // oxlint-disable-next-line jsx-a11y/no-autofocus -- the one field of a dialog that was just asked for
            autoFocus
            aria-invalid={fault !== null && name !== ""}
            onFocus={(event) => selectStem(event.target)}
            {...(fault !== null && name !== "" ? { hint: fault } : {})}
          />
          {children}
          <DialogActions>
            <Button onPress={onClose}>{t("action.cancel")}</Button>
            <Button tone="primary" type="submit" isDisabled={fault !== null}>
              {action}
            </Button>
          </DialogActions>
        </DialogBody>
      </form>
    </Dialog>
  );
}

function selectStem(field: HTMLInputElement): void {
  const dot = field.value.lastIndexOf(".");
  field.setSelectionRange(0, dot > 0 ? dot : field.value.length);
}

interface NewItemProps {
  place: FolderPlace;
  onClose: () => void;
}

export function NewFolderDialog({ place, onClose }: NewItemProps) {
  const { t } = useTranslation();
  const deeds = useDeeds();
  return (
    <NameDialog
      title={t("documents.newFolder")}
      place={place}
      suggested=""
      action={t("action.create")}
      onName={(name) => void deeds.createFolder(place, name)}
      onClose={onClose}
    />
  );
}

const TYPES = { md: "text/markdown", txt: "text/plain" } as const;

export function NewFileDialog({ place, ending, onClose }: NewItemProps & { ending: "md" | "txt" }) {
  const { t } = useTranslation();
  const commands = useDocumentCommands();
  const report = useReportProblem();
  const [text, setText] = useState("");
  const create = async (name: string) => {
    const file = new File([text === "" ? "\n" : text], name, { type: TYPES[ending] });
    const added = await commands.addFiles(place, [{ file, name }]);
    const [failure] = added.problems;
    if (failure !== undefined) report(failure.problem);
  };
  return (
    <NameDialog
      title={t(`documents.newFile.${ending}`)}
      place={place}
      suggested={`${t("documents.newFile.name")}.${ending}`}
      action={t("action.create")}
      onName={(name) => void create(name)}
      onClose={onClose}
    >
      <TextArea label={t("documents.newFile.text")} value={text} onChange={setText} rows={8} />
    </NameDialog>
  );
}
