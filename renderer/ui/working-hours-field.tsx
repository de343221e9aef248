import { useId } from "react";
import type { WorkingHours } from "#contract/working-hours.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import "./working-hours-field.css";

interface WorkingHoursFieldProps {
  value: WorkingHours;
  onChange: (value: WorkingHours) => void;
}

const DAYS = [1, 2, 3, 4, 5, 6, 7] as const;
/** 5 January 2026 is a Monday. */
const MONDAY = Date.UTC(2026, 0, 5, 12);
const DAY_MS = 86_400_000;

/** Days, hours and time zone of somebody's work. */
export function WorkingHoursField({ value, onChange }: WorkingHoursFieldProps) {
  const { t, i18n } = useTranslation();
  const id = useId();
  const dayName = new Intl.DateTimeFormat(i18n.language, { weekday: "long", timeZone: "UTC" });
  const shortName = new Intl.DateTimeFormat(i18n.language, { weekday: "short", timeZone: "UTC" });
  const toggle = (day: number) => {
    const days = value.days.includes(day) ? value.days.filter((each) => each !== day) : [...value.days, day];
    onChange({ ...value, days: days.sort((a, b) => a - b) });
  };
  return (
    <fieldset className="hours-field">
      <legend className="field__label">{t("hours.days")}</legend>
      <div className="hours-field__days">
        {DAYS.map((day) => (
          <label key={day} className="hours-field__day">
            <input
              type="checkbox"
              checked={value.days.includes(day)}
              onChange={() => toggle(day)}
              aria-label={dayName.format(MONDAY + (day - 1) * DAY_MS)}
            />
            <span aria-hidden>{shortName.format(MONDAY + (day - 1) * DAY_MS)}</span>
          </label>
        ))}
      </div>
      <div className="hours-field__times">
        <label className="field" htmlFor={`${id}-from`}>
          <span className="field__label">{t("hours.from")}</span>
          <input
            id={`${id}-from`}
            type="time"
            className="field__input"
            value={value.from}
            onChange={(event) => onChange({ ...value, from: event.target.value })}
          />
        </label>
        <label className="field" htmlFor={`${id}-to`}>
          <span className="field__label">{t("hours.to")}</span>
          <input
            id={`${id}-to`}
            type="time"
            className="field__input"
            value={value.to}
            onChange={(event) => onChange({ ...value, to: event.target.value })}
          />
        </label>
        <label className="field" htmlFor={`${id}-zone`}>
          <span className="field__label">{t("hours.timeZone")}</span>
          <select
            id={`${id}-zone`}
            className="field__input"
            value={value.timeZone}
            onChange={(event) => onChange({ ...value, timeZone: event.target.value })}
          >
            {zones(value.timeZone).map((zone) => (
              <option key={zone}>{zone}</option>
            ))}
          </select>
        </label>
      </div>
    </fieldset>
  );
}

function zones(current: string): string[] {
  const known = Intl.supportedValuesOf("timeZone");
  return known.includes(current) ? known : [current, ...known];
}
