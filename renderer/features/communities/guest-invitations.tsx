import { Copy, UserPlus } from "lucide-react";
import { useState } from "react";
import { deskScope } from "#contract/scope.ts";
import type { DeskEntry, DeskItem } from "#contract/views/communities.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useToasts } from "#renderer/kit/toast-store.ts";
import { useReportProblem } from "#renderer/parts/use-commands.ts";
import { useWriter } from "#renderer/parts/use-writer.ts";
import { Button, ICON_SIZE, ICON_STROKE } from "#renderer/ui/button.tsx";
import { ConfirmDialog } from "#renderer/ui/confirm-dialog.tsx";
import { EmptyState } from "#renderer/ui/note.tsx";
import { TimeWord } from "#renderer/ui/time-word.tsx";
import { RefusedDecision } from "./decision-card.tsx";
import { InviteGuestDialog } from "./invite-guest-dialog.tsx";
import { useInvitationLink } from "./invitation-link.ts";
import { PageSection } from "./page-frame.tsx";
import type { OpenCommunity } from "./space-page.tsx";

type Entry = Extract<DeskEntry, { kind: "guest" }>;

/** People from outside who were invited into this space alone, by a link that ends. */
export function GuestInvitations({
  items,
  community,
}: {
  items: readonly DeskItem[];
  community: OpenCommunity;
}) {
  const { t } = useTranslation();
  const [isInviting, setInviting] = useState(false);
  const invitations = items.flatMap((item) =>
    item.entry.kind === "guest" ? [{ item, entry: item.entry }] : [],
  );
  const canInvite = community.view.space.archivedAt === undefined;
  return (
    <PageSection
      title={t("guest.invitations")}
      hint={t("guest.hint")}
      action={
        canInvite ? (
          <Button onPress={() => setInviting(true)}>
            <UserPlus size={ICON_SIZE} strokeWidth={ICON_STROKE} aria-hidden />
            {t("guest.invite")}
          </Button>
        ) : null
      }
    >
      {invitations.length === 0 ? <EmptyState>{t("guest.none")}</EmptyState> : null}
      <ul className="plain-list cards">
        {invitations.map(({ item, entry }) => (
          <li key={item.key}>
            <InvitationCard item={item} entry={entry} />
          </li>
        ))}
      </ul>
      {isInviting ? <InviteGuestDialog community={community} onClose={() => setInviting(false)} /> : null}
    </PageSection>
  );
}

function InvitationCard({ item, entry: { row, person } }: { item: DeskItem; entry: Entry }) {
  const { t } = useTranslation();
  const isOpen = row.state === "waiting";
  return (
    <article className="card-row" aria-label={row.email}>
      <div className="card-row__words">
        <h4 className="card-row__name">{row.name ?? row.email}</h4>
        {row.name === undefined ? null : <p className="card-row__facts">{row.email}</p>}
        <p className="card-row__facts">
          {t("guest.invitedBy", { name: person.displayName })} · <TimeWord iso={row.createdAt} form="ago" />
        </p>
        {row.accessUntil === undefined ? null : (
          <p className="card-row__facts">
            {t("guest.accessUntil")} <TimeWord iso={row.accessUntil} form="day" />
          </p>
        )}
        {isOpen ? (
          <p className="card-row__facts">
            {row.isMailed === true ? t("guest.mailed") : t("guest.notMailed")} {t("guest.linkUntil")}{" "}
            <TimeWord iso={row.expiresAt} form="day" />
          </p>
        ) : null}
        <div className="tags">
          <span className={isOpen ? "tag tag--wait" : "tag"}>{t(`guest.state.${row.state}`)}</span>
        </div>
        <RefusedDecision pending={item.pending} />
      </div>
      {isOpen ? <InvitationActions item={item} row={row} /> : null}
    </article>
  );
}

function InvitationActions({ item, row }: { item: DeskItem; row: Entry["row"] }) {
  const { t } = useTranslation();
  const { write } = useWriter();
  const ask = useInvitationLink();
  const report = useReportProblem();
  const show = useToasts((state) => state.show);
  const [link, setLink] = useState("");
  const [isRevoking, setRevoking] = useState(false);
  const copy = async () => {
    const result = await ask(row.id);
    if (!result.ok) {
      report(result.error);
      return;
    }
    setLink(result.value.url);
    try {
      await navigator.clipboard.writeText(result.value.url);
      show({ tone: "plain", text: t("guest.linkCopied") });
    } catch {
      // The system refused the clipboard: the link stands below to be copied by hand.
      show({ tone: "plain", text: t("guest.linkShown") });
    }
  };
  const revoke = () =>
    void write("guest.revoke", deskScope(row.spaceId), { id: row.id, spaceId: row.spaceId });
  return (
    <>
      <div className="card-row__actions">
        {/* What the server does not know yet has no link. */}
        <Button onPress={() => void copy()} isDisabled={item.pending !== null}>
          <Copy size={ICON_SIZE} strokeWidth={ICON_STROKE} aria-hidden />
          {t("guest.copyLink")}
        </Button>
        <Button onPress={() => setRevoking(true)}>{t("guest.revoke")}</Button>
      </div>
      {link === "" ? null : (
        <input
          className="field__input"
          readOnly
          value={link}
          aria-label={t("guest.link")}
          onFocus={(event) => event.target.select()}
        />
      )}
      {isRevoking ? (
        <ConfirmDialog
          title={t("guest.revokeTitle", { email: row.email })}
          action={t("guest.revoke")}
          onClose={() => setRevoking(false)}
          onConfirm={revoke}
        >
          <p>{t("guest.revokeHint")}</p>
        </ConfirmDialog>
      ) : null}
    </>
  );
}
