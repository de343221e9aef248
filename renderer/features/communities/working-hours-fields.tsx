import type { WorkingHours } from "#contract/working-hours.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { TextField } from "#renderer/ui/field.tsx";
import { CheckBox, FieldGroup } from "#renderer/ui/form.tsx";

interface WorkingHoursFieldsProps {
  hours: WorkingHours | undefined;
  onChange: (hours: WorkingHours | undefined) => void;
}

const DAYS = [1, 2, 3, 4, 5, 6, 7];
/** A Monday: only its weekday is shown. */
const MONDAY_MS = Date.UTC(2024, 0, 1, 12);
const DAY_MS = 86_400_000;

function usualHours(): WorkingHours {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  return { timeZone, days: [1, 2, 3, 4, 5], from: "08:30", to: "18:00" };
}

/** When an organisation works: the same hours on the chosen days. */
export function WorkingHoursFields({ hours, onChange }: WorkingHoursFieldsProps) {
  const { t, i18n } = useTranslation();
  const weekday = new Intl.DateTimeFormat(i18n.language, { weekday: "long", timeZone: "UTC" });
  return (
    <FieldGroup label={t("organisation.workingHours")} hint={t("organisation.workingHoursHint")}>
      <CheckBox
        label={t("organisation.hasHours")}
        isChecked={hours !== undefined}
        onChange={(isOn) => onChange(isOn ? usualHours() : undefined)}
      />
      {hours === undefined ? null : (
        <>
          <div className="check-row">
            {DAYS.map((day) => (
              <CheckBox
                key={day}
                label={weekday.format(MONDAY_MS + (day - 1) * DAY_MS)}
                isChecked={hours.days.includes(day)}
                onChange={(isOn) =>
                  onChange({
                    ...hours,
                    days: DAYS.filter((each) => (each === day ? isOn : hours.days.includes(each))),
                  })
                }
              />
            ))}
          </div>
          <div className="page-form__row">
            <TextField
              label={t("organisation.from")}
              type="time"
              value={hours.from}
              onChange={(from) => (from === "" ? undefined : onChange({ ...hours, from }))}
              required
            />
            <TextField
              label={t("organisation.to")}
              type="time"
              value={hours.to}
              onChange={(to) => (to === "" ? undefined : onChange({ ...hours, to }))}
              required
            />
            <TextField
              label={t("organisation.timeZone")}
              value={hours.timeZone}
              onChange={(timeZone) => onChange({ ...hours, timeZone })}
              maxLength={64}
              required
            />
          </div>
        </>
      )}
    </FieldGroup>
  );
}
