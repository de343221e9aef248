import { Plus } from "lucide-react";
import { useState } from "react";
import type { SpaceTemplate } from "#contract/entities/space.ts";
import { createId } from "#contract/ids.ts";
import { DIRECTORY } from "#contract/scope.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useLiveQuery } from "#renderer/kit/worker-context.tsx";
import { useWriter } from "#renderer/parts/use-writer.ts";
import { Button, ICON_SIZE, ICON_STROKE } from "#renderer/ui/button.tsx";
import { ConfirmDialog } from "#renderer/ui/confirm-dialog.tsx";
import { Dialog, DialogActions, DialogBody } from "#renderer/ui/dialog.tsx";
import { SelectField } from "#renderer/ui/form.tsx";
import { EmptyState } from "#renderer/ui/note.tsx";
import { PageSection } from "./page-frame.tsx";
import { templateFrom } from "./space-template.ts";
import { TemplateDialog } from "./template-dialog.tsx";
import { TemplatePreview } from "./template-choice.tsx";

function blankTemplate(): SpaceTemplate {
  return { id: createId(), name: "", space: { kind: "community", visibility: "open" }, channels: [] };
}

/** What new communities can begin with. */
export function TemplatesSection() {
  const { t } = useTranslation();
  const { items, status } = useLiveQuery("spaceTemplates", {});
  const [edited, setEdited] = useState<SpaceTemplate | null>(null);
  const [isCopying, setCopying] = useState(false);
  return (
    <PageSection
      title={t("administration.templates.title")}
      hint={t("administration.templates.hint")}
      action={
        <div className="page-form__actions">
          <Button onPress={() => setCopying(true)}>{t("administration.templates.fromSpace")}</Button>
          <Button onPress={() => setEdited(blankTemplate())}>
            <Plus size={ICON_SIZE} strokeWidth={ICON_STROKE} aria-hidden />
            {t("administration.templates.create")}
          </Button>
        </div>
      }
    >
      {status === "ready" && items.length === 0 ? (
        <EmptyState>{t("administration.templates.none")}</EmptyState>
      ) : null}
      <ul className="plain-list cards">
        {items.map(({ key, template }) => (
          <li key={key}>
            <TemplateCard template={template} onEdit={() => setEdited(template)} />
          </li>
        ))}
      </ul>
      {isCopying ? (
        <FromSpaceDialog
          onClose={() => setCopying(false)}
          onMade={(template) => {
            setCopying(false);
            setEdited(template);
          }}
        />
      ) : null}
      {edited === null ? null : (
        <TemplateDialog key={edited.id} template={edited} onClose={() => setEdited(null)} />
      )}
    </PageSection>
  );
}

function TemplateCard({ template, onEdit }: { template: SpaceTemplate; onEdit: () => void }) {
  const { t } = useTranslation();
  const { write } = useWriter();
  const [isRemoving, setRemoving] = useState(false);
  return (
    <article className="card-row" aria-label={template.name}>
      <div className="card-row__words">
        <h4 className="card-row__name">
          {template.space.emoji ?? ""} {template.name}
        </h4>
        {template.description === undefined ? null : <p>{template.description}</p>}
        <TemplatePreview template={template} />
      </div>
      <div className="card-row__actions">
        <Button onPress={onEdit}>{t("administration.edit")}</Button>
        <Button tone="quiet" onPress={() => setRemoving(true)}>
          {t("administration.remove")}
        </Button>
      </div>
      {isRemoving ? (
        <ConfirmDialog
          title={t("administration.templates.removeTitle", { name: template.name })}
          action={t("administration.remove")}
          onClose={() => setRemoving(false)}
          onConfirm={() => void write("spaceTemplate.remove", DIRECTORY, { id: template.id })}
        >
          <p>{t("administration.templates.removeHint")}</p>
        </ConfirmDialog>
      ) : null}
    </article>
  );
}

interface FromSpaceDialogProps {
  onClose: () => void;
  onMade: (template: SpaceTemplate) => void;
}

function FromSpaceDialog({ onClose, onMade }: FromSpaceDialogProps) {
  const { t } = useTranslation();
  const { items } = useLiveQuery("communities", {});
  const { items: conversations } = useLiveQuery("conversations", {});
  const [chosen, setChosen] = useState("");
  const make = () => {
    const space = items.find(({ key }) => key === chosen)?.space;
    if (space === undefined) return;
    const channels = conversations.filter((each) => each.space?.id === space.id && each.kind === "channel");
    onMade(templateFrom(space, channels, createId()));
  };
  return (
    <Dialog title={t("administration.templates.fromSpace")} onClose={onClose}>
      <DialogBody>
        <p>{t("administration.templates.fromSpaceHint")}</p>
        <SelectField
          label={t("community.one")}
          value={chosen}
          onChange={setChosen}
          options={[
            { value: "", label: t("administration.templates.choose") },
            ...items.map(({ key, space }) => ({ value: key, label: space.name })),
          ]}
        />
        <DialogActions>
          <Button onPress={onClose}>{t("action.cancel")}</Button>
          <Button tone="primary" onPress={make} isDisabled={chosen === ""}>
            {t("administration.templates.continue")}
          </Button>
        </DialogActions>
      </DialogBody>
    </Dialog>
  );
}
