import { Video } from "lucide-react";
import { useRef, useState, type ReactNode } from "react";
import type { MeetingProvider } from "#contract/capabilities.ts";
import type { LabelColour } from "#contract/entities/task.ts";
import type { CalendarId } from "#contract/ids.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { meetingAddress } from "#renderer/parts/meeting-address.ts";
import { Button, ICON_SIZE, ICON_STROKE } from "#renderer/ui/button.tsx";
import { Choices, TextField } from "#renderer/ui/field.tsx";
import { FieldFrame } from "#renderer/ui/field-frame.tsx";
import { CheckBox, TextArea } from "#renderer/ui/form.tsx";
import { ProgrammeField } from "./programme-field.tsx";
import { AlarmsField } from "./alarms-field.tsx";
import type { DraftProblem } from "./draft-moves.ts";
import type { EventDraft } from "./event-draft.ts";
import { GuestsField } from "./guests-field.tsx";
import { RepeatField } from "./repeat-field.tsx";
import { TimeFields } from "./time-fields.tsx";
import type { DraftFieldProps } from "./title-field.tsx";
import { TitleField } from "./title-field.tsx";
import "./event-form.css";

/** Where an event can be kept. */
export interface CalendarChoice {
  readonly id: CalendarId;
  readonly name: string;
  readonly colour: LabelColour;
  /** Whose it is: of oneself, of a space, of an account. */
  readonly placeName: string;
}

interface EventFormProps {
  draft: EventDraft;
  onChange: (draft: EventDraft) => void;
  calendars: readonly CalendarChoice[];
  /** `problemsOf(draft)`: said at their fields; while there are any, the form is not sent. */
  problems: readonly DraftProblem[];
  onSubmit: () => void;
  /** Times are read from its title. */
  isNew?: boolean;
  /** One time of a series has no repetition of its own. */
  hasRepetition?: boolean;
  /** Where somebody carries invitations to those who are named. */
  hasGuests?: boolean;
  /** Where people's time can be asked for. */
  onFindTime?: () => void;
  /** Where people meet by wire: a room is made with one press. */
  meetings?: MeetingProvider | undefined;
  /** Buttons, at its end. */
  children?: ReactNode;
}

/** All of an event. It keeps nothing itself: the draft is its caller's. */
export function EventForm(props: EventFormProps) {
  const { draft, onChange, calendars, problems, onSubmit, isNew = false } = props;
  const { hasRepetition = true, hasGuests = false } = props;
  const form = useRef<HTMLFormElement>(null);
  const [isSent, setSent] = useState(false);
  const send = () => {
    setSent(true);
    if (problems.length === 0) onSubmit();
    // Once what is wrong is drawn so.
    else
      requestAnimationFrame(() => form.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus());
  };
  const field = { draft, onChange };
  return (
    <form
      ref={form}
      className="draft-form"
      autoComplete="off"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <TitleField {...field} isNew={isNew} isMissing={isSent && problems.includes("noTitle")} />
      <div className="draft-form__columns">
        <div className="draft-form__column">
          <TimeFields {...field} problems={problems} />
          {hasRepetition ? <RepeatField {...field} problems={problems} /> : null}
          <WhereFields
            {...field}
            meetings={props.meetings}
            isWrong={problems.includes("noWebAddress")}
            isSent={isSent}
          />
        </div>
        <div className="draft-form__column">
          <CalendarField {...field} calendars={calendars} />
          {hasGuests ? <GuestsField {...field} onFindTime={props.onFindTime} /> : null}
          <AlarmsField {...field} />
          <SeenFields {...field} />
        </div>
      </div>
      <ProgrammeField {...field} isSent={isSent} />
      {props.children}
    </form>
  );
}

function WhereFields({
  draft,
  onChange,
  isWrong,
  isSent,
  meetings,
}: DraftFieldProps & { isWrong: boolean; isSent: boolean; meetings: MeetingProvider | undefined }) {
  const { t } = useTranslation();
  // Said once one tries to keep it: said when the field is left, it would move the button that was just pressed.
  const fault = isWrong && isSent ? t("eventForm.problem.noWebAddress") : undefined;
  return (
    <>
      <TextField
        label={t("eventForm.place")}
        value={draft.place}
        onChange={(place) => onChange({ ...draft, place })}
        maxLength={500}
      />
      <TextField
        label={t("eventForm.link")}
        value={draft.url}
        onChange={(url) => onChange({ ...draft, url })}
        inputMode="url"
        spellCheck={false}
        placeholder="https://"
        maxLength={2000}
        {...(fault === undefined ? {} : { hint: fault, "aria-invalid": true })}
      />
      {meetings === undefined || draft.url !== "" ? null : (
        <Button
          onPress={() => onChange({ ...draft, url: meetingAddress(meetings.urlTemplate, draft.title) })}
        >
          <Video size={ICON_SIZE} strokeWidth={ICON_STROKE} aria-hidden />
          {t("eventForm.addMeeting", { name: meetings.name })}
        </Button>
      )}
      <TextArea
        label={t("eventForm.description")}
        value={draft.description}
        onChange={(description) => onChange({ ...draft, description })}
        maxLength={20_000}
        rows={4}
      />
    </>
  );
}

function CalendarField({ draft, onChange, calendars }: DraftFieldProps & Pick<EventFormProps, "calendars">) {
  const { t } = useTranslation();
  const chosen = calendars.find(({ id }) => id === draft.calendarId);
  const places = Map.groupBy(calendars, ({ placeName }) => placeName);
  return (
    <FieldFrame label={t("eventForm.calendar")}>
      {(tied) => (
        <span className="draft-form__calendar" data-colour={chosen?.colour ?? "grey"}>
          <select
            {...tied}
            className="field__input field__input--select"
            value={draft.calendarId}
            onChange={(event) => {
              const picked = calendars.find(({ id }) => id === event.target.value);
              if (picked !== undefined) onChange({ ...draft, calendarId: picked.id });
            }}
          >
            {[...places].map(([name, own]) => (
              <optgroup key={name} label={name}>
                {own.map((each) => (
                  <option key={each.id} value={each.id}>
                    {each.name}
                  </option>
                ))}
              </optgroup>
            ))}
          </select>
        </span>
      )}
    </FieldFrame>
  );
}

/** What others see of it. */
function SeenFields({ draft, onChange }: DraftFieldProps) {
  const { t } = useTranslation();
  return (
    <>
      <Choices
        label={t("eventForm.busy.label")}
        value={draft.isBusy ? "busy" : "free"}
        options={(["busy", "free"] as const).map((value) => ({ value, label: t(`eventForm.busy.${value}`) }))}
        onChange={(picked) => onChange({ ...draft, isBusy: picked === "busy" })}
      />
      <CheckBox
        label={t("eventForm.private")}
        hint={t("eventForm.privateHint")}
        isChecked={draft.isPrivate}
        onChange={(isPrivate) => onChange({ ...draft, isPrivate })}
      />
    </>
  );
}
