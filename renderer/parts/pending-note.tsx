import { useEffect, useState } from "react";
import { useTranslation } from "#renderer/kit/i18n.ts";
import type { Pending } from "#contract/views/message-view.ts";
import { useProblemWords } from "#renderer/kit/problem-words.ts";
import { useLiveQuery, useSession, useWorker } from "#renderer/kit/worker-context.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { CopyButton } from "#renderer/ui/note.tsx";
import { useReportProblem } from "./use-commands.ts";

/** A message is usually gone before the eye has left the field: nothing is said, and nothing moves, before this. */
const PATIENCE_MS = 1500;

function useSlow(): boolean {
  const [isSlow, setSlow] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, []);
  return isSlow;
}

interface PendingNoteProps {
  pending: Pending;
  /** The text as it stands in the row. */
  body: string;
}

/** What became of a write that is not settled: waiting says so quietly, a refusal asks for a decision. */
export function PendingNote({ pending, body }: PendingNoteProps) {
  const isFailed = pending.status === "conflict" || pending.status === "rejected";
  return isFailed ? <FailedNote pending={pending} body={body} /> : <WaitingNote />;
}

function WaitingNote() {
  const { t } = useTranslation();
  const isSlow = useSlow();
  const isOnline = useSession((session) => session.connection === "online");
  if (!isSlow) return null;
  return <p className="pending-note">{isOnline ? t("outbox.sending") : t("outbox.waitsForNetwork")}</p>;
}

/** The row shows what the server has; what the person wrote stands here, and can be sent, copied or given up. */
function FailedNote({ pending, body }: PendingNoteProps) {
  const { t } = useTranslation();
  const client = useWorker();
  const words = useProblemWords();
  const report = useReportProblem();
  const { items } = useLiveQuery("outbox", {});
  const { mutationId, problem } = pending;
  const written = items.find((item) => item.mutationId === mutationId)?.args["body"];
  const mine = typeof written === "string" ? written : body;
  const isConflict = pending.status === "conflict";
  const act = (name: "outbox.retry" | "outbox.discard") => () => {
    void client.call(name, { mutationId }).then((result) => {
      if (!result.ok) report(result.error);
    });
  };
  return (
    <div className="pending-note pending-note--failed" role="group" aria-label={t("outbox.refused")}>
      <p>
        {isConflict ? t("outbox.conflict") : t("outbox.refused")}
        {isConflict || problem === null ? "" : ` ${words(problem).title}`}
      </p>
      {mine === body ? null : (
        <p className="pending-note__mine">
          <span className="pending-note__whose">{t("outbox.mine")}</span> {mine}
        </p>
      )}
      <Button tone="link" onPress={act("outbox.retry")}>
        {isConflict ? t("outbox.useMine") : t("outbox.retry")}
      </Button>
      <CopyButton text={mine} label={t("message.copyText")} />
      <Button tone="link" onPress={act("outbox.discard")}>
        {isConflict ? t("outbox.useTheirs") : t("outbox.discard")}
      </Button>
    </div>
  );
}
