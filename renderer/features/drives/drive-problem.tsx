import type { ReactNode } from "react";
import type { Problem } from "#contract/problem.ts";
import { CopyButton, detailOf } from "#renderer/ui/note.tsx";
import { useDriveProblemWords } from "./drive-words.ts";

interface DriveProblemProps {
  problem: Problem;
  /** What was kept, or what can still be seen. */
  kept?: string;
  children?: ReactNode;
}

/** What happened with a drive, and what to do. */
export function DriveProblem({ problem, kept, children }: DriveProblemProps) {
  const { title, advice } = useDriveProblemWords()(problem);
  return (
    <div className="note note--loss" role="alert">
      <p className="note__title">{title}</p>
      <p>{advice}</p>
      {kept === undefined ? null : <p>{kept}</p>}
      <div className="note__actions">
        {children}
        <CopyButton text={detailOf(problem)} />
      </div>
    </div>
  );
}
