import type { Interval } from "#contract/icalendar/free-busy.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { type Where } from "../calendar-words.ts";
import { missingWords, namesWords, slotWords } from "./slot-words.ts";
import { stateAt, type Invited, type KnownTime } from "./time-plan.ts";

function namesOf(some: readonly KnownTime[]): string[] {
  return some.map(({ invited }) => invited.name);
}

interface ChosenTimeProps {
  people: readonly Invited[];
  /** Null: not known yet, or not to be had. */
  known: readonly KnownTime[] | null;
  slot: Interval;
  isWorkingOnly: boolean;
  where: Where;
}

/** The time that is chosen, whom it does not suit, and what is not known. */
export function ChosenTime({ people, known, slot, isWorkingOnly, where }: ChosenTimeProps) {
  const { t, i18n } = useTranslation();
  return (
    <div className="find-time__chosen">
      <p className="find-time__when">{slotWords(slot, where)}</p>
      <p className="find-time__suits" role="status">
        {known === null ? "" : missingWords(t, i18n.language, missingAt(known, slot, isWorkingOnly))}
      </p>
      {known === null ? null : <Doubts people={people} known={known} isWorkingOnly={isWorkingOnly} />}
    </div>
  );
}

function missingAt(known: readonly KnownTime[], slot: Interval, isWorkingOnly: boolean) {
  const missing = known.filter((each) => stateAt(each, slot, isWorkingOnly) !== "free");
  const named = (isOptional: boolean) =>
    missing
      .filter(({ invited }) => (invited.isOptional === true) === isOptional)
      .map(({ invited: { name } }) => name);
  return { needed: named(false), optional: named(true) };
}

function Doubts({
  people,
  known,
  isWorkingOnly,
}: Omit<ChosenTimeProps, "slot" | "where" | "known"> & { known: readonly KnownTime[] }) {
  const { t, i18n } = useTranslation();
  const ids = new Set(known.map(({ invited }) => invited.id));
  const said = (key: "unknownOf" | "usualHoursOf" | "cutOf", names: readonly string[]) =>
    names.length === 0 ? null : (
      <p className="field__hint">
        {t(`calendar.findTime.${key}`, { names: namesWords(t, i18n.language, names) })}
      </p>
    );
  return (
    <>
      {said(
        "unknownOf",
        people.filter(({ id }) => !ids.has(id)).map(({ name }) => name),
      )}
      {isWorkingOnly
        ? said("usualHoursOf", namesOf(known.filter(({ hasUsualHours }) => hasUsualHours)))
        : null}
      {said("cutOf", namesOf(known.filter(({ isCut }) => isCut)))}
    </>
  );
}
