import { CalendarSearch, Mail, X } from "lucide-react";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { Avatar } from "#renderer/ui/avatar.tsx";
import { Button, ICON_SIZE, ICON_STROKE, IconButton } from "#renderer/ui/button.tsx";
import { FieldGroup } from "#renderer/ui/form.tsx";
import type { DraftAttendee } from "./draft-people.ts";
import { nameOf } from "./guest-offers.ts";
import { GuestSearch } from "./guest-search.tsx";
import type { DraftFieldProps } from "./title-field.tsx";

interface GuestsFieldProps extends DraftFieldProps {
  /** Opens the times that people of the workplace have. */
  onFindTime?: (() => void) | undefined;
}

/** People of the workplace, found by name, and others by their e-mail address. */
export function GuestsField({ draft, onChange, onFindTime }: GuestsFieldProps) {
  const { t } = useTranslation();
  const { attendees } = draft;
  const keep = (next: readonly DraftAttendee[]) => onChange({ ...draft, attendees: next });
  return (
    <FieldGroup label={t("eventForm.guests.label")}>
      <GuestSearch guests={attendees} onAdd={(added) => keep([...attendees, ...added])} />
      {attendees.length === 0 ? null : (
        <ul className="plain-list draft-form__rows">
          {attendees.map((guest) => (
            <GuestRow
              key={guest.address}
              guest={guest}
              onChange={(next) => keep(attendees.flatMap((each) => (each === guest ? (next ?? []) : each)))}
            />
          ))}
        </ul>
      )}
      {onFindTime === undefined || draft.isAllDay || !attendees.some(isOfWorkplace) ? null : (
        <div>
          <Button onPress={onFindTime}>
            <CalendarSearch size={ICON_SIZE} strokeWidth={ICON_STROKE} aria-hidden />
            {t("calendar.findTime.open")}
          </Button>
        </div>
      )}
    </FieldGroup>
  );
}

function isOfWorkplace({ personId }: DraftAttendee): boolean {
  return personId !== undefined;
}

interface GuestRowProps {
  guest: DraftAttendee;
  /** Null: no longer invited. */
  onChange: (guest: DraftAttendee | null) => void;
}

function GuestRow({ guest, onChange }: GuestRowProps) {
  const { t } = useTranslation();
  const name = nameOf(guest);
  return (
    <li className="draft-form__row">
      {guest.personId === undefined ? (
        <Mail size={ICON_SIZE} strokeWidth={ICON_STROKE} aria-hidden />
      ) : (
        <Avatar person={{ id: guest.personId, displayName: name, photo: null }} size="tiny" />
      )}
      <span className="draft-form__name">
        {name}
        {guest.personId === undefined ? (
          <span className="tag draft-form__outside">{t("eventForm.guests.outside")}</span>
        ) : null}
      </span>
      <label className="draft-form__optional">
        <input
          type="checkbox"
          checked={guest.isOptional}
          aria-label={t("eventForm.guests.optionalFor", { name })}
          onChange={(event) => onChange({ ...guest, isOptional: event.target.checked })}
        />
        <span aria-hidden>{t("eventForm.guests.optional")}</span>
      </label>
      <IconButton icon={X} label={t("eventForm.guests.remove", { name })} onPress={() => onChange(null)} />
    </li>
  );
}
