import { useTranslation } from "./i18n.ts";
import { problemKindSchema, type Problem } from "#contract/problem.ts";

export interface ProblemWords {
  title: string;
  advice: string;
}

/** What happened and what to do, in the person's language, for every kind of problem. */
export function useProblemWords(): (problem: Pick<Problem, "kind">) => ProblemWords {
  const { t } = useTranslation();
  return ({ kind }) => ({ title: t(`problem.${kind}.title`), advice: t(`problem.${kind}.advice`) });
}

/** The same for a kind that was written down; null when it is none. */
export function useProblemKindWords(): (kind: string) => ProblemWords | null {
  const words = useProblemWords();
  return (text) => {
    const kind = problemKindSchema.safeParse(text);
    return kind.success ? words({ kind: kind.data }) : null;
  };
}
