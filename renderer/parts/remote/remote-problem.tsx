import type { Problem } from "#contract/problem.ts";
import { CopyButton, detailOf } from "#renderer/ui/note.tsx";
import { useRemoteProblemWords } from "./remote-words.ts";

/** Why a calendar that lies elsewhere cannot be read. */
export function RemoteProblem({ problem }: { problem: Problem }) {
  const { title, advice } = useRemoteProblemWords()(problem);
  return (
    <div className="note note--loss" role="alert">
      <p className="note__title">{title}</p>
      <p>{advice}</p>
      <div className="note__actions">
        <CopyButton text={detailOf(problem)} />
      </div>
    </div>
  );
}
