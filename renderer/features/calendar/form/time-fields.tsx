import { useId, useState } from "react";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { Button } from "#renderer/ui/button.tsx";
import { CheckBox, FieldGroup, SelectField } from "#renderer/ui/form.tsx";
import { zoneHere } from "../calendar-words.ts";
import type { DraftProblem } from "./draft-moves.ts";
import { withAllDay, withStart } from "./draft-moves.ts";
import type { DraftFieldProps } from "./title-field.tsx";
import { TypedInput, isClock, isDay } from "./typed-input.tsx";

/** From when to when, and by which clock. */
export function TimeFields({
  draft,
  onChange,
  problems,
}: DraftFieldProps & { problems: readonly DraftProblem[] }) {
  const { t } = useTranslation();
  const isBackwards = problems.includes("endBeforeStart");
  return (
    <>
      <CheckBox
        label={t("eventForm.allDay")}
        isChecked={draft.isAllDay}
        onChange={(isAllDay) => onChange(withAllDay(draft, isAllDay))}
      />
      <div className="draft-form__pair">
        <WallField
          label={t("eventForm.start")}
          value={draft.startsAt}
          isDayAlone={draft.isAllDay}
          onChange={(startsAt) => onChange(withStart(draft, startsAt))}
        />
        <WallField
          label={t("eventForm.end")}
          value={draft.endsAt}
          isDayAlone={draft.isAllDay}
          onChange={(endsAt) => onChange({ ...draft, endsAt })}
          {...(isBackwards ? { fault: t("eventForm.problem.endBeforeStart") } : {})}
        />
      </div>
      {draft.isAllDay ? null : <ZoneField draft={draft} onChange={onChange} />}
    </>
  );
}

interface WallFieldProps {
  label: string;
  /** Wall clock. */
  value: string;
  isDayAlone: boolean;
  onChange: (value: string) => void;
  fault?: string;
}

function WallField({ label, value, isDayAlone, onChange, fault }: WallFieldProps) {
  const { t } = useTranslation();
  const id = useId();
  const day = value.slice(0, 10);
  const clock = value.slice(11, 16);
  const tied = fault === undefined ? {} : { "aria-invalid": true, "aria-describedby": id };
  return (
    <FieldGroup label={label}>
      <div className="draft-form__wall">
        <TypedInput
          type="date"
          aria-label={t("eventForm.dayOf", { field: label })}
          max="9999-12-31"
          value={day}
          isValue={isDay}
          onChange={(next) => onChange(`${next}${value.slice(10)}`)}
          {...tied}
        />
        {isDayAlone ? null : (
          <TypedInput
            type="time"
            aria-label={t("eventForm.timeOf", { field: label })}
            value={clock}
            isValue={isClock}
            onChange={(next) => onChange(`${day}T${next}:00`)}
            {...tied}
          />
        )}
      </div>
      {fault === undefined ? null : (
        <p className="draft-form__fault" id={id} role="alert">
          {fault}
        </p>
      )}
    </FieldGroup>
  );
}

/** Shown when it is asked for, or differs from that of the machine. */
function ZoneField({ draft, onChange }: DraftFieldProps) {
  const { t } = useTranslation();
  const [isAsked, setAsked] = useState(false);
  const machine = zoneHere();
  const isOther = draft.zone !== machine;
  if (!isAsked && !isOther) {
    return (
      <div className="draft-form__more">
        <Button tone="link" onPress={() => setAsked(true)}>
          {t("eventForm.zone.show")}
        </Button>
      </div>
    );
  }
  return (
    <SelectField
      label={t("eventForm.zone.label")}
      value={draft.zone}
      options={zonesWith(draft.zone).map((value) => ({ value, label: zoneWords(value) }))}
      onChange={(zone) => onChange({ ...draft, zone })}
      {...(isOther ? { hint: t("eventForm.zone.hint", { zone: zoneWords(machine) }) } : {})}
    />
  );
}

function zonesWith(current: string): string[] {
  const known = [...new Set(["UTC", ...Intl.supportedValuesOf("timeZone")])];
  return known.includes(current) ? known : [current, ...known];
}

function zoneWords(name: string): string {
  return name.replaceAll("_", " ");
}
