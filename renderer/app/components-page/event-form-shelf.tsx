import { useState } from "react";
import { calendarIdSchema, naturalId } from "#contract/ids.ts";
import { EventForm, type CalendarChoice } from "#renderer/features/calendar/form/event-form.tsx";
import { problemsOf } from "#renderer/features/calendar/form/draft-moves.ts";
import { newDraft, type EventDraft } from "#renderer/features/calendar/form/event-draft.ts";
import { Button } from "#renderer/ui/button.tsx";
import { anne } from "./fixtures.ts";

const calendarId = (name: string) => calendarIdSchema.parse(naturalId("fixture calendar", name));

const calendars: CalendarChoice[] = [
  { id: calendarId("own"), name: "Mon agenda", colour: "blue", placeName: "Anne Lambert" },
  { id: calendarId("absences"), name: "Absences", colour: "green", placeName: "Anne Lambert" },
  { id: calendarId("team"), name: "Interventions", colour: "orange", placeName: "Informatique des collèges" },
];

const blank = newDraft({
  start: "2026-11-24T14:00",
  end: "2026-11-24T15:00",
  isAllDay: false,
  zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  calendarId: calendarId("own"),
});

const full: EventDraft = {
  ...blank,
  title: "Revue des incidents",
  endsAt: "2026-11-24T13:00:00",
  zone: "America/Guadeloupe",
  calendarId: calendarId("team"),
  recurrence: {
    pattern: { kind: "weekly", weekdays: [2, 4] },
    interval: 2,
    end: { kind: "until", day: "2026-11-18" },
  },
  place: "Salle 14",
  url: "visio.exemple.fr/revue",
  description: "Ordre du jour :\n- pannes de la semaine\n- câblage de la salle 12",
  isPrivate: true,
  alarms: [15, 1440],
  attendees: [
    {
      address: "mailto:anne.lambert@vaurelle.example",
      name: anne.displayName,
      personId: anne.id,
      isOptional: false,
    },
    { address: "mailto:accueil.du.public@prefecture-de-la-vaurelle.example", isOptional: true },
  ],
};

/** A new one, and one in which nothing is left out and much is wrong. */
export function EventForms() {
  return (
    <>
      <Filled first={blank} isNew />
      <Filled first={full} isNew={false} />
    </>
  );
}

function Filled({ first, isNew }: { first: EventDraft; isNew: boolean }) {
  const [draft, setDraft] = useState(first);
  const problems = problemsOf(draft);
  return (
    <div className="components__wide">
      <EventForm
        draft={draft}
        onChange={setDraft}
        calendars={calendars}
        problems={problems}
        onSubmit={() => setDraft(first)}
        isNew={isNew}
      >
        <div>
          <Button tone="primary" type="submit">
            OK
          </Button>
        </div>
      </EventForm>
    </div>
  );
}
