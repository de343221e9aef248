import { X } from "lucide-react";
import { useState } from "react";
import { classificationSchema, type Classification } from "#contract/classification.ts";
import type { PlacedDocument } from "#contract/views/documents.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useDocumentCommands } from "#renderer/parts/use-document-commands.ts";
import { Button, ICON_SIZE, ICON_STROKE } from "#renderer/ui/button.tsx";
import { TextField } from "#renderer/ui/field.tsx";
import { CheckBox, SelectField, TextArea } from "#renderer/ui/form.tsx";
import { useDeeds } from "./use-deeds.ts";

interface DetailsEditsProps {
  document: PlacedDocument;
  canWrite: boolean;
}

/** What people say of a file: each is kept as soon as it is given. */
export function DetailsEdits({ document: view, canWrite }: DetailsEditsProps) {
  const { t } = useTranslation();
  const deeds = useDeeds();
  const commands = useDocumentCommands();
  const isOpen = canWrite && view.obstacle === null;
  const { labels = [], description = "", isTemplate = false, classification } = view.item;
  if (!isOpen) {
    return description === "" && labels.length === 0 ? null : (
      <div className="details__edits">
        {description === "" ? null : <p className="details__text">{description}</p>}
        <LabelChips labels={labels} onRemove={null} />
      </div>
    );
  }
  const levels = ["", ...classificationSchema.options] as const;
  return (
    <div className="details__edits">
      <LabelField
        labels={labels}
        onChange={(next) => void deeds.each([view], (one) => commands.setLabels(one, next))}
      />
      <DescriptionField
        key={description}
        value={description}
        onKeep={(next) => void deeds.each([view], (one) => commands.describe(one, next))}
      />
      <SelectField
        label={t("documents.level")}
        value={classification ?? ""}
        options={levels.map((level) => ({
          value: level satisfies string,
          label: level === "" ? t("documents.levelOfPlace") : t(`classification.level.${level}`),
        }))}
        onChange={(level: Classification | "") =>
          void deeds.each([view], (one) => commands.classify(one, level === "" ? null : level))
        }
      />
      {view.item.kind === "file" ? (
        <CheckBox
          label={t("documents.isTemplate")}
          hint={t("documents.isTemplateHint")}
          isChecked={isTemplate}
          onChange={(next) => void deeds.each([view], (one) => commands.setTemplate(one, next))}
        />
      ) : null}
    </div>
  );
}

interface LabelFieldProps {
  labels: readonly string[];
  onChange: (labels: readonly string[]) => void;
}

function LabelField({ labels, onChange }: LabelFieldProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState("");
  const add = () => {
    const label = typed.trim();
    setTyped("");
    if (label !== "" && !labels.includes(label)) onChange([...labels, label]);
  };
  return (
    <form
      className="details__labels"
      autoComplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        add();
      }}
    >
      <TextField
        label={t("documents.labels")}
        value={typed}
        onChange={setTyped}
        maxLength={60}
        placeholder={t("documents.addLabel")}
        onBlur={add}
      />
      <LabelChips labels={labels} onRemove={(label) => onChange(labels.filter((each) => each !== label))} />
    </form>
  );
}

interface LabelChipsProps {
  labels: readonly string[];
  onRemove: ((label: string) => void) | null;
}

function LabelChips({ labels, onRemove }: LabelChipsProps) {
  const { t } = useTranslation();
  if (labels.length === 0) return null;
  return (
    <ul className="details__chips">
      {labels.map((label) => (
        <li key={label} className="details__chip">
          <span>{label}</span>
          {onRemove === null ? null : (
            <button
              type="button"
              aria-label={t("documents.removeLabel", { label })}
              onClick={() => onRemove(label)}
            >
              <X size={12} strokeWidth={2} aria-hidden />
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}

interface DescriptionFieldProps {
  value: string;
  onKeep: (value: string) => void;
}

function DescriptionField({ value, onKeep }: DescriptionFieldProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState(value);
  const isChanged = typed.trim() !== value;
  return (
    <div className="details__description">
      <TextArea
        label={t("documents.description")}
        value={typed}
        onChange={setTyped}
        maxLength={2000}
        rows={2}
      />
      {isChanged ? (
        <div className="note__actions">
          <Button tone="primary" onPress={() => onKeep(typed.trim())}>
            {t("action.save")}
          </Button>
          <Button onPress={() => setTyped(value)}>
            <X size={ICON_SIZE} strokeWidth={ICON_STROKE} aria-hidden />
            {t("action.cancel")}
          </Button>
        </div>
      ) : null}
    </div>
  );
}
