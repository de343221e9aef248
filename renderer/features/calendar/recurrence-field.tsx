import type { Recurrence } from "#contract/icalendar/recurrence-words.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { TextField } from "#renderer/ui/field.tsx";
import { FieldGroup, SelectField } from "#renderer/ui/form.tsx";
import { localeOf } from "./calendar-words.ts";
import type { EventDraft } from "./event-draft.ts";
import { positionWord, recurrenceSentence, weekdayWord } from "./event-words.ts";

const kinds = [
  "never",
  "daily",
  "weekly",
  "monthlyByDay",
  "monthlyByPosition",
  "yearlyByDay",
  "special",
] as const;
type Kind = (typeof kinds)[number];

interface RecurrenceFieldProps {
  draft: EventDraft;
  onChange: (recurrence: EventDraft["recurrence"]) => void;
}

/** How an event comes back, in parts and as a sentence. A rule that it cannot show stays as it is. */
export function RecurrenceField({ draft, onChange }: RecurrenceFieldProps) {
  const { t, i18n } = useTranslation();
  const locale = localeOf(i18n.language);
  const { recurrence, startDay } = draft;
  const kind: Kind = kindOf(recurrence);
  const first = startOf(startDay);
  const offered = kinds.filter((each) => each !== "special" || kind === "special");
  const label = (each: Kind) =>
    t(`calendar.repeat.${each}`, {
      day: first.day,
      position: positionWord(first.position, first.weekday, t, locale),
    });
  const pick = (next: Kind) => {
    if (next === "special") return;
    if (next === "never") onChange(null);
    else onChange({ pattern: patternOf(next, startDay), interval: 1, end: { kind: "never" } });
  };
  return (
    <div className="event-form__repeat">
      <SelectField
        label={t("calendar.repeats")}
        value={kind}
        options={offered.map((value) => ({ value, label: label(value) }))}
        onChange={pick}
      />
      {recurrence === null || recurrence === "special" ? null : (
        <>
          <TextField
            label={t("calendar.repeat.interval")}
            type="number"
            min={1}
            max={1000}
            value={String(recurrence.interval)}
            onChange={(text) => {
              const interval = Number(text);
              if (Number.isInteger(interval) && interval >= 1 && interval <= 1000)
                onChange({ ...recurrence, interval });
            }}
          />
          {recurrence.pattern.kind === "weekly" ? (
            <Weekdays recurrence={recurrence} locale={locale} onChange={onChange} />
          ) : null}
          <RepeatEnd recurrence={recurrence} startDay={startDay} onChange={onChange} />
          <p className="field__hint" role="status">
            {recurrenceSentence(recurrence, t, i18n.language)}
          </p>
        </>
      )}
    </div>
  );
}

function kindOf(recurrence: EventDraft["recurrence"]): Kind {
  if (recurrence === null) return "never";
  if (recurrence === "special") return "special";
  const { kind } = recurrence.pattern;
  return kind === "yearlyByPosition" ? "special" : kind;
}

/** Where a day stands: 1 Monday to 7 Sunday; how many such days of its month came before, -1 from the fifth on. */
function startOf(startDay: string): { day: number; month: number; weekday: number; position: number } {
  const date = new Date(`${startDay}T00:00:00Z`);
  if (Number.isNaN(date.getTime())) return { day: 1, month: 1, weekday: 1, position: 1 };
  const day = date.getUTCDate();
  const position = Math.ceil(day / 7);
  return {
    day,
    month: date.getUTCMonth() + 1,
    weekday: date.getUTCDay() === 0 ? 7 : date.getUTCDay(),
    position: position > 4 ? -1 : position,
  };
}

function patternOf(kind: Exclude<Kind, "never" | "special">, startDay: string): Recurrence["pattern"] {
  const { day, month, weekday, position } = startOf(startDay);
  switch (kind) {
    case "daily":
      return { kind };
    case "weekly":
      return { kind, weekdays: [weekday] };
    case "monthlyByDay":
      return { kind, days: [day] };
    case "monthlyByPosition":
      return { kind, position, weekday };
    case "yearlyByDay":
      return { kind, month, day };
  }
}

interface PartProps {
  recurrence: Recurrence;
  onChange: (recurrence: Recurrence) => void;
}

function Weekdays({ recurrence, locale, onChange }: PartProps & { locale: string }) {
  const { t } = useTranslation();
  const { pattern } = recurrence;
  if (pattern.kind !== "weekly") return null;
  const toggle = (day: number) => {
    const isOn = pattern.weekdays.includes(day);
    const weekdays = isOn ? pattern.weekdays.filter((each) => each !== day) : [...pattern.weekdays, day];
    // A week without any day is no week: the last one stays.
    if (weekdays.length > 0)
      onChange({ ...recurrence, pattern: { kind: "weekly", weekdays: weekdays.toSorted((a, b) => a - b) } });
  };
  return (
    <FieldGroup label={t("calendar.repeat.weekdays")}>
      <div className="event-form__weekdays">
        {[1, 2, 3, 4, 5, 6, 7].map((day) => (
          <button
            key={day}
            type="button"
            className="event-form__weekday"
            aria-pressed={pattern.weekdays.includes(day)}
            aria-label={weekdayWord(day, locale)}
            onClick={() => toggle(day)}
          >
            {weekdayWord(day, locale).slice(0, 2)}
          </button>
        ))}
      </div>
    </FieldGroup>
  );
}

const ends = ["never", "count", "until"] as const;

function RepeatEnd({ recurrence, startDay, onChange }: PartProps & { startDay: string }) {
  const { t } = useTranslation();
  const { end } = recurrence;
  const pick = (kind: (typeof ends)[number]) => {
    if (kind === "never") onChange({ ...recurrence, end: { kind } });
    else if (kind === "count") onChange({ ...recurrence, end: { kind, count: 10 } });
    else onChange({ ...recurrence, end: { kind, day: monthsLater(startDay) } });
  };
  return (
    <div className="event-form__times">
      <SelectField
        label={t("calendar.repeat.end")}
        value={end.kind}
        options={ends.map((value) => ({ value, label: t(`calendar.repeat.ends.${value}`) }))}
        onChange={pick}
      />
      {end.kind === "count" ? (
        <TextField
          label={t("calendar.repeat.count")}
          type="number"
          min={1}
          max={1000}
          value={String(end.count)}
          onChange={(text) => {
            const count = Number(text);
            if (Number.isInteger(count) && count >= 1 && count <= 10_000)
              onChange({ ...recurrence, end: { kind: "count", count } });
          }}
        />
      ) : null}
      {end.kind === "until" ? (
        <TextField
          label={t("calendar.repeat.until")}
          type="date"
          value={end.day}
          onChange={(day) => {
            if (/^\d{4}-\d{2}-\d{2}$/.test(day)) onChange({ ...recurrence, end: { kind: "until", day } });
          }}
        />
      ) : null}
    </div>
  );
}

/** Three months after a day: a term to begin with. */
function monthsLater(day: string): string {
  const date = new Date(`${day}T00:00:00Z`);
  if (Number.isNaN(date.getTime())) return day;
  date.setUTCMonth(date.getUTCMonth() + 3);
  return date.toISOString().slice(0, 10);
}
