import { Check, CircleHelp, Mail, Minus, X, type LucideIcon } from "lucide-react";
import { foldAddress, type Attendee } from "#contract/icalendar/people.ts";
import { answerNotesOf, type AnswerNote } from "#contract/icalendar/scheduling.ts";
import { toIsoTime } from "#contract/time.ts";
import type { EventInstance } from "#contract/views/calendars.ts";
import type { QueryInfo } from "#contract/worker.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import type { OpenTime } from "#renderer/parts/event-edits.ts";
import { Avatar } from "#renderer/ui/avatar.tsx";
import { Button, ICON_SIZE, ICON_STROKE } from "#renderer/ui/button.tsx";
import { timeSentence } from "./calendar-words.ts";
import { movedTo, useEventDeeds } from "./use-event-deeds.ts";

interface GuestsProps {
  info: QueryInfo<"event">;
  shown: OpenTime;
  instance: EventInstance;
}

const states = ["accepted", "tentative", "declined"] as const;
type State = (typeof states)[number] | "waiting";

const icons: Readonly<Record<State, LucideIcon>> = {
  accepted: Check,
  tentative: CircleHelp,
  declined: X,
  waiting: Minus,
};

function stateOf({ status }: Attendee): State {
  return states.find((each) => each === status) ?? "waiting";
}

/** Who is invited, what they answered, and what they said with it. */
export function Guests({ info, shown, instance }: GuestsProps) {
  const { t } = useTranslation();
  const { event } = shown;
  const organizer = event.organizer === undefined ? "" : foldAddress(event.organizer.address);
  const guests = event.attendees.filter(({ address }) => foldAddress(address) !== organizer);
  const notes = new Map(answerNotesOf(shown.instance.component).map((note) => [note.address, note]));
  const count = (state: State) => guests.filter((guest) => stateOf(guest) === state).length;
  const counts = [
    t("calendar.meeting.countAccepted", { count: count("accepted") }),
    t("calendar.meeting.countTentative", { count: count("tentative") }),
    t("calendar.meeting.countDeclined", { count: count("declined") }),
    t("calendar.meeting.countWaiting", { count: count("waiting") }),
  ].filter((word) => !word.startsWith("0 "));
  return (
    <>
      {guests.length > 1 ? <p className="event-guests__counts">{counts.join(" · ")}</p> : null}
      <ul className="plain-list event-guests">
        {event.organizer === undefined ? null : (
          <li className="event-guest">
            <Face info={info} address={event.organizer.address} name={event.organizer.name} />
            <span className="event-guest__name">{guestName(info, event.organizer)}</span>
            <span className="event-guest__state">{t("calendar.meeting.organizer")}</span>
          </li>
        )}
        {guests.map((guest) => (
          <Guest
            key={guest.address}
            guest={guest}
            note={notes.get(foldAddress(guest.address))}
            info={info}
            instance={instance}
          />
        ))}
      </ul>
    </>
  );
}

export function guestName(
  { addresses, people }: QueryInfo<"event">,
  { address, name }: { address: string; name?: string | undefined },
): string {
  const id = addresses[foldAddress(address)];
  const known = id === undefined ? undefined : people[id]?.displayName;
  return known ?? name ?? address.replace(/^mailto:/i, "");
}

function Face({
  info,
  address,
  name,
}: {
  info: QueryInfo<"event">;
  address: string;
  name?: string | undefined;
}) {
  const id = info.addresses[foldAddress(address)];
  const person = id === undefined ? undefined : info.people[id];
  return person === undefined ? (
    <Mail size={ICON_SIZE} strokeWidth={ICON_STROKE} aria-hidden />
  ) : (
    <Avatar person={{ ...person, displayName: name ?? person.displayName }} size="tiny" />
  );
}

interface GuestProps {
  guest: Attendee;
  note: AnswerNote | undefined;
  info: QueryInfo<"event">;
  instance: EventInstance;
}

function Guest({ guest, note, info, instance }: GuestProps) {
  const { t } = useTranslation();
  const state = stateOf(guest);
  const Icon = icons[state];
  return (
    <li className="event-guest">
      <Face info={info} address={guest.address} name={guest.name} />
      <span className="event-guest__name">
        {guestName(info, guest)}
        {guest.role === "optional" ? (
          <span className="event-guest__more"> {t("calendar.meeting.optional")}</span>
        ) : null}
        {note?.comment === undefined ? null : <q className="event-guest__word">{note.comment}</q>}
        {note?.proposal === undefined ? null : (
          <Proposed proposal={note.proposal} instance={instance} canAdopt={info.canWrite} />
        )}
      </span>
      <span className="event-guest__state" data-state={state}>
        <Icon size={ICON_SIZE} strokeWidth={ICON_STROKE} aria-hidden />
        {state === "waiting" ? t("calendar.meeting.waiting") : t(`calendar.answer.${state}`)}
      </span>
    </li>
  );
}

interface ProposedProps {
  proposal: NonNullable<AnswerNote["proposal"]>;
  instance: EventInstance;
  canAdopt: boolean;
}

function Proposed({ proposal, instance, canAdopt }: ProposedProps) {
  const { t, i18n } = useTranslation();
  const deeds = useEventDeeds();
  const times = { startsAt: toIsoTime(proposal.startMs), endsAt: toIsoTime(proposal.endMs), days: null };
  return (
    <span className="event-guest__proposal">
      {t("calendar.meeting.proposes", { when: timeSentence(times, i18n.language) })}
      {canAdopt ? (
        <Button onPress={() => void deeds.do(instance, movedTo(proposal))}>
          {t("calendar.meeting.adopt")}
        </Button>
      ) : null}
    </span>
  );
}
