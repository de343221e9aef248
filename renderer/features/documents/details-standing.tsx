import { LockKeyholeOpen, ShieldCheck } from "lucide-react";
import { useState } from "react";
import type { PlacedDocument } from "#contract/views/documents.ts";
import type { QueryInfo } from "#contract/worker.ts";
import { formatDate } from "#renderer/kit/date-words.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useSession } from "#renderer/kit/worker-context.tsx";
import { useDocumentCommands } from "#renderer/parts/use-document-commands.ts";
import { useBlobUrl } from "#renderer/ui/avatar.tsx";
import { Button, ICON_SIZE, ICON_STROKE } from "#renderer/ui/button.tsx";
import { Note } from "#renderer/ui/note.tsx";
import { TimeWord } from "#renderer/ui/time-word.tsx";
import { useDeeds } from "./use-deeds.ts";
import { sha256Of } from "./verify-hash.ts";

interface StandingProps {
  document: PlacedDocument;
  info: QueryInfo<"document">;
}

const SAID = ["notYours", "archived", "notMember", "shared"] as const;

/** What stands against changing it, and who can do something about that. */
export function DetailsStanding({ document: view, info }: StandingProps) {
  const { t } = useTranslation();
  const said = SAID.find((obstacle) => obstacle === view.obstacle);
  return (
    <>
      {view.item.lock === undefined ? null : <LockCard document={view} info={info} />}
      {view.item.preservation === undefined ? null : <PreservationCard document={view} info={info} />}
      {said === undefined ? null : <p className="details__line">{t(`documents.obstacle.${said}`)}</p>}
      {info.isKept ? null : <Note tone="wait">{t("documents.notKept")}</Note>}
    </>
  );
}

function LockCard({ document: view, info }: StandingProps) {
  const { t } = useTranslation();
  const deeds = useDeeds();
  const commands = useDocumentCommands();
  const me = useSession((session) => session.me?.id ?? null);
  const { lock } = view.item;
  if (lock === undefined) return null;
  const isMine = lock.personId === me;
  return (
    <Note tone="wait">
      <p className="note__title">
        {isMine
          ? t("documents.lockedByMe")
          : t("documents.mark.lockedBy", { name: info.lockedBy?.displayName ?? "" })}
      </p>
      <p>
        <TimeWord iso={lock.lockedAt} form="full" />
      </p>
      {lock.note === undefined ? null : <p>{lock.note}</p>}
      {isMine || info.canRun ? (
        <div className="note__actions">
          <Button onPress={() => void deeds.each([view], commands.unlock)}>
            <LockKeyholeOpen size={ICON_SIZE} strokeWidth={ICON_STROKE} aria-hidden />
            {isMine ? t("documents.unlock") : t("documents.unlockOther")}
          </Button>
        </div>
      ) : null}
    </Note>
  );
}

type Checked = { state: "no" | "reading" | "same" | "different" | "unreadable" };

function PreservationCard({ document: view, info }: StandingProps) {
  const { t, i18n } = useTranslation();
  const { preservation } = view.item;
  if (preservation === undefined) return null;
  const until = formatDate(preservation.until, i18n.language);
  return (
    <Note>
      <p className="note__title details__kept">
        <ShieldCheck size={ICON_SIZE} strokeWidth={ICON_STROKE} aria-hidden />
        {t(view.isPreserved ? "documents.preservedUntil" : "documents.wasPreservedUntil", { until })}
      </p>
      {preservation.reason === undefined ? null : <p>{preservation.reason}</p>}
      <p className="details__line">
        {info.preservedBy?.displayName} · <TimeWord iso={preservation.preservedAt} form="full" />
      </p>
      <HashCheck document={view} />
    </Note>
  );
}

/** The bytes are fetched and counted anew: what is shown is what they are, not what somebody says of them. */
function HashCheck({ document: view }: Pick<StandingProps, "document">) {
  const { t } = useTranslation();
  const blobUrl = useBlobUrl();
  const [checked, setChecked] = useState<Checked>({ state: "no" });
  const { bytes } = view;
  if (bytes === null || bytes.sha256 === null) return null;
  const { sha256 } = bytes;
  const verify = async () => {
    setChecked({ state: "reading" });
    const found = await sha256Of(blobUrl(bytes.blobId));
    setChecked({ state: found === null ? "unreadable" : found === sha256 ? "same" : "different" });
  };
  return (
    <>
      <p className="details__hash">
        <span className="details__line">{t("documents.hash")}</span>
        <code>{sha256}</code>
      </p>
      <div className="note__actions">
        <Button isDisabled={checked.state === "reading"} onPress={() => void verify()}>
          {checked.state === "reading" ? t("documents.verifying") : t("documents.verify")}
        </Button>
      </div>
      <p role="status" className={checked.state === "different" ? "details__wrong" : "details__line"}>
        {checked.state === "no" || checked.state === "reading"
          ? ""
          : t(`documents.verified.${checked.state}`)}
      </p>
    </>
  );
}
