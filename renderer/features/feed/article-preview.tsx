import type { PersonBrief } from "#contract/views/message-view.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { pictureOf } from "#renderer/kit/local-pictures.ts";
import { AttachmentsView } from "#renderer/parts/attachments-view.tsx";
import { MessageText } from "#renderer/parts/message-text.tsx";
import { useBlobUrl } from "#renderer/ui/avatar.tsx";
import type { ArticleForm } from "./article-form.ts";
import { readingMinutes } from "./reading-time.ts";

interface ArticlePreviewProps {
  form: ArticleForm;
  mentioned: readonly PersonBrief[];
}

/** An article as its readers will see it. */
export function ArticlePreview({ form, mentioned }: ArticlePreviewProps) {
  const { t } = useTranslation();
  const blobUrl = useBlobUrl();
  const count = readingMinutes(form.summary, form.body);
  return (
    <article className="post post--page article-preview" aria-label={t("article.preview")}>
      {form.cover === null ? null : (
        <img className="post__cover" src={pictureOf(form.cover) ?? blobUrl(form.cover)} alt="" />
      )}
      <h2 className="post__title post__title--page">{form.title || t("article.untitled")}</h2>
      <p className="post__line">
        <span>{t("article.readingTime", { count })}</span>
        {form.sections.map((section) => (
          <span className="tag" key={section}>
            {section}
          </span>
        ))}
        {form.isMustRead ? <span className="tag">{t("article.mustRead")}</span> : null}
      </p>
      {form.summary.trim() === "" ? null : <p className="post__summary">{form.summary}</p>}
      <MessageText body={form.body} mentioned={mentioned} headingsUnder={2} />
      {form.attachments.length === 0 ? null : <AttachmentsView attachments={form.attachments} />}
    </article>
  );
}
