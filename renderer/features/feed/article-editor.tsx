import { Eye, Paperclip, Pencil, Trash2 } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { spaceScope } from "#contract/scope.ts";
import type { SpaceId } from "#contract/ids.ts";
import type { ArticleView } from "#contract/views/feed.ts";
import type { QueryItem } from "#contract/worker.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useToasts } from "#renderer/kit/toast-store.ts";
import { useView } from "#renderer/kit/view-store.ts";
import { useBeside, useComposerStore } from "#renderer/parts/composer-store.ts";
import { UploadTray } from "#renderer/parts/upload-tray.tsx";
import { useAttach } from "#renderer/parts/use-attach.ts";
import { useWriter } from "#renderer/parts/use-writer.ts";
import { Button, ICON_SIZE, ICON_STROKE } from "#renderer/ui/button.tsx";
import { Note } from "#renderer/ui/note.tsx";
import { TimeWord } from "#renderer/ui/time-word.tsx";
import { ArticleBodyField } from "./article-body-field.tsx";
import { ArticleConflict } from "./article-conflict.tsx";
import { ArticleFootFields, ArticleHeadFields } from "./article-fields.tsx";
import { emptyForm, isPublishable } from "./article-form.ts";
import { ArticlePreview } from "./article-preview.tsx";
import { AttachedFiles } from "./attached-files.tsx";
import { useArticleSaving, type ArticleSaving } from "./use-article-saving.ts";

/** The list that one comes back to says the same: a moment is enough. */
const TOLD_MS = 3000;

interface ArticleEditorProps {
  id: string;
  view: ArticleView | null;
  spaceId: SpaceId;
  places: readonly QueryItem<"postPlaces">[];
  /** At the desk: an animator corrects what waits for review. */
  onDone?: () => void;
}

/** An article is written here: kept as one writes, shown as it will look, handed over or published. */
export function ArticleEditor({ id, view, spaceId, places, onDone }: ArticleEditorProps) {
  const { t } = useTranslation();
  const [empty] = useState(() => emptyForm(spaceId));
  const saving = useArticleSaving(id, view, empty);
  const { form, change, turn } = saving;
  const [isPreview, setPreview] = useState(false);
  const files = useArticleFiles(id, saving);
  const state = view?.article.state ?? "draft";
  const isLocked = state === "scheduled" || (state === "review" && view?.isMine === true);
  return (
    <form
      autoComplete="off"
      className="article-form"
      aria-label={t("article.editor")}
      onSubmit={(event) => {
        event.preventDefault();
        void saving.save();
      }}
    >
      {view === null ? null : <ArticleState view={view} />}
      {view === null ? null : <ArticleConflict view={view} />}
      {isPreview || isLocked ? (
        <ArticlePreview form={form} mentioned={view?.mentioned ?? []} />
      ) : (
        <>
          <ArticleHeadFields form={form} onChange={change} places={places} isSpaceFixed={view !== null} />
          <ArticleBodyField
            key={turn}
            spaceId={form.spaceId}
            initial={form.body}
            onChange={(body) => change({ body })}
            onFiles={files.add}
            onSubmit={() => void saving.save()}
          />
          <AttachedFiles
            files={form.attachments}
            onRemove={(removed) =>
              change({ attachments: form.attachments.filter((file) => file !== removed) })
            }
          />
          {files.tray}
          <div>
            <FileButton onFiles={files.add} />
          </div>
          <ArticleFootFields form={form} onChange={change} places={places} />
        </>
      )}
      <div className="article-form__foot">
        <span className="article-form__saved" role="status">
          {isLocked ? null : saving.isSaved ? (view === null ? "" : t("article.saved")) : t("article.saving")}
        </span>
        {isLocked ? null : (
          <Button tone="quiet" onPress={() => setPreview(!isPreview)}>
            {isPreview ? (
              <Pencil size={ICON_SIZE} strokeWidth={ICON_STROKE} aria-hidden />
            ) : (
              <Eye size={ICON_SIZE} strokeWidth={ICON_STROKE} aria-hidden />
            )}
            {t(isPreview ? "article.write" : "article.preview")}
          </Button>
        )}
        {onDone === undefined ? (
          <ArticleActions id={id} view={view} saving={saving} places={places} />
        ) : (
          <Button tone="primary" onPress={() => void saving.save().then((isKept) => isKept && onDone())}>
            {t("action.save")}
          </Button>
        )}
      </div>
    </form>
  );
}

