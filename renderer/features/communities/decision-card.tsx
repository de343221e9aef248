import type { Pending } from "#contract/views/message-view.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useProblemWords } from "#renderer/kit/problem-words.ts";
import { useWorker } from "#renderer/kit/worker-context.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { Note } from "#renderer/ui/note.tsx";

type State = "waiting" | "accepted" | "refused" | "withdrawn";

/** `accepted`, `refused`… in the words of each kind of thing that is decided. */
export function StateTag({ state, label }: { state: State; label: string }) {
  const tone = state === "waiting" ? "tag--wait" : "";
  return <span className={`tag ${tone}`}>{label}</span>;
}

/** A decision that the server did not take, say because another was quicker: said, and put away once read. */
export function RefusedDecision({ pending }: { pending: Pending | null }) {
  const { t } = useTranslation();
  const words = useProblemWords();
  const client = useWorker();
  if (pending === null || (pending.status !== "conflict" && pending.status !== "rejected")) return null;
  const { mutationId, problem, status } = pending;
  const discard = () => void client.call("outbox.discard", { mutationId });
  const retry = () => void client.call("outbox.retry", { mutationId });
  return (
    <Note tone="wait">
      <p>
        {status === "conflict" ? t("request.decidedMeanwhile") : t("community.notSaved")}{" "}
        {status === "rejected" && problem !== null ? words(problem).title : ""}
      </p>
      <div className="note__actions">
        {status === "rejected" ? <Button onPress={retry}>{t("action.retry")}</Button> : null}
        <Button onPress={discard}>{t("request.understood")}</Button>
      </div>
    </Note>
  );
}
