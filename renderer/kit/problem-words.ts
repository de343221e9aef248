import { useTranslation } from "./i18n.ts";
import type { Problem } from "#contract/problem.ts";

export interface ProblemWords {
  title: string;
  advice: string;
}

/** What happened and what to do, in the person's language, for every kind of problem. */
export function useProblemWords(): (problem: Problem) => ProblemWords {
  const { t } = useTranslation();
  return ({ kind }) => ({ title: t(`problem.${kind}.title`), advice: t(`problem.${kind}.advice`) });
}
