import { Calendar, X } from "lucide-react";
import { useId, useState } from "react";
import { localeOf } from "../calendar-words.ts";
import { useTranslation, type Spoken } from "#renderer/kit/i18n.ts";
import { useNow } from "#renderer/kit/use-now.ts";
import type { QuickTimes } from "./draft-quick.ts";
import { quickLine } from "./draft-quick.ts";
import type { EventDraft } from "./event-draft.ts";

export interface DraftFieldProps {
  draft: EventDraft;
  onChange: (draft: EventDraft) => void;
}

interface Line {
  readonly text: string;
  /** What the draft was given of it. */
  readonly title: string;
  readonly times: QuickTimes | null;
  /** Those of the draft before the line said any. */
  readonly before: QuickTimes;
  readonly isRead: boolean;
}

function timesIn({ isAllDay, startsAt, endsAt, recurrence }: EventDraft): QuickTimes {
  return { isAllDay, startsAt, endsAt, recurrence };
}

function isSame(one: QuickTimes | null, other: QuickTimes | null): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

interface TitleFieldProps extends DraftFieldProps {
  isNew: boolean;
  isMissing: boolean;
}

/** Of a new event, times are read from the line too, shown beside it, and can be refused. */
export function TitleField({ draft, onChange, isNew, isMissing }: TitleFieldProps) {
  const { t } = useTranslation();
  const nowMs = useNow();
  const id = useId();
  const [kept, setKept] = useState<Line | null>(null);
  // A title that was set from elsewhere counts before what was typed.
  const line = kept?.title === draft.title ? kept : null;
  const type = (text: string) => {
    const isRead = isNew && (line?.isRead !== false || text === "");
    const had = line?.times ?? null;
    const before = had === null ? timesIn(draft) : (line?.before ?? timesIn(draft));
    const found = isRead ? quickLine(text, { ...draft, ...before }, nowMs) : { title: text, times: null };
    // Times that were changed by hand since stay until the line says others.
    const times = isSame(found.times, had) ? {} : (found.times ?? before);
    setKept({ text, ...found, before, isRead });
    onChange({ ...draft, ...times, title: found.title });
  };
  const refuse = () => {
    if (line === null) return;
    setKept({ ...line, title: line.text, times: null, isRead: false });
    onChange({ ...draft, ...line.before, title: line.text });
    document.getElementById(id)?.focus();
  };
  const hasTimes = line?.times != null;
  return (
    <div className="field draft-form__title">
      <label className="field__label" htmlFor={id}>
        {t("eventForm.title")}
      </label>
      <input
        id={id}
        className="field__input"
        autoComplete="off"
        maxLength={500}
        placeholder={t(isNew ? "eventForm.titlePlaceholder" : "eventForm.untitled")}
        value={line?.text ?? draft.title}
        onChange={(event) => type(event.target.value)}
        {...(hasTimes ? { "aria-describedby": `${id}-read` } : {})}
        {...(isMissing ? { "aria-invalid": true, "aria-describedby": `${id}-missing` } : {})}
      />
      {isMissing ? (
        <p className="draft-form__fault" id={`${id}-missing`} role="alert">
          {t("eventForm.problem.noTitle")}
        </p>
      ) : null}
      <div role="status">
        {line === null || line.times === null ? null : (
          <div className="draft-form__read">
            <span className="draft-form__when">
              <Calendar size={14} strokeWidth={1.75} aria-hidden />
              <WhenWords id={`${id}-read`} times={line.times} />
              <button
                type="button"
                className="draft-form__refuse"
                aria-label={t("eventForm.quick.refuse")}
                onClick={refuse}
              >
                <X size={12} strokeWidth={2} aria-hidden />
              </button>
            </span>
            <span className="field__hint">{t("eventForm.quick.titleIs", { title: line.title })}</span>
          </div>
        )}
      </div>
    </div>
  );
}

function WhenWords({ id, times }: { id: string; times: QuickTimes }) {
  const { t, i18n } = useTranslation();
  return (
    <span id={id}>
      <span className="visually-hidden">{t("eventForm.quick.read")} </span>
      {spanWords(times, localeOf(i18n.language))}
      {repeatWords(times, t)}
    </span>
  );
}

function repeatWords({ recurrence }: QuickTimes, t: Spoken["t"]): string {
  return recurrence === null ? "" : ` · ${t("eventForm.quick.repeats")}`;
}

/** « mar. 24 nov. 14:00 – 15:00 » */
function spanWords({ isAllDay, startsAt, endsAt }: QuickTimes, locale: string): string {
  const format = new Intl.DateTimeFormat(locale, {
    weekday: "short",
    day: "numeric",
    month: "short",
    ...(isAllDay ? {} : { hour: "numeric", minute: "2-digit" }),
    timeZone: "UTC",
  });
  return format.formatRange(new Date(`${startsAt}Z`), new Date(`${endsAt}Z`));
}
