import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Pending } from "#contract/worker.ts";
import { useProblemWords } from "#renderer/kit/problem-words.ts";
import { useSession, useWorker } from "#renderer/kit/worker-context.tsx";
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

/** What became of a write that is not settled: waiting says so quietly, a refusal asks for a decision. */
export function PendingNote({ pending, body }: { pending: Pending; body: string }) {
  const { t } = useTranslation();
  const client = useWorker();
  const words = useProblemWords();
  const report = useReportProblem();
  const isSlow = useSlow();
  const isOnline = useSession((session) => session.connection === "online");
  const act = (name: "outbox.retry" | "outbox.discard") => () => {
    void client.call(name, { mutationId: pending.mutationId }).then((result) => {
      if (!result.ok) report(result.error);
    });
  };
  if (pending.status === "waiting" || pending.status === "sending") {
    return isSlow ? (
      <p className="pending-note">{isOnline ? t("outbox.sending") : t("outbox.waitsForNetwork")}</p>
    ) : null;
  }
  const reason = pending.problem === null || pending.status === "conflict" ? null : words(pending.problem);
  return (
    <div className="pending-note pending-note--failed">
      <span>
        {pending.status === "conflict" ? t("outbox.conflict") : t("outbox.refused")}
        {reason === null ? "" : ` ${reason.title}`}
      </span>
      <Button tone="link" onPress={act("outbox.retry")}>
        {t("outbox.retry")}
      </Button>
      <CopyButton text={body} label={t("message.copyText")} />
      <Button tone="link" onPress={act("outbox.discard")}>
        {t("outbox.discard")}
      </Button>
    </div>
  );
}
