import { Smile } from "lucide-react";
import { useState } from "react";
import { classificationSchema, UNMARKED } from "#contract/classification.ts";
import type { SpaceSettings } from "#contract/entities/space.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useLiveQuery } from "#renderer/kit/worker-context.tsx";
import { EmojiButton } from "#renderer/parts/emoji-button.tsx";
import { MessageText } from "#renderer/parts/message-text.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { Choices, TextField } from "#renderer/ui/field.tsx";
import { CheckBox, FieldGroup, SelectField, TextArea } from "#renderer/ui/form.tsx";
import { kinds, visibilities } from "./community-words.ts";
import { FunctionsEditor } from "./functions-editor.tsx";
import { WordsField } from "./words-field.tsx";

/** A form over the settings of a space, whatever becomes of them: saved, asked for, or kept in a template. */
export interface SettingsForm {
  draft: Partial<SpaceSettings>;
  set: <K extends SettingsField>(field: K, value: SpaceSettings[K] | undefined) => void;
}

export type SettingsField =
  | "name"
  | "summary"
  | "kind"
  | "visibility"
  | "classification"
  | "emoji"
  | "cover"
  | "topics"
  | "functions"
  | "welcome"
  | "rules"
  | "organisationIds"
  | "sections";

/** Everything but the name of a template and the cover, which have their own places. */
export function SettingsFields({
  form,
  hasName = true,
  hasOrganisations = true,
}: {
  form: SettingsForm;
  hasName?: boolean;
  hasOrganisations?: boolean;
}) {
  const { t } = useTranslation();
  const { draft, set } = form;
  return (
    <>
      {hasName ? <NameFields form={form} /> : null}
      <SelectField
        label={t("spaces.kindLabel")}
        value={draft.kind ?? "community"}
        onChange={(kind) => set("kind", kind)}
        options={kinds.map((value) => ({ value, label: t(`spaces.kind.${value}`) }))}
      />
      <Choices
        label={t("spaces.visibilityLabel")}
        value={draft.visibility ?? "open"}
        onChange={(visibility) => set("visibility", visibility)}
        options={visibilities.map((value) => ({ value, label: t(`spaces.visibility.${value}`) }))}
      />
      <p className="field__hint">{t(`community.who.${draft.visibility ?? "open"}`)}</p>
      <SelectField
        label={t("classification.label")}
        hint={t(`classification.hint.${draft.classification ?? UNMARKED}`)}
        value={draft.classification ?? UNMARKED}
        onChange={(level) => set("classification", level)}
        options={classificationSchema.options.map((value) => ({
          value,
          label: t(`classification.level.${value}`),
        }))}
      />
      {hasOrganisations ? <OrganisationsField form={form} /> : null}
      <WordsField
        label={t("community.topics")}
        hint={t("community.topicsHint")}
        words={draft.topics ?? []}
        max={20}
        onChange={(topics) => set("topics", topics)}
      />
      <FunctionsEditor functions={draft.functions} onChange={(functions) => set("functions", functions)} />
      <WordsField
        label={t("community.sections")}
        hint={t("community.sectionsHint")}
        words={draft.sections ?? []}
        max={30}
        onChange={(sections) => set("sections", sections)}
      />
      <MarkdownField
        label={t("community.welcome")}
        hint={t("community.welcomeHint")}
        value={draft.welcome ?? ""}
        onChange={(welcome) => set("welcome", welcome)}
      />
      <MarkdownField
        label={t("community.rules")}
        value={draft.rules ?? ""}
        onChange={(rules) => set("rules", rules)}
      />
    </>
  );
}

export function NameFields({ form: { draft, set } }: { form: SettingsForm }) {
  const { t } = useTranslation();
  return (
    <>
      <TextField
        label={t("spaces.name")}
        value={draft.name ?? ""}
        onChange={(name) => set("name", name)}
        maxLength={200}
        required
      />
      <TextField
        label={t("spaces.summary")}
        value={draft.summary ?? ""}
        onChange={(summary) => set("summary", summary)}
        maxLength={2000}
      />
      <EmojiField value={draft.emoji ?? ""} onChange={(emoji) => set("emoji", emoji)} />
    </>
  );
}

function EmojiField({ value, onChange }: { value: string; onChange: (emoji: string) => void }) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  return (
    <div className="emoji-field">
      <span className="field__label">{t("community.emoji")}</span>
      <span className="emoji-field__value">{value === "" ? t("community.emojiNone") : value}</span>
      <EmojiButton
        icon={Smile}
        label={t("community.emojiChoose")}
        isOpen={isOpen}
        onOpenChange={setOpen}
        onPick={onChange}
      />
      {value === "" ? null : (
        <Button tone="link" onPress={() => onChange("")}>
          {t("community.emojiRemove")}
        </Button>
      )}
    </div>
  );
}

function OrganisationsField({ form: { draft, set } }: { form: SettingsForm }) {
  const { t } = useTranslation();
  const { items } = useLiveQuery("organisations", {});
  const chosen = draft.organisationIds ?? [];
  if (items.length === 0) return null;
  return (
    <FieldGroup label={t("organisation.many")} hint={t("organisation.ofSpaceHint")}>
      {items.map(({ key, organisation: { id, name } }) => (
        <CheckBox
          key={key}
          label={name}
          isChecked={chosen.includes(id)}
          onChange={(isChecked) =>
            set("organisationIds", isChecked ? [...chosen, id] : chosen.filter((each) => each !== id))
          }
        />
      ))}
    </FieldGroup>
  );
}

interface MarkdownFieldProps {
  label: string;
  hint?: string;
  value: string;
  onChange: (value: string) => void;
}

/** Markdown with a look at what it gives. */
function MarkdownField({ label, hint, value, onChange }: MarkdownFieldProps) {
  const { t } = useTranslation();
  const [isShown, setShown] = useState(false);
  return (
    <div className="field">
      <TextArea
        label={label}
        hint={hint ?? t("community.markdownHint")}
        value={value}
        onChange={onChange}
        rows={5}
        maxLength={20_000}
      />
      {value.trim() === "" ? null : (
        <div>
          <Button tone="link" onPress={() => setShown(!isShown)}>
            {isShown ? t("community.previewHide") : t("community.preview")}
          </Button>
        </div>
      )}
      {isShown && value.trim() !== "" ? (
        <div className="preview">
          <MessageText body={value} mentioned={[]} />
        </div>
      ) : null}
    </div>
  );
}
