import { Bell, X } from "lucide-react";
import { localeOf } from "../calendar-words.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { ICON_SIZE, ICON_STROKE, IconButton } from "#renderer/ui/button.tsx";
import { FieldGroup, SelectField } from "#renderer/ui/form.tsx";
import { alarmWords, offeredAlarms } from "./alarm-words.ts";
import type { DraftFieldProps } from "./title-field.tsx";

const NONE = "";

/** When one is reminded: as often as wanted. */
export function AlarmsField({ draft, onChange }: DraftFieldProps) {
  const { t, i18n } = useTranslation();
  const { alarms, isAllDay } = draft;
  const words = (minutes: number) => alarmWords(minutes, { t, locale: localeOf(i18n.language), isAllDay });
  const left = offeredAlarms(isAllDay).filter((each) => !alarms.includes(each));
  const add = (picked: string) => {
    if (picked === NONE) return;
    const next = [...alarms, Number(picked)].toSorted((one, other) => one - other);
    onChange({ ...draft, alarms: next });
  };
  return (
    <FieldGroup label={t("eventForm.alarm.label")}>
      {alarms.length === 0 ? null : (
        <ul className="plain-list draft-form__rows">
          {alarms.map((minutes) => (
            <li key={minutes} className="draft-form__row">
              <Bell size={ICON_SIZE} strokeWidth={ICON_STROKE} aria-hidden />
              <span className="draft-form__name">{words(minutes)}</span>
              <IconButton
                icon={X}
                label={t("eventForm.alarm.remove", { when: words(minutes) })}
                onPress={() => onChange({ ...draft, alarms: alarms.filter((each) => each !== minutes) })}
              />
            </li>
          ))}
        </ul>
      )}
      <SelectField
        label={t("eventForm.alarm.add")}
        isLabelHidden
        value={NONE}
        options={[
          { value: NONE, label: t("eventForm.alarm.add") },
          ...left.map((minutes) => ({ value: String(minutes), label: words(minutes) })),
        ]}
        onChange={add}
      />
    </FieldGroup>
  );
}
