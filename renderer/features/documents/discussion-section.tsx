import type { PlacedDocument } from "#contract/views/documents.ts";
import type { QueryInfo } from "#contract/worker.ts";
import { ObjectThread } from "#renderer/parts/object-thread.tsx";
import { useReportProblem } from "#renderer/parts/use-commands.ts";
import { useDocumentCommands } from "#renderer/parts/use-document-commands.ts";

interface SectionProps {
  document: PlacedDocument;
  discussion: QueryInfo<"document">["discussion"];
  canWrite: boolean;
}

export function DiscussionSection({ document: view, discussion, canWrite }: SectionProps) {
  const commands = useDocumentCommands();
  const report = useReportProblem();
  // Nobody else reads one's own library; what is not on the server yet has nothing to hang a thread on.
  if (view.place.spaceId === null) return null;
  const begin = () =>
    void commands.discuss(view).then((begun) => {
      if (!begun.ok) report(begun.error);
    });
  return (
    <ObjectThread
      scope={view.scope}
      discussion={discussion}
      canWrite={canWrite}
      begin={canWrite && view.pending === null ? begin : null}
    />
  );
}
