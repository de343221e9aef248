import { CalendarClock } from "lucide-react";
import type { ReactNode } from "react";
import { parseWhen } from "#contract/icalendar/parse-when.ts";
import { ianaZone, utcZone } from "#contract/icalendar/zones.ts";
import { DAY_MS, dayOf, localOf, wallMsOf } from "#contract/icalendar/calendar-time.ts";
import { readRecurrence } from "#contract/icalendar/recurrence-words.ts";
import { calendarIdSchema } from "#contract/ids.ts";
import type { CalendarSummary } from "#contract/views/calendars.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useNow } from "#renderer/kit/use-now.ts";
import { useSession } from "#renderer/kit/worker-context.tsx";
import { NOBODY } from "#renderer/parts/use-commands.ts";
import { Button, ICON_SIZE, ICON_STROKE } from "#renderer/ui/button.tsx";
import { TextField } from "#renderer/ui/field.tsx";
import { CheckBox, FieldGroup, SelectField, TextArea } from "#renderer/ui/form.tsx";
import { calendarName, localeOf, zoneHere } from "./calendar-words.ts";
import { withStart, type DraftProblem, type EventDraft } from "./event-draft.ts";
import { minutesWord } from "./event-words.ts";
import { RecurrenceField } from "./recurrence-field.tsx";
import "./event-form.css";

interface EventFormProps {
  draft: EventDraft;
  onChange: (draft: EventDraft) => void;
  /** Those into which the reader may put events. */
  calendars: readonly CalendarSummary[];
  /** Said beside their fields, once one has tried to save. */
  problems: readonly DraftProblem[];
  /** Of an event that stands: calendars of other places are not offered. */
  isNew: boolean;
}

/** All that one says of an event; what is rarely said comes last. */
export function EventForm({ draft, onChange, calendars, problems, isNew }: EventFormProps) {
  const { t } = useTranslation();
  const me = useSession((session) => session.me?.id ?? NOBODY);
  const set = (changes: Partial<EventDraft>) => onChange({ ...draft, ...changes });
  const isElsewhere = draft.zone !== zoneHere();
  return (
    <div className="event-form">
      <TextField
        label={t("calendar.form.title")}
        value={draft.title}
        onChange={(title) => set({ title })}
        maxLength={500}
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- the dialog was just asked for
        autoFocus={isNew}
        aria-invalid={problems.includes("noTitle") || undefined}
      />
      <Problem when={problems.includes("noTitle")}>{t("calendar.problem.noTitle")}</Problem>
      {isNew ? <ReadTimes draft={draft} onChange={onChange} /> : null}
      <CheckBox
        label={t("calendar.allDay")}
        isChecked={draft.isAllDay}
        onChange={(isAllDay) => set({ isAllDay, alarms: isAllDay && isNew ? [] : draft.alarms })}
      />
      <div className="event-form__times">
        <TextField
          label={t("calendar.form.startDay")}
          type="date"
          value={draft.startDay}
          onChange={(startDay) => onChange(withStart(draft, { startDay }))}
          required
        />
        {draft.isAllDay ? null : (
          <TextField
            label={t("calendar.form.startClock")}
            type="time"
            value={draft.startClock}
            onChange={(startClock) => onChange(withStart(draft, { startClock }))}
            required
          />
        )}
        <TextField
          label={t("calendar.form.endDay")}
          type="date"
          value={draft.endDay}
          onChange={(endDay) => set({ endDay })}
          required
        />
        {draft.isAllDay ? null : (
          <TextField
            label={t("calendar.form.endClock")}
            type="time"
            value={draft.endClock}
            onChange={(endClock) => set({ endClock })}
            required
          />
        )}
      </div>
      <Problem when={problems.includes("noStart") || problems.includes("noEnd")}>
        {t("calendar.problem.noTime")}
      </Problem>
      <Problem when={problems.includes("endBeforeStart")}>{t("calendar.problem.endBeforeStart")}</Problem>
      {draft.isAllDay || !isElsewhere ? null : (
        <p className="field__hint">{t("calendar.inZone", { zone: draft.zone })}</p>
      )}
      <RecurrenceField draft={draft} onChange={(recurrence) => set({ recurrence })} />
      <Problem when={problems.includes("noDays")}>{t("calendar.problem.noDays")}</Problem>
      <TextField
        label={t("calendar.place")}
        value={draft.location}
        onChange={(location) => set({ location })}
        maxLength={500}
      />
      <TextField
        label={t("calendar.form.conference")}
        type="url"
        placeholder="https://"
        value={draft.conference}
        onChange={(conference) => set({ conference })}
        maxLength={2000}
        aria-invalid={problems.includes("badAddress") || undefined}
      />
      <Problem when={problems.includes("badAddress")}>{t("calendar.problem.badAddress")}</Problem>
      <TextArea
        label={t("calendar.form.description")}
        value={draft.description}
        onChange={(description) => set({ description })}
        maxLength={50_000}
        rows={4}
      />
      <SelectField
        label={t("calendar.calendar")}
        value={draft.calendarId ?? ""}
        options={calendars.map((summary) => {
          const name = calendarName(t, summary, me);
          const { space } = summary;
          return {
            value: summary.calendar.id,
            label: space === null ? name : `${space.name} – ${name}`,
          };
        })}
        onChange={(id) => set({ calendarId: calendarIdSchema.parse(id) })}
      />
      <Problem when={problems.includes("noCalendar")}>{t("calendar.problem.noCalendar")}</Problem>
      <Alarms alarms={draft.alarms} onChange={(alarms) => set({ alarms })} />
      <div className="event-form__checks">
        <CheckBox
          label={t("calendar.form.isFree")}
          isChecked={draft.isFree}
          onChange={(isFree) => set({ isFree })}
        />
        <CheckBox
          label={t("calendar.form.isPrivate")}
          hint={t("calendar.form.isPrivateHint")}
          isChecked={draft.isPrivate}
          onChange={(isPrivate) => set({ isPrivate })}
        />
      </div>
    </div>
  );
}

