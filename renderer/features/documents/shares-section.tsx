import { Link, Pencil, UserX } from "lucide-react";
import { useId } from "react";
import type { LibraryShare } from "#contract/entities/library-share.ts";
import { parseScope, shareScope } from "#contract/scope.ts";
import type { PlacedDocument, ShareView } from "#contract/views/documents.ts";
import type { QueryItem } from "#contract/worker.ts";
import { formatDate } from "#renderer/kit/date-words.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useToasts } from "#renderer/kit/toast-store.ts";
import { useView } from "#renderer/kit/view-store.ts";
import { useLiveQuery } from "#renderer/kit/worker-context.tsx";
import { linkToShare } from "#renderer/kit/workplace-address.ts";
import { useDocumentCommands } from "#renderer/parts/use-document-commands.ts";
import { Avatar } from "#renderer/ui/avatar.tsx";
import { Button, IconButton } from "#renderer/ui/button.tsx";
import { useDocumentsStore } from "./documents-store.ts";
import { useDeeds } from "./use-deeds.ts";
import "./shares.css";

/** Whom a document was given to by itself; of one that was given to the reader, by whom and until when. */
export function SharesSection({ document: view }: { document: PlacedDocument }) {
  return parseScope(view.scope).kind === "share" ? (
    <SharedByOther document={view} />
  ) : (
    <SharedWithOthers document={view} />
  );
}

function SharedWithOthers({ document: view }: { document: PlacedDocument }) {
  const { t } = useTranslation();
  const headingId = useId();
  const { items } = useLiveQuery("shares", { scope: view.scope, itemId: view.item.id });
  if (items.length === 0) return null;
  return (
    <section className="shares" aria-labelledby={headingId}>
      <h3 id={headingId} className="versions__title">
        {t("documents.share.with")}
      </h3>
      <ul className="plain-list shares__list">
        {items.map((each) => (
          <ShareRow key={each.key} view={each} document={view} />
        ))}
      </ul>
    </section>
  );
}

function ShareRow({ view, document: target }: { view: QueryItem<"shares">; document: PlacedDocument }) {
  const { t } = useTranslation();
  const openDialog = useDocumentsStore((state) => state.openDialog);
  const show = useToasts((state) => state.show);
  const { share, people, canEnd, pending } = view;
  const copyLink = () =>
    void navigator.clipboard
      .writeText(linkToShare({ kind: "document", scope: shareScope(share.id), itemId: share.itemId }))
      .then(() => show({ tone: "plain", text: t("documents.linkCopied") }));
  return (
    <li className="share-row">
      <ul className="plain-list share-row__people">
        {people.map((person) => (
          <li key={person.id} className="share-row__person">
            <Avatar person={person} size="small" />
            <span>{person.displayName}</span>
          </li>
        ))}
      </ul>
      <div className="share-row__foot">
        <span className="details__line">
          <ShareTerms share={share} />
          {pending === null ? null : <span className="share-row__wait">{t("documents.share.pending")}</span>}
        </span>
        <span className="share-row__tools">
          {pending === null ? (
            <IconButton icon={Link} label={t("documents.share.copyLink")} onPress={copyLink} />
          ) : null}
          {canEnd ? (
            <>
              <IconButton
                icon={Pencil}
                label={t("documents.share.edit")}
                onPress={() => openDialog({ kind: "share", document: target, share })}
              />
              <IconButton
                icon={UserX}
                label={t("documents.share.end")}
                onPress={() => openDialog({ kind: "endShare", document: target, share })}
              />
            </>
          ) : null}
        </span>
      </div>
    </li>
  );
}

/** « Lecture · jusqu’au 3 mars 2027 » */
function ShareTerms({ share }: { share: LibraryShare }) {
  const { t, i18n } = useTranslation();
  const right = t(`documents.share.rightOf.${share.right}`);
  if (share.expiresAt === undefined) return right;
  const until = formatDate(share.expiresAt, i18n.language);
  return `${right} · ${t("documents.share.untilOf", { until })}`;
}

function SharedByOther({ document: view }: { document: PlacedDocument }) {
  const { t } = useTranslation();
  const deeds = useDeeds();
  const commands = useDocumentCommands();
  const show = useToasts((state) => state.show);
  const { items } = useLiveQuery("sharedWithMe", {});
  const given = items.find(({ scope }) => scope === view.scope);
  if (given === undefined) return null;
  const leave = async () => {
    if (!(await deeds.each([view], () => commands.leaveShare(given.share)))) return;
    show({ tone: "plain", text: t("documents.share.left") });
    useView.getState().go("documents", "shared");
  };
  return (
    <section className="shares">
      <p className="share-row__person">
        <Avatar person={given.sharedBy} size="small" />
        <SharedByWords given={given} />
      </p>
      {given.share.note === undefined ? null : <p className="details__text">{given.share.note}</p>}
      <Button tone="quiet" onPress={() => void leave()}>
        {t("documents.share.leave")}
      </Button>
    </section>
  );
}

/** « Partagé par Anne jusqu’au 3 mars 2027, en lecture » */
export function SharedByWords({ given: { share, sharedBy } }: { given: ShareView }) {
  const { t, i18n } = useTranslation();
  const name = sharedBy.displayName;
  const words =
    share.expiresAt === undefined
      ? t("documents.share.by", { name })
      : t("documents.share.byUntil", { name, until: formatDate(share.expiresAt, i18n.language) });
  return (
    <span>{`${words}, ${t(share.right === "read" ? "documents.share.mayRead" : "documents.share.mayWrite")}`}</span>
  );
}
