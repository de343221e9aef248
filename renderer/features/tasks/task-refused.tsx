import type { RefusedWrite } from "#contract/views/message-view.ts";
import type { TaskView } from "#contract/views/tasks.ts";
import { isMutationName } from "#contract/mutations.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useProblemWords } from "#renderer/kit/problem-words.ts";
import { Button } from "#renderer/ui/button.tsx";
import { Note } from "#renderer/ui/note.tsx";
import { TimeWord } from "#renderer/ui/time-word.tsx";
import { useTaskDeeds } from "./use-task-deeds.ts";

/** Writes that the server did not take: nothing is lost, the person decides. */
export function TaskRefused({ view }: { view: TaskView }) {
  return view.refused.map((refused) => <RefusedCard key={refused.mutationId} refused={refused} />);
}

function RefusedCard({ refused }: { refused: RefusedWrite }) {
  const { t } = useTranslation();
  const words = useProblemWords();
  const { commands, run } = useTaskDeeds();
  const { name, status, problem, args, current } = refused;
  const isConflict = status === "conflict";
  const { changes } = args;
  const fields = typeof changes === "object" && changes !== null ? Object.entries(changes) : [];
  return (
    <Note tone="loss">
      <p className="note__title">
        {isConflict ? t("tasks.refused.conflict") : t("tasks.refused.rejected")}
        {isMutationName(name) ? ` ${t(`mutation.${name}`)}` : ""}
      </p>
      {fields.map(([field, mine]) => (
        <p key={field} className="task-details__line">
          {t("tasks.refused.values", { mine: textOf(mine), theirs: textOf(current?.[field]) })}
        </p>
      ))}
      {problem === null || isConflict ? null : <p>{words(problem).title}</p>}
      <p className="task-details__line">
        <TimeWord iso={refused.madeAt} form="full" />
      </p>
      <div className="note__actions">
        <Button onPress={() => void run(isConflict ? commands.insist(refused) : commands.tryAgain(refused))}>
          {t(isConflict ? "tasks.refused.mine" : "tasks.refused.again")}
        </Button>
        <Button onPress={() => void run(commands.giveUp(refused))}>
          {t(isConflict ? "tasks.refused.theirs" : "tasks.refused.giveUp")}
        </Button>
      </div>
    </Note>
  );
}

function textOf(value: unknown): string {
  if (typeof value === "string") return value.slice(0, 300);
  if (value === null || value === undefined) return "—";
  return Array.isArray(value) ? String(value.length) : JSON.stringify(value).slice(0, 300);
}
