import { useId, useState } from "react";
import { localOf } from "#contract/icalendar/calendar-time.ts";
import type { Recurrence, RecurrencePattern } from "#contract/icalendar/recurrence-words.ts";
import { localeOf } from "../calendar-words.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { FieldFrame } from "#renderer/ui/field-frame.tsx";
import { FieldGroup, SelectField } from "#renderer/ui/form.tsx";
import { weekdayName } from "./draft-days.ts";
import type { DraftProblem, Frequency } from "./draft-moves.ts";
import { frequencyOf, offeredPatterns, withFrequency, withWeekday } from "./draft-moves.ts";
import { onWords, recurrenceSentence } from "./recurrence-sentence.ts";
import type { DraftFieldProps } from "./title-field.tsx";
import { TypedInput, isDay } from "./typed-input.tsx";

const frequencies = ["never", "daily", "workdays", "weekly", "monthly", "yearly"] as const;

interface RepeatFieldProps extends DraftFieldProps {
  problems: readonly DraftProblem[];
}

/** How often, on which days, until when, and a sentence that says it all. */
export function RepeatField({ draft, onChange, problems }: RepeatFieldProps) {
  const { t, i18n } = useTranslation();
  const { recurrence } = draft;
  const [wasOther] = useState(recurrence === "other");
  const offered: readonly Frequency[] = wasOther ? [...frequencies, "other"] : frequencies;
  const pick = (frequency: Frequency) =>
    onChange(frequency === "other" ? { ...draft, recurrence: "other" } : withFrequency(draft, frequency));
  return (
    <div className="draft-form__repeat">
      <SelectField
        label={t("eventForm.repeat.label")}
        value={frequencyOf(recurrence)}
        options={offered.map((value) => ({ value, label: t(`eventForm.repeat.frequency.${value}`) }))}
        onChange={pick}
        {...(recurrence === "other" ? { hint: t("eventForm.repeat.specialHint") } : {})}
      />
      {recurrence === null || recurrence === "other" ? null : (
        <div className="draft-form__rule">
          <RuleFields
            recurrence={recurrence}
            startsAt={draft.startsAt}
            isOver={problems.includes("lastDayBeforeStart")}
            onChange={(next) => onChange({ ...draft, recurrence: next })}
          />
          <p className="draft-form__sentence" role="status">
            {recurrenceSentence(recurrence, t, localeOf(i18n.language))}
          </p>
        </div>
      )}
    </div>
  );
}

interface RuleProps {
  recurrence: Recurrence;
  startsAt: string;
  onChange: (recurrence: Recurrence) => void;
}

function RuleFields({ isOver, ...props }: RuleProps & { isOver: boolean }) {
  const { t } = useTranslation();
  const { recurrence, onChange } = props;
  const frequency = frequencyOf(recurrence);
  const unit =
    frequency === "workdays" || frequency === "never" || frequency === "other" ? "weekly" : frequency;
  return (
    <>
      <div className="draft-form__pair">
        <FieldFrame label={t(`eventForm.repeat.interval.${unit}`)}>
          {(tied) => (
            <TypedInput
              {...tied}
              type="number"
              min={1}
              max={1000}
              value={String(recurrence.interval)}
              isValue={(typed) => isCount(typed, 1000)}
              onChange={(typed) => onChange({ ...recurrence, interval: Number(typed) })}
            />
          )}
        </FieldFrame>
        {frequency === "monthly" || frequency === "yearly" ? (
          <Which {...props} frequency={frequency} />
        ) : null}
      </div>
      {recurrence.pattern.kind === "weekly" ? (
        <Weekdays {...props} chosen={recurrence.pattern.weekdays} />
      ) : null}
      <EndField {...props} isOver={isOver} />
    </>
  );
}

function isCount(typed: string, most: number): boolean {
  return /^\d{1,4}$/.test(typed) && Number(typed) >= 1 && Number(typed) <= most;
}

