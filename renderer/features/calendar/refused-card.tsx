import type { RefusedWrite } from "#contract/views/message-view.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useProblemWords } from "#renderer/kit/problem-words.ts";
import { Button } from "#renderer/ui/button.tsx";
import { Note } from "#renderer/ui/note.tsx";
import { useEventDeeds } from "./use-event-deeds.ts";

/** A write that the server did not take: nothing is lost, the person decides. */
export function RefusedCard({ refused }: { refused: RefusedWrite }) {
  const { t } = useTranslation();
  const words = useProblemWords();
  const { commands, run } = useEventDeeds();
  const isConflict = refused.status === "conflict";
  return (
    <Note tone="loss">
      <p className="note__title">
        {t(isConflict ? "calendar.refusedCard.conflict" : "calendar.refusedCard.rejected")}
      </p>
      {refused.problem === null || isConflict ? null : <p>{words(refused.problem).title}</p>}
      <div className="note__actions">
        <Button onPress={() => void run(isConflict ? commands.insist(refused) : commands.tryAgain(refused))}>
          {t(isConflict ? "calendar.refusedCard.mine" : "calendar.refusedCard.again")}
        </Button>
        <Button onPress={() => void run(commands.giveUp(refused))}>
          {t(isConflict ? "calendar.refusedCard.theirs" : "calendar.refusedCard.giveUp")}
        </Button>
      </div>
    </Note>
  );
}