/** Where it stands, and what those who decided said. */
function ArticleState({ view: { article, decidedBy } }: { view: ArticleView }) {
  const { t } = useTranslation();
  switch (article.state) {
    case "draft":
    case "published":
      return null;
    case "review":
      return <Note tone="wait">{t("article.inReview")}</Note>;
    case "scheduled":
      return (
        <Note>
          <span>
            {t("article.isScheduled")}{" "}
            {article.publishAt === undefined ? null : <TimeWord iso={article.publishAt} form="full" />}
          </span>
        </Note>
      );
    case "refused":
      return (
        <Note tone="wait">
          <p className="note__title">{t("article.refusedBy", { name: decidedBy?.displayName ?? "" })}</p>
          {article.reason === undefined ? null : <p className="article-form__reason">{article.reason}</p>}
          <p>{t("article.refusedNext")}</p>
        </Note>
      );
  }
}

/** Files that were put beside the text, until each is on its way and belongs to the article. */
function useArticleFiles(id: string, { form, change }: ArticleSaving) {
  const key = `article ${id}`;
  const attach = useAttach(spaceScope(form.spaceId), key);
  const { files } = useBeside(key);
  const ready = files.flatMap(({ attachment }) => (attachment === null ? [] : [attachment]));
  useEffect(() => {
    if (ready.length === 0) return;
    change({ attachments: [...form.attachments, ...ready] });
    useComposerStore.getState().change(key, (beside) => ({
      files: beside.files.filter(({ attachment }) => attachment === null),
    }));
  });
  return {
    add: attach.add,
    tray: files.length === 0 ? null : <UploadTray attaching={attach.attaching} files={files} />,
  };
}

function FileButton({ onFiles }: { onFiles: (files: File[]) => void }) {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button onPress={() => input.current?.click()}>
        <Paperclip size={ICON_SIZE} strokeWidth={ICON_STROKE} aria-hidden />
        {t("attachment.add")}
      </Button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label={t("attachment.add")}
        onChange={(event) => {
          onFiles([...(event.target.files ?? [])]);
          event.target.value = "";
        }}
      />
    </>
  );
}

interface ArticleActionsProps {
  id: string;
  view: ArticleView | null;
  saving: ArticleSaving;
  places: readonly QueryItem<"postPlaces">[];
}

/** Hand it over, publish it, take it back, delete it: what its author may do where it stands. */
function ArticleActions({ id, view, saving, places }: ArticleActionsProps) {
  const { t } = useTranslation();
  const { write, mine } = useWriter();
  const go = useView((state) => state.go);
  const show = useToasts((state) => state.show);
  const { spaceId } = saving.form;
  const state = view?.article.state ?? "draft";
  const canPublish = places.find(({ key }) => key === spaceId)?.place.canAnimate === true;
  const isReady = isPublishable(saving.form);
  const [openedMs] = useState(() => Date.now());
  const isLater = saving.form.publishAt !== null && Date.parse(saving.form.publishAt) > openedMs;
  const submit = async () => {
    if (!(await saving.save())) return;
    const isKept = canPublish
      ? await write("article.decide", mine, { id, spaceId, decision: "accepted" })
      : await write("article.submit", mine, { id, spaceId });
    if (!isKept) return;
    const done = canPublish ? (isLater ? "article.willAppear" : "article.isPublished") : "article.inReview";
    show({ tone: "plain", text: t(done) }, TOLD_MS);
    go("feed", "drafts");
  };
  const remove = async () => {
    if (view !== null && !(await write("article.remove", mine, { id, spaceId }))) return;
    show({ tone: "plain", text: t("article.removed") }, TOLD_MS);
    go("feed", "drafts");
  };
  if (state === "review" || state === "scheduled") {
    return (
      <Button onPress={() => void write("article.withdraw", mine, { id, spaceId })}>
        {t("article.withdraw")}
      </Button>
    );
  }
  return (
    <>
      {view === null ? null : (
        <Button tone="danger" onPress={() => void remove()}>
          <Trash2 size={ICON_SIZE} strokeWidth={ICON_STROKE} aria-hidden />
          {t("article.remove")}
        </Button>
      )}
      <Button tone="primary" isDisabled={!isReady} onPress={() => void submit()}>
        {t(canPublish ? (isLater ? "article.schedule" : "article.publish") : "article.submit")}
      </Button>
    </>
  );
}
