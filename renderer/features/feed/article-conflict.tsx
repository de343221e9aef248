import type { ArticleView } from "#contract/views/feed.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useProblemWords } from "#renderer/kit/problem-words.ts";
import { useLiveQuery, useWorker } from "#renderer/kit/worker-context.tsx";
import { useReportProblem } from "#renderer/parts/use-commands.ts";
import { Button } from "#renderer/ui/button.tsx";
import { Note } from "#renderer/ui/note.tsx";

/** The text was changed elsewhere, or the server did not take it: both texts stand, and one decides. */
export function ArticleConflict({ view }: { view: ArticleView }) {
  const { t } = useTranslation();
  const client = useWorker();
  const report = useReportProblem();
  const words = useProblemWords();
  const { items } = useLiveQuery("outbox", {});
  const { pending, current, article } = view;
  if (pending === null || (pending.status !== "conflict" && pending.status !== "rejected")) return null;
  const isConflict = pending.status === "conflict";
  // Later saves were made on top of the one that failed: they stand and fall with it.
  const failed = items.filter(
    ({ name, args, status }) =>
      name.startsWith("article.") && args["id"] === article.id && status !== "sending",
  );
  const settle = (call: "outbox.retry" | "outbox.discard", chosen: readonly { mutationId: string }[]) => {
    for (const each of chosen) {
      const item = failed.find(({ mutationId }) => mutationId === each.mutationId);
      if (item === undefined) continue;
      void client.call(call, { mutationId: item.mutationId }).then((result) => {
        if (!result.ok) report(result.error);
      });
    }
  };
  const keepMine = () => {
    settle("outbox.discard", failed.slice(0, -1));
    settle("outbox.retry", failed.slice(-1));
  };
  return (
    <Note tone="loss">
      <p className="note__title">
        {isConflict ? t("article.conflict") : t("outbox.refused")}
        {isConflict || pending.problem === null ? "" : ` ${words(pending.problem).title}`}
      </p>
      {current === null ? null : (
        <div className="article-conflict">
          <p className="post__when">{t("article.theirs")}</p>
          <p className="article-conflict__title">{current.post.title ?? t("article.untitled")}</p>
          <pre className="article-conflict__body">{current.body}</pre>
        </div>
      )}
      <div className="note__actions">
        <Button onPress={keepMine}>{isConflict ? t("outbox.useMine") : t("outbox.retry")}</Button>
        <Button tone="quiet" onPress={() => settle("outbox.discard", failed)}>
          {isConflict ? t("outbox.useTheirs") : t("outbox.discard")}
        </Button>
      </div>
    </Note>
  );
}
