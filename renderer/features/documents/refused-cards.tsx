import type { Result } from "#contract/result.ts";
import { numberedName } from "#contract/file-names.ts";
import type { PlacedDocument } from "#contract/views/documents.ts";
import type { RefusedWrite } from "#contract/views/message-view.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useProblemWords } from "#renderer/kit/problem-words.ts";
import { useDocumentCommands } from "#renderer/parts/use-document-commands.ts";
import { Button } from "#renderer/ui/button.tsx";
import { Note } from "#renderer/ui/note.tsx";
import { TimeWord } from "#renderer/ui/time-word.tsx";
import { useDeeds } from "./use-deeds.ts";

/** Writes that the server did not take: nothing is lost, the person decides. */
export function RefusedCards({ document: view }: { document: PlacedDocument }) {
  if (view.refused.length === 0) return null;
  return view.refused.map((refused) => (
    <RefusedCard key={refused.mutationId} document={view} refused={refused} />
  ));
}

interface RefusedCardProps {
  document: PlacedDocument;
  refused: RefusedWrite;
}

type Choice = { id: "mine" | "both" | "theirs" | "again" | "giveUp"; run: () => Promise<Result<unknown>> };

function RefusedCard({ document: view, refused }: RefusedCardProps) {
  const { t } = useTranslation();
  const deeds = useDeeds();
  const commands = useDocumentCommands();
  const words = useProblemWords();
  const isConflict = refused.status === "conflict";
  const { name, problem } = refused;
  const choices = choicesOf(view, refused, commands);
  const kind = name === "file.write" ? "written" : isTaken(refused) ? "taken" : "other";
  return (
    <Note tone="loss">
      <p className="note__title">
        {isConflict ? t(`documents.refused.${kind}`) : t("documents.refused.rejected")}
      </p>
      <p>{t("documents.refused.kept")}</p>
      {problem === null || isConflict ? null : <p>{words(problem).title}</p>}
      <p className="details__line">
        <TimeWord iso={refused.madeAt} form="full" />
      </p>
      <div className="note__actions">
        {choices.map(({ id, run }) => (
          <Button key={id} onPress={() => void deeds.each([view], run)}>
            {t(`documents.refused.choice.${id}`)}
          </Button>
        ))}
      </div>
    </Note>
  );
}

function isTaken({ name }: RefusedWrite): boolean {
  return name === "file.add" || name === "folder.create" || name === "libraryItem.move";
}

/** Keep mine, keep theirs, keep both, where each makes sense. */
function choicesOf(
  view: PlacedDocument,
  refused: RefusedWrite,
  commands: ReturnType<typeof useDocumentCommands>,
): Choice[] {
  const theirs: Choice = { id: "theirs", run: () => commands.giveUp(refused) };
  if (refused.status === "rejected") {
    return [
      { id: "again", run: () => commands.tryAgain(refused) },
      { id: "giveUp", run: () => commands.giveUp(refused) },
    ];
  }
  if (refused.name === "file.write") {
    return [
      { id: "mine", run: () => commands.replace(view.scope, refused) },
      theirs,
      { id: "both", run: () => commands.keepBeside(view, refused, numberedName(view.item.name, 2)) },
    ];
  }
  if (refused.name === "file.add") {
    return [
      { id: "both", run: () => commands.keepBoth(refused) },
      { id: "mine", run: () => commands.replace(view.scope, refused) },
      theirs,
    ];
  }
  if (isTaken(refused)) return [{ id: "both", run: () => commands.keepBoth(refused) }, theirs];
  return [{ id: "again", run: () => commands.tryAgain(refused) }, theirs];
}
