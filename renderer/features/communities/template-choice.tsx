import { useId } from "react";
import type { SpaceTemplate } from "#contract/entities/space.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useLiveQuery } from "#renderer/kit/worker-context.tsx";
import { FieldGroup } from "#renderer/ui/form.tsx";
import { MessageText } from "#renderer/parts/message-text.tsx";
import { functionsOf } from "./community-words.ts";

interface TemplateChoiceProps {
  chosen: SpaceTemplate | null;
  onChoose: (template: SpaceTemplate | null) => void;
}

/** What a community begins with, shown before it is chosen. */
export function TemplateChoice({ chosen, onChoose }: TemplateChoiceProps) {
  const { t } = useTranslation();
  const { items } = useLiveQuery("spaceTemplates", {});
  if (items.length === 0) return null;
  return (
    <FieldGroup label={t("request.template.label")} hint={t("request.template.hint")}>
      <div className="templates">
        <TemplateOption
          label={t("request.template.none")}
          hint={t("request.template.noneHint")}
          isChosen={chosen === null}
          onChoose={() => onChoose(null)}
        />
        {items.map(({ key, template }) => (
          <TemplateOption
            key={key}
            label={`${template.space.emoji ?? ""} ${template.name}`.trim()}
            hint={template.description ?? ""}
            isChosen={chosen?.id === template.id}
            onChoose={() => onChoose(template)}
          />
        ))}
      </div>
      {chosen === null ? null : <TemplatePreview template={chosen} />}
    </FieldGroup>
  );
}

interface TemplateOptionProps {
  label: string;
  hint: string;
  isChosen: boolean;
  onChoose: () => void;
}

function TemplateOption({ label, hint, isChosen, onChoose }: TemplateOptionProps) {
  const id = useId();
  return (
    <div className="template" data-chosen={isChosen || undefined}>
      <input id={id} type="radio" name="template" checked={isChosen} onChange={onChoose} />
      <label className="template__words" htmlFor={id}>
        {label}
        <span className="field__hint">{hint}</span>
      </label>
    </div>
  );
}

/** Its tabs, channels and welcome page. */
export function TemplatePreview({ template }: { template: SpaceTemplate }) {
  const { t, i18n } = useTranslation();
  const list = new Intl.ListFormat(i18n.language);
  const functions = functionsOf(template.space.functions).filter(({ isOn }) => isOn);
  return (
    <div className="preview">
      <dl className="facts">
        <dt>{t("community.functions.label")}</dt>
        <dd>{list.format(functions.map(({ name }) => t(`community.function.${name}`)))}</dd>
        <dt>{t("community.function.channels")}</dt>
        <dd>
          {template.channels.length === 0
            ? t("community.conflict.nothing")
            : list.format(template.channels.map(({ name }) => name))}
        </dd>
      </dl>
      {template.space.welcome === undefined ? null : (
        <MessageText body={template.space.welcome} mentioned={[]} />
      )}
    </div>
  );
}
