import { useId, useMemo } from "react";
import type { Interval } from "#contract/icalendar/free-busy.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { EmptyState, SkeletonRows } from "#renderer/ui/note.tsx";
import { type Where } from "../calendar-words.ts";
import { missingWords, slotWords } from "./slot-words.ts";
import { suggestionsOf, type KnownTime, type Wish } from "./time-plan.ts";

interface SuggestionsProps {
  /** Null: not known yet. */
  known: readonly KnownTime[] | null;
  wish: Wish;
  slot: Interval;
  where: Where;
  onPick: (startMs: number) => void;
}

/** The best times, for everybody first, then with those who are missing by name. */
export function Suggestions({ known, wish, slot, where, onPick }: SuggestionsProps) {
  const { t, i18n } = useTranslation();
  const id = useId();
  const { fromMs, toMs, lengthMs, isWorkingOnly, zone } = wish;
  const slots = useMemo(
    () => (known === null ? null : suggestionsOf(known, { fromMs, toMs, lengthMs, isWorkingOnly, zone })),
    [known, fromMs, toMs, lengthMs, isWorkingOnly, zone],
  );
  const namesOf = (places: readonly number[]) => places.flatMap((at) => known?.[at]?.invited.name ?? []);
  return (
    <section className="find-time__best" aria-labelledby={id}>
      <h3 id={id} className="find-time__best-title">
        {t("calendar.findTime.best")}
      </h3>
      {slots === null ? <SkeletonRows count={3} /> : null}
      {slots?.length === 0 ? <EmptyState>{t("calendar.findTime.noTime")}</EmptyState> : null}
      <ul className="plain-list find-time__suggestions">
        {slots?.map(({ missing, missingOptional, ...each }) => (
          <li key={each.fromMs}>
            <button
              type="button"
              className="find-time__suggestion"
              aria-pressed={each.fromMs === slot.fromMs}
              onClick={() => onPick(each.fromMs)}
            >
              <span className="find-time__when">{slotWords(each, where)}</span>
              <span className="find-time__suits">
                {missingWords(t, i18n.language, {
                  needed: namesOf(missing),
                  optional: namesOf(missingOptional),
                })}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