function Weekdays({ recurrence, onChange, chosen }: RuleProps & { chosen: readonly number[] }) {
  const { t, i18n } = useTranslation();
  return (
    <FieldGroup label={t("eventForm.repeat.weekdays")}>
      <div className="draft-form__weekdays">
        {[1, 2, 3, 4, 5, 6, 7].map((weekday) => (
          <label key={weekday} className="draft-form__weekday">
            <input
              type="checkbox"
              checked={chosen.includes(weekday)}
              aria-label={weekdayName(weekday, localeOf(i18n.language))}
              onChange={() => onChange(withWeekday(recurrence, weekday))}
            />
            <span aria-hidden>{weekdayName(weekday, localeOf(i18n.language), "short")}</span>
          </label>
        ))}
      </div>
    </FieldGroup>
  );
}

interface WhichProps extends RuleProps {
  frequency: "monthly" | "yearly";
}

/** The day by its number or by its place in the month; what the start does not offer but the rule has stays offered. */
function Which({ recurrence, startsAt, onChange, frequency }: WhichProps) {
  const { t, i18n } = useTranslation();
  const current = JSON.stringify(recurrence.pattern);
  const offered = offeredPatterns(startsAt, frequency);
  const isOffered = offered.some((pattern) => JSON.stringify(pattern) === current);
  const patterns: readonly RecurrencePattern[] = isOffered ? offered : [...offered, recurrence.pattern];
  return (
    <SelectField
      label={t("eventForm.repeat.which")}
      value={current}
      options={patterns.map((pattern) => ({
        value: JSON.stringify(pattern),
        label: onWords(pattern, t, localeOf(i18n.language)),
      }))}
      onChange={(picked) => {
        const pattern = patterns.find((each) => JSON.stringify(each) === picked);
        if (pattern !== undefined) onChange({ ...recurrence, pattern });
      }}
    />
  );
}

const USUAL_COUNT = 10;
const USUAL_WEEKS = 12;

function endOf(kind: Recurrence["end"]["kind"], startsAt: string): Recurrence["end"] {
  switch (kind) {
    case "never":
      return { kind };
    case "count":
      return { kind, count: USUAL_COUNT };
    case "until":
      return { kind, day: localOf(Date.parse(`${startsAt}Z`) + USUAL_WEEKS * 7 * 86_400_000).slice(0, 10) };
  }
}

function EndField({ recurrence, startsAt, onChange, isOver }: RuleProps & { isOver: boolean }) {
  const { t } = useTranslation();
  const id = useId();
  const { end } = recurrence;
  const tied = isOver ? { "aria-invalid": true, "aria-describedby": id } : {};
  return (
    <>
      <div className="draft-form__pair">
        <SelectField
          label={t("eventForm.repeat.end.label")}
          value={end.kind}
          options={(["never", "count", "until"] as const).map((value) => ({
            value,
            label: t(`eventForm.repeat.end.${value}`),
          }))}
          onChange={(kind) => onChange({ ...recurrence, end: endOf(kind, startsAt) })}
        />
        {end.kind === "count" ? (
          <FieldFrame label={t("eventForm.repeat.end.countLabel")}>
            {(framed) => (
              <TypedInput
                {...framed}
                type="number"
                min={1}
                max={9999}
                value={String(end.count)}
                isValue={(typed) => isCount(typed, 9999)}
                onChange={(typed) =>
                  onChange({ ...recurrence, end: { kind: "count", count: Number(typed) } })
                }
              />
            )}
          </FieldFrame>
        ) : null}
        {end.kind === "until" ? (
          <FieldFrame label={t("eventForm.repeat.end.untilLabel")}>
            {(framed) => (
              <TypedInput
                {...framed}
                {...tied}
                type="date"
                max="9999-12-31"
                value={end.day}
                isValue={isDay}
                onChange={(day) => onChange({ ...recurrence, end: { kind: "until", day } })}
              />
            )}
          </FieldFrame>
        ) : null}
      </div>
      {isOver ? (
        <p className="draft-form__fault" id={id} role="alert">
          {t("eventForm.problem.lastDayBeforeStart")}
        </p>
      ) : null}
    </>
  );
}
