import { X } from "lucide-react";
import type { DocumentView } from "#contract/views/documents.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { formatBytes } from "#renderer/kit/number-words.ts";
import { useLiveQuery } from "#renderer/kit/worker-context.tsx";
import { FileIcon } from "#renderer/parts/file-browser/file-icon.tsx";
import { IconButton } from "#renderer/ui/button.tsx";
import { EmptyState, ProblemNote, SkeletonRows } from "#renderer/ui/note.tsx";
import { DetailsEdits } from "./details-edits.tsx";
import { DetailsFacts } from "./details-facts.tsx";
import { DetailsStanding } from "./details-standing.tsx";
import { DiscussionSection } from "./discussion-section.tsx";
import { useDocumentsStore } from "./documents-store.ts";
import { RefusedCards } from "./refused-cards.tsx";
import { SharesSection } from "./shares-section.tsx";
import { VersionsSection } from "./versions-section.tsx";
import "./details.css";

interface DetailsPaneProps {
  selected: readonly DocumentView[];
  /** What it is about while nothing is selected. */
  folder: DocumentView | null;
}

/** What is known of what is selected, beside the files; over them where the window is narrow. */
export function DetailsPane({ selected, folder }: DetailsPaneProps) {
  const { t } = useTranslation();
  const showDetails = useDocumentsStore((state) => state.showDetails);
  const [first] = selected.length === 0 ? [folder] : selected;
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Escape closes it from anywhere within
    <aside
      className="details"
      aria-label={t("documents.details")}
      onKeyDown={(event) => {
        if (event.key === "Escape" && !event.defaultPrevented) showDetails(false);
      }}
    >
      <div className="details__close">
        <IconButton icon={X} label={t("documents.closeDetails")} onPress={() => showDetails(false)} />
      </div>
      {selected.length > 1 ? (
        <SeveralDetails selected={selected} />
      ) : first == null ? (
        <EmptyState>{t("documents.selectOne")}</EmptyState>
      ) : (
        <DocumentDetails key={first.item.id} document={first} />
      )}
    </aside>
  );
}

function SeveralDetails({ selected }: { selected: readonly DocumentView[] }) {
  const { t, i18n } = useTranslation();
  const bytes = selected.reduce((sum, one) => sum + (one.bytes?.sizeBytes ?? 0), 0);
  return (
    <div className="details__head">
      <h2 className="details__name">{t("files.selected", { count: selected.length })}</h2>
      {bytes === 0 ? null : <p className="details__line">{formatBytes(bytes, i18n.language)}</p>}
    </div>
  );
}

function DocumentDetails({ document: target }: { document: DocumentView }) {
  const { scope, item } = target;
  const { info, problem } = useLiveQuery("document", { scope, itemId: item.id });
  if (problem !== null) return <ProblemNote problem={problem} />;
  if (info === null) return <SkeletonRows count={4} />;
  const { document: view } = info;
  if (view === null) return null;
  return (
    <div className="details__body">
      <div className="details__head">
        <FileIcon kind={view.kind} size={32} />
        <h2 className="details__name">
          <bdi>{view.item.name}</bdi>
        </h2>
      </div>
      <RefusedCards document={view} />
      <DetailsStanding document={view} info={info} />
      <DetailsFacts document={view} info={info} />
      <SharesSection document={view} />
      <DetailsEdits document={view} canWrite={info.canWrite} />
      <DiscussionSection document={view} discussion={info.discussion} canWrite={info.canWrite} />
      {view.item.kind === "file" ? <VersionsSection document={view} count={info.versionCount} /> : null}
    </div>
  );
}
