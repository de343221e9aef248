import { useEffect, useState } from "react";
import { nameOf, parentPath, type DriveHit } from "#contract/drives.ts";
import type { Problem } from "#contract/problem.ts";
import { useHost } from "#renderer/kit/host-context.tsx";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useRoving } from "#renderer/kit/use-roving.ts";
import { useView } from "#renderer/kit/view-store.ts";
import { EmptyState, SkeletonRows } from "#renderer/ui/note.tsx";
import { EntryFace } from "./entry-face.tsx";
import { DriveProblem } from "./drive-problem.tsx";
import { useDrives } from "./drive-store.ts";

const MOST = 100;
const WAIT_MS = 120;

type Answer = { text: string; hits: readonly DriveHit[] } | { text: string; problem: Problem } | null;

/** Files and folders of all indexed drives that have these words, as one types. */
export function SearchHits({ text }: { text: string }) {
  const { t } = useTranslation();
  const answer = useHits(text.trim());
  const onRove = useRoving();
  if (answer === null) return <SkeletonRows count={6} />;
  if ("problem" in answer) return <DriveProblem problem={answer.problem} />;
  const { hits } = answer;
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- arrows move between its buttons
    <div className="conversation-list" onKeyDown={onRove}>
      <p className="drive-hits__count" role="status">
        {hits.length === 0 ? "" : t("drives.search.results", { count: hits.length })}
      </p>
      {hits.length === 0 ? <EmptyState>{t("drives.search.none")}</EmptyState> : null}
      <ul className="plain-list" aria-label={t("drives.search.title")}>
        {hits.map((hit) => (
          <HitRow key={`${hit.driveId}/${hit.path}`} hit={hit} />
        ))}
      </ul>
    </div>
  );
}

function HitRow({ hit }: { hit: DriveHit }) {
  const { t } = useTranslation();
  const { drives } = useDrives();
  const go = useView((state) => state.go);
  const name = nameOf(hit.path);
  const drive = drives.find(({ id }) => id === hit.driveId)?.name ?? "";
  const folder = parentPath(hit.path);
  const shown = hit.kind === "folder" ? hit.path : folder;
  return (
    <li>
      <button
        type="button"
        className="drive-row"
        data-roving={name}
        onClick={() => go("drives", hit.driveId, ...(shown === "" ? [] : shown.split("/")))}
      >
        <EntryFace kind={hit.kind} name={name} />
        <span className="drive-row__words">
          <span className="drive-row__name">
            <bdi>{name}</bdi>
          </span>
          <span className="drive-row__state">
            {folder === "" ? drive : t("drives.search.where", { drive, path: folder })}
          </span>
        </span>
      </button>
    </li>
  );
}

function useHits(text: string): Answer {
  const host = useHost();
  const [answer, setAnswer] = useState<Answer>(null);
  useEffect(() => {
    let isWanted = true;
    const timer = setTimeout(() => {
      void host.call("drives.search", { text, limit: MOST }).then((result) => {
        if (!isWanted) return;
        setAnswer(result.ok ? { text, hits: result.value } : { text, problem: result.error });
      });
    }, WAIT_MS);
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
  }, [host, text]);
  return answer;
}
