import { useState } from "react";
import type { PlacedDocument } from "#contract/views/documents.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useRoving } from "#renderer/kit/use-roving.ts";
import { useLiveQuery } from "#renderer/kit/worker-context.tsx";
import { FileIcon } from "#renderer/parts/file-browser/file-icon.tsx";
import { useDocumentCommands } from "#renderer/parts/use-document-commands.ts";
import { Dialog, DialogBody } from "#renderer/ui/dialog.tsx";
import { EmptyState, SkeletonRows } from "#renderer/ui/note.tsx";
import { placeWords } from "./document-entry.ts";
import type { FolderPlace } from "./documents-store.ts";
import { NameDialog } from "./new-item-dialogs.tsx";
import { useDeeds } from "./use-deeds.ts";

/** A document that begins as a copy of one that was made for it. */
export function TemplateDialog({ place, onClose }: { place: FolderPlace; onClose: () => void }) {
  const { t } = useTranslation();
  const deeds = useDeeds();
  const commands = useDocumentCommands();
  const { items, status } = useLiveQuery("templates", { scope: place.scope });
  const [chosen, setChosen] = useState<PlacedDocument | null>(null);
  const onRove = useRoving({ hasTypeToFind: true });
  if (chosen !== null) {
    return (
      <NameDialog
        title={t("documents.fromTemplate")}
        place={place}
        suggested={chosen.item.name}
        action={t("action.create")}
        onName={(name) =>
          void deeds.each([chosen], (template) => commands.newFromTemplate(template, place, name))
        }
        onClose={onClose}
      />
    );
  }
  return (
    <Dialog title={t("documents.fromTemplate")} onClose={onClose}>
      <DialogBody>
        {status !== "ready" && items.length === 0 ? <SkeletonRows count={3} /> : null}
        {status === "ready" && items.length === 0 ? (
          <EmptyState>{t("documents.noTemplates")}</EmptyState>
        ) : null}
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- arrows move between its buttons */}
        <ul className="plain-list" onKeyDown={onRove}>
          {items.map((template) => (
            <li key={template.key}>
              <button
                type="button"
                className="target-row"
                data-roving={template.item.name}
                onClick={() => setChosen(template)}
              >
                <FileIcon kind={template.kind} />
                <span className="target-row__words">
                  <bdi>{template.item.name}</bdi>
                  <span className="target-row__where">{placeWords(template, { t, people: {} })}</span>
                </span>
              </button>
            </li>
          ))}
        </ul>
      </DialogBody>
    </Dialog>
  );
}
