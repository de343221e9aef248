import { useState } from "react";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useLiveQuery } from "#renderer/kit/worker-context.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { EmptyState, ProblemNote, SkeletonRows } from "#renderer/ui/note.tsx";
import { PageHead } from "./page-head.tsx";
import { ThreadCard } from "./thread-card.tsx";
import "./pages.css";

const PAGE = 10;

/** The threads that the reader follows, latest reply first: read and answered without leaving. */
export function ThreadsPage() {
  const { t } = useTranslation();
  const { status, items, problem } = useLiveQuery("threads", {});
  const [count, setCount] = useState(PAGE);
  const waiting = items.filter((item) => item.unread > 0).length;
  return (
    <>
      <PageHead
        title={t("threads.title")}
        sub={waiting === 0 ? t("threads.allRead") : t("threads.waiting", { count: waiting })}
      />
      <div className="page">
        {problem === null ? null : <ProblemNote problem={problem} />}
        {status === "loading" ? <SkeletonRows count={6} /> : null}
        {status === "ready" && items.length === 0 ? <EmptyState>{t("threads.none")}</EmptyState> : null}
        {items.slice(0, count).map((item) => (
          <ThreadCard key={item.key} item={item} />
        ))}
        {items.length > count ? (
          <Button onPress={() => setCount(count + PAGE)}>{t("threads.more")}</Button>
        ) : null}
      </div>
    </>
  );
}
