import { ImagePlus, X } from "lucide-react";
import { useRef, useState } from "react";
import { spaceScope } from "#contract/scope.ts";
import { blobIdSchema } from "#contract/ids.ts";
import type { QueryItem } from "#contract/worker.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { keepPicture, pictureOf } from "#renderer/kit/local-pictures.ts";
import { fromFieldTime, toFieldTime } from "#renderer/kit/wall-clock.ts";
import { useWorker } from "#renderer/kit/worker-context.tsx";
import { useReportProblem } from "#renderer/parts/use-commands.ts";
import { useBlobUrl } from "#renderer/ui/avatar.tsx";
import { Button, ICON_SIZE, ICON_STROKE } from "#renderer/ui/button.tsx";
import { Choices, TextField } from "#renderer/ui/field.tsx";
import { CheckBox, FieldGroup, SelectField, TextArea } from "#renderer/ui/form.tsx";
import type { ArticleForm } from "./article-form.ts";

interface ArticleFieldsProps {
  form: ArticleForm;
  onChange: (changes: Partial<ArticleForm>) => void;
  places: readonly QueryItem<"postPlaces">[];
  /** Once it is on the server it stays in its space. */
  isSpaceFixed: boolean;
}

/** What stands above the text. */
export function ArticleHeadFields({ form, onChange, places, isSpaceFixed }: ArticleFieldsProps) {
  const { t } = useTranslation();
  return (
    <>
      <div className="article-form__row">
        <Choices
          label={t("article.kindLabel")}
          value={form.kind}
          options={[
            { value: "article", label: t("post.kind.article") },
            { value: "blog", label: t("post.kind.blog") },
          ]}
          onChange={(kind) => onChange({ kind })}
        />
        {isSpaceFixed ? null : (
          <SelectField
            label={t("post.where")}
            value={form.spaceId}
            options={places.map(({ place }) => ({ value: place.spaceId, label: place.name }))}
            onChange={(spaceId) => onChange({ spaceId, sections: [], cover: null })}
          />
        )}
      </div>
      <TextField
        label={t("post.title")}
        value={form.title}
        maxLength={300}
        required
        onChange={(title) => onChange({ title })}
      />
      <CoverField form={form} onChange={onChange} />
      <TextArea
        label={t("article.summary")}
        hint={t("article.summaryHint")}
        value={form.summary}
        rows={2}
        maxLength={1000}
        onChange={(summary) => onChange({ summary })}
      />
    </>
  );
}

/** What stands below it: where it is filed, who must read it, when it appears. */
export function ArticleFootFields({ form, onChange, places }: Omit<ArticleFieldsProps, "isSpaceFixed">) {
  const { t } = useTranslation();
  const here = places.find(({ key }) => key === form.spaceId);
  const sections = [...new Set([...(here?.sections ?? []), ...form.sections])];
  const toggle = (section: string, isOn: boolean) =>
    onChange({
      sections: sections.filter((each) => (each === section ? isOn : form.sections.includes(each))),
    });
  return (
    <>
      {sections.length === 0 ? null : (
        <FieldGroup label={t("article.sections")}>
          {sections.map((section) => (
            <CheckBox
              key={section}
              label={section}
              isChecked={form.sections.includes(section)}
              onChange={(isOn) => toggle(section, isOn)}
            />
          ))}
        </FieldGroup>
      )}
      {here?.place.canAnimate === true || form.isMustRead ? (
        <CheckBox
          label={t("article.mustRead")}
          hint={t("article.mustReadHint")}
          isChecked={form.isMustRead}
          isDisabled={here?.place.canAnimate !== true}
          onChange={(isMustRead) => onChange({ isMustRead })}
        />
      ) : null}
      <TextField
        label={t("article.publishAt")}
        hint={t("article.publishAtHint")}
        type="datetime-local"
        value={form.publishAt === null ? "" : toFieldTime(Date.parse(form.publishAt))}
        onChange={(value) => onChange({ publishAt: fromFieldTime(value) })}
      />
    </>
  );
}

const PICTURES = "image/png,image/jpeg,image/webp,image/gif,image/avif";

function CoverField({ form, onChange }: Pick<ArticleFieldsProps, "form" | "onChange">) {
  const { t } = useTranslation();
  const client = useWorker();
  const report = useReportProblem();
  const blobUrl = useBlobUrl();
  const input = useRef<HTMLInputElement>(null);
  const [isBusy, setBusy] = useState(false);
  const choose = async (file: File | undefined) => {
    if (file === undefined) return;
    setBusy(true);
    const { name, type: mediaType } = file;
    const result = await client.call("upload.add", {
      scope: spaceScope(form.spaceId),
      file,
      name,
      mediaType,
    });
    setBusy(false);
    if (!result.ok) return report(result.error);
    keepPicture(result.value.blobId, file);
    onChange({ cover: blobIdSchema.parse(result.value.blobId) });
  };
  return (
    <FieldGroup label={t("article.cover")}>
      {form.cover === null ? null : (
        <img className="post__cover" src={pictureOf(form.cover) ?? blobUrl(form.cover)} alt="" />
      )}
      <div className="article-form__row">
        <Button onPress={() => input.current?.click()} isDisabled={isBusy}>
          <ImagePlus size={ICON_SIZE} strokeWidth={ICON_STROKE} aria-hidden />
          {t(form.cover === null ? "article.addCover" : "article.changeCover")}
        </Button>
        {form.cover === null ? null : (
          <Button tone="quiet" onPress={() => onChange({ cover: null })}>
            <X size={ICON_SIZE} strokeWidth={ICON_STROKE} aria-hidden />
            {t("article.removeCover")}
          </Button>
        )}
      </div>
      <input
        ref={input}
        type="file"
        accept={PICTURES}
        hidden
        aria-label={t("article.cover")}
        onChange={(event) => {
          void choose(event.target.files?.[0]);
          event.target.value = "";
        }}
      />
    </FieldGroup>
  );
}