function Problem({ when, children }: { when: boolean; children: ReactNode }) {
  return when ? (
    <p className="event-form__problem" role="alert">
      {children}
    </p>
  ) : null;
}

const HOUR_MS = 3_600_000;

/** Times that the title speaks of (`Point projet demain 14h`) are offered, never taken without being asked. */
function ReadTimes({ draft, onChange }: Pick<EventFormProps, "draft" | "onChange">) {
  const { t, i18n } = useTranslation();
  const nowMs = useNow();
  const zone = ianaZone(draft.zone) ?? utcZone;
  const { text, start, end, rule } = parseWhen(draft.title, { nowMs, zone });
  if (start === undefined) return null;
  const isAllDay = start.kind === "day";
  const startMs = wallMsOf(start);
  const endMs = end === undefined ? startMs + (isAllDay ? DAY_MS : HOUR_MS) : wallMsOf(end);
  const locale = localeOf(i18n.language);
  const words = new Intl.DateTimeFormat(locale, {
    ...(isAllDay ? { dateStyle: "full" } : { dateStyle: "full", timeStyle: "short" }),
    timeZone: "UTC",
  }).formatRange(startMs, isAllDay ? endMs - DAY_MS : endMs);
  const take = () => {
    const recurrence =
      rule === undefined ? draft.recurrence : (readRecurrence(rule, { start, zone }) ?? null);
    onChange({
      ...draft,
      title: text.trim() === "" ? draft.title : text.trim(),
      isAllDay,
      startDay: dayOf(startMs),
      endDay: dayOf(isAllDay ? endMs - DAY_MS : endMs),
      ...(isAllDay
        ? {}
        : { startClock: localOf(startMs).slice(11, 16), endClock: localOf(endMs).slice(11, 16) }),
      recurrence,
    });
  };
  return (
    <div className="event-form__read">
      <CalendarClock size={ICON_SIZE} strokeWidth={ICON_STROKE} aria-hidden />
      <span>{words}</span>
      <Button onPress={take}>{t("calendar.form.takeTime")}</Button>
    </div>
  );
}

const usualAlarms = [0, 5, 15, 30, 60, 120, 1440, 2880] as const;
const MOST_ALARMS = 5;

function Alarms({
  alarms,
  onChange,
}: {
  alarms: readonly number[];
  onChange: (alarms: readonly number[]) => void;
}) {
  const { t } = useTranslation();
  const offered = [...new Set([...usualAlarms, ...alarms])].toSorted((a, b) => a - b);
  const options = offered.map((minutes) => ({ value: String(minutes), label: minutesWord(minutes, t) }));
  const none = { value: "", label: t("calendar.alarm.none") };
  return (
    <FieldGroup label={t("calendar.alarms")}>
      {[...alarms, null].slice(0, MOST_ALARMS).map((minutes, index) => (
        <SelectField
          // oxlint-disable-next-line react/no-array-index-key -- the place of a reminder is what it is known by
          key={index}
          label={t("calendar.alarm.nth", { count: index + 1 })}
          isLabelHidden
          value={minutes === null ? "" : String(minutes)}
          options={[none, ...options]}
          onChange={(value) => {
            const rest = alarms.filter((_each, at) => at !== index);
            onChange(value === "" ? rest : [...new Set([...rest, Number(value)])].toSorted((a, b) => a - b));
          }}
        />
      ))}
    </FieldGroup>
  );
}
