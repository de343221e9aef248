import type { ReactNode } from "react";
import type { PersonBrief } from "#contract/views/message-view.ts";
import type { PlacedDocument } from "#contract/views/documents.ts";
import type { QueryInfo } from "#contract/worker.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { formatBytes } from "#renderer/kit/number-words.ts";
import { useView } from "#renderer/kit/view-store.ts";
import { ClassificationTag } from "#renderer/parts/classification-tag.tsx";
import { Avatar } from "#renderer/ui/avatar.tsx";
import { TimeWord } from "#renderer/ui/time-word.tsx";
import { placeWords } from "./document-entry.ts";

interface DetailsFactsProps {
  document: PlacedDocument;
  info: QueryInfo<"document">;
}

/** Who, when, how large, where. */
export function DetailsFacts({ document: view, info }: DetailsFactsProps) {
  const { t, i18n } = useTranslation();
  const { item, bytes, childCount } = view;
  return (
    <dl className="details__facts">
      <Fact label={t("files.column.kind")}>{t(`files.kind.${view.kind}`)}</Fact>
      {bytes?.sizeBytes == null ? null : (
        <Fact label={t("files.column.size")}>{formatBytes(bytes.sizeBytes, i18n.language)}</Fact>
      )}
      {childCount === null ? null : (
        <Fact label={t("documents.contents")}>{t("documents.elements", { count: childCount })}</Fact>
      )}
      {view.place.sharedBy === null ? (
        <Fact label={t("files.column.place")}>{placeWords(view, { t, people: {} })}</Fact>
      ) : null}
      <Fact label={t("documents.modifiedAt")}>
        <Moment person={info.modifiedBy} iso={item.modifiedAt} />
      </Fact>
      <Fact label={t("documents.createdAt")}>
        <Moment person={info.createdBy} iso={item.createdAt} />
      </Fact>
      {item.trashed === undefined ? null : (
        <Fact label={t("documents.trashedAt")}>
          <Moment person={info.trashedBy} iso={item.trashed.at} />
        </Fact>
      )}
      <Fact label={t("documents.level")}>
        {view.classification === "public" || view.classification === "internal" ? (
          t(`classification.level.${view.classification}`)
        ) : (
          <ClassificationTag level={view.classification} />
        )}
      </Fact>
    </dl>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </>
  );
}

/** Who it was and when. */
export function Moment({ person, iso }: { person: PersonBrief | null; iso: string }) {
  const openSide = useView((state) => state.openSide);
  return (
    <span className="moment">
      {person === null ? null : (
        <button
          type="button"
          className="moment__person"
          onClick={() => openSide({ kind: "person", personId: person.id })}
        >
          <Avatar person={person} size="tiny" />
          <span>{person.displayName}</span>
        </button>
      )}
      <TimeWord iso={iso} form="full" />
    </span>
  );
}
