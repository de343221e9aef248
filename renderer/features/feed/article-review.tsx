import { useState } from "react";
import { deskScope } from "#contract/scope.ts";
import type { ArticleView } from "#contract/views/feed.ts";
import type { QueryItem } from "#contract/worker.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useToasts } from "#renderer/kit/toast-store.ts";
import { useView } from "#renderer/kit/view-store.ts";
import { useWriter } from "#renderer/parts/use-writer.ts";
import { Button } from "#renderer/ui/button.tsx";
import { TextArea } from "#renderer/ui/form.tsx";
import { Note } from "#renderer/ui/note.tsx";
import { TimeWord } from "#renderer/ui/time-word.tsx";
import { ArticleEditor } from "./article-editor.tsx";
import { formOf } from "./article-form.ts";
import { ArticlePreview } from "./article-preview.tsx";

interface ArticleReviewProps {
  view: ArticleView;
  places: readonly QueryItem<"postPlaces">[];
}

/** What waits for an animator: read, corrected, accepted, or refused with a reason. */
export function ArticleReview({ view, places }: ArticleReviewProps) {
  const { t } = useTranslation();
  const [isEditing, setEditing] = useState(false);
  const { article, author } = view;
  if (isEditing) {
    return (
      <ArticleEditor
        id={article.id}
        view={view}
        spaceId={article.spaceId}
        places={places}
        onDone={() => setEditing(false)}
      />
    );
  }
  return (
    <div className="article-form">
      <Note tone="wait">
        <span>
          {t("article.submittedBy", { name: author.displayName })}{" "}
          {article.submittedAt === undefined ? null : <TimeWord iso={article.submittedAt} form="ago" />}
        </span>
        {article.publishAt === undefined ? null : (
          <span>
            {t("article.wishes")} <TimeWord iso={article.publishAt} form="full" />
          </span>
        )}
      </Note>
      <ArticlePreview form={formOf(article)} mentioned={view.mentioned} />
      {article.state === "review" && view.place.canAnimate ? (
        <Decision view={view} onEdit={() => setEditing(true)} />
      ) : (
        <Note>{t("article.decided")}</Note>
      )}
    </div>
  );
}

function Decision({ view: { article }, onEdit }: { view: ArticleView; onEdit: () => void }) {
  const { t } = useTranslation();
  const { write } = useWriter();
  const go = useView((state) => state.go);
  const [isRefusing, setRefusing] = useState(false);
  const [reason, setReason] = useState("");
  const { id, spaceId } = article;
  const decide = async (decision: "accepted" | "refused") => {
    const said = decision === "refused" && reason.trim() !== "" ? { reason: reason.trim() } : {};
    if (!(await write("article.decide", deskScope(spaceId), { id, spaceId, decision, ...said }))) return;
    const text = t(decision === "accepted" ? "article.accepted" : "article.refused");
    useToasts.getState().show({ tone: "plain", text });
    go("feed", "drafts");
  };
  return (
    <>
      {isRefusing ? (
        <TextArea
          label={t("article.reason")}
          hint={t("article.reasonHint")}
          value={reason}
          maxLength={2000}
          required
          onChange={setReason}
        />
      ) : null}
      <div className="article-form__foot">
        <Button tone="quiet" onPress={onEdit}>
          {t("article.correct")}
        </Button>
        {isRefusing ? (
          <>
            <Button onPress={() => setRefusing(false)}>{t("action.cancel")}</Button>
            <Button tone="danger" isDisabled={reason.trim() === ""} onPress={() => void decide("refused")}>
              {t("article.refuseSend")}
            </Button>
          </>
        ) : (
          <>
            <Button onPress={() => setRefusing(true)}>{t("article.refuse")}</Button>
            <Button tone="primary" onPress={() => void decide("accepted")}>
              {t("article.accept")}
            </Button>
          </>
        )}
      </div>
    </>
  );
}
