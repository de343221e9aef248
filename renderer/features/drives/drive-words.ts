import { driveProblemSchema, type DriveInfo } from "#contract/drives.ts";
import type { Problem } from "#contract/problem.ts";
import { useDateWords, useTranslation } from "#renderer/kit/i18n.ts";
import { useProblemWords, type ProblemWords } from "#renderer/kit/problem-words.ts";

/** What happened with a drive and what to do, in the person's language: by its fault, else by its kind. */
export function useDriveProblemWords(): (problem: Problem) => ProblemWords {
  const { t } = useTranslation();
  const general = useProblemWords();
  return (problem) => {
    const fault = driveProblemSchema.safeParse(problem).data?.fault;
    if (fault === undefined) return general(problem);
    return { title: t(`drives.fault.${fault}.title`), advice: t(`drives.fault.${fault}.advice`) };
  };
}

/** « Injoignable depuis 14:05 » */
export function useDriveStateWords(): (drive: DriveInfo) => string {
  const { t } = useTranslation();
  const dates = useDateWords();
  return ({ state, since }) =>
    state === "unreachable"
      ? t("drives.state.unreachableSince", { time: dates.short(since) })
      : t(`drives.state.${state}`);
}
