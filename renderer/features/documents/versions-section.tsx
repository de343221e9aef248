import { Download, GitCompareArrows, History, Upload } from "lucide-react";
import { lazy, Suspense, useId, useState } from "react";
import type { PlacedDocument, VersionView } from "#contract/views/documents.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { formatBytes } from "#renderer/kit/number-words.ts";
import { useToasts } from "#renderer/kit/toast-store.ts";
import { useLiveQuery } from "#renderer/kit/worker-context.tsx";
import { previewKind } from "#renderer/parts/preview/preview-kind.ts";
import { useReportProblem } from "#renderer/parts/use-commands.ts";
import { useDocumentCommands } from "#renderer/parts/use-document-commands.ts";
import { useBlobUrl } from "#renderer/ui/avatar.tsx";
import { Button, IconButton, ICON_SIZE, ICON_STROKE } from "#renderer/ui/button.tsx";
import { chooseFiles } from "./choose-files.ts";
import { Moment } from "./details-facts.tsx";
import { useDeeds } from "./use-deeds.ts";

const CompareDialog = lazy(() =>
  import("#renderer/parts/preview/compare-dialog.tsx").then((m) => ({ default: m.CompareDialog })),
);

/** Contents that a file had: who wrote each and when, to be looked at or brought back. */
export function VersionsSection({ document: view, count }: { document: PlacedDocument; count: number }) {
  const { t } = useTranslation();
  const headingId = useId();
  const commands = useDocumentCommands();
  const report = useReportProblem();
  const { items } = useLiveQuery("versions", { scope: view.scope, itemId: view.item.id });
  const replace = () =>
    chooseFiles(false, ([file]) => {
      if (file === undefined) return;
      void commands.writeFile(view, file).then((written) => {
        if (!written.ok) report(written.error);
      });
    });
  return (
    <section className="versions" aria-labelledby={headingId}>
      <div className="versions__head">
        <h3 id={headingId} className="versions__title">
          {t("documents.versions", { count })}
        </h3>
        {view.contentObstacle === null ? (
          <Button tone="quiet" onPress={replace}>
            <Upload size={ICON_SIZE} strokeWidth={ICON_STROKE} aria-hidden />
            {t("documents.newVersion")}
          </Button>
        ) : null}
      </div>
      <ol className="plain-list">
        {items.map((version) => (
          <VersionRow key={version.key} version={version} document={view} />
        ))}
      </ol>
    </section>
  );
}

function VersionRow({ version: view, document: target }: { version: VersionView; document: PlacedDocument }) {
  const { t, i18n } = useTranslation();
  const blobUrl = useBlobUrl();
  const deeds = useDeeds();
  const commands = useDocumentCommands();
  const show = useToasts((state) => state.show);
  const { version, author, isPresent } = view;
  const restore = async () => {
    const isKept = await deeds.each([target], (one) => commands.restoreVersion(one, version.version));
    if (isKept) show({ text: t("documents.versionRestored", { version: version.version }), tone: "plain" });
  };
  const dot = target.item.name.lastIndexOf(".");
  const [stem, ending] =
    dot > 0 ? [target.item.name.slice(0, dot), target.item.name.slice(dot)] : [target.item.name, ""];
  return (
    <li className="version">
      <div className="version__words">
        <span className="version__number">
          {t("documents.version", { version: version.version })}
          {isPresent ? <span className="tag">{t("documents.present")}</span> : null}
        </span>
        <Moment person={author} iso={version.writtenAt} />
        <span className="details__line">
          {formatBytes(version.content.sizeBytes, i18n.language)}
          {version.restoredFrom === undefined
            ? ""
            : ` · ${t("documents.restoredFrom", { version: version.restoredFrom })}`}
        </span>
        {version.note === undefined ? null : <span className="version__note">{version.note}</span>}
      </div>
      <a
        className="icon-button"
        href={blobUrl(version.content.blobId)}
        download={`${stem} (v${version.version})${ending}`}
        aria-label={t("documents.downloadVersion", { version: version.version })}
        title={t("documents.downloadVersion", { version: version.version })}
      >
        <Download size={ICON_SIZE} strokeWidth={ICON_STROKE} aria-hidden />
      </a>
      {isPresent ? null : <CompareButton version={version} document={target} />}
      {isPresent || target.obstacle !== null ? null : (
        <IconButton
          icon={History}
          label={t("documents.restoreVersion", { version: version.version })}
          onPress={() => void restore()}
        />
      )}
    </li>
  );
}

const WITH_WORDS: ReadonlySet<string> = new Set(["text", "code", "markdown", "table", "read"]);

interface CompareButtonProps {
  version: VersionView["version"];
  document: PlacedDocument;
}

/** What changed since that version, when both have words. */
function CompareButton({ version, document: { item, bytes } }: CompareButtonProps) {
  const { t } = useTranslation();
  const blobUrl = useBlobUrl();
  const [isOpen, setOpen] = useState(false);
  const { name } = item;
  const { mediaType, blobId, sizeBytes } = version.content;
  if (bytes === null || !WITH_WORDS.has(previewKind({ name, mediaType }).kind)) return null;
  const number = version.version;
  return (
    <>
      <IconButton
        icon={GitCompareArrows}
        label={t("preview.compare.open", { version: number })}
        onPress={() => setOpen(true)}
      />
      <Suspense>
        {isOpen ? (
          <CompareDialog
            title={t("preview.compare.title", { name, version: number })}
            before={{
              url: blobUrl(blobId),
              name,
              mediaType,
              sizeBytes,
              label: t("documents.version", { version: number }),
            }}
            after={{ ...bytes, url: blobUrl(bytes.blobId), name, label: t("documents.present") }}
            onClose={() => setOpen(false)}
          />
        ) : null}
      </Suspense>
    </>
  );
}
