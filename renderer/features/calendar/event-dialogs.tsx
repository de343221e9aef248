import { useEffect, useMemo, useState } from "react";
import type { Person } from "#contract/entities/person.ts";
import { readEvent } from "#contract/icalendar/event.ts";
import type { Organizer } from "#contract/icalendar/people.ts";
import type { Scope as SeriesScope } from "#contract/icalendar/series-edit.ts";
import { createId, type PersonId, type SpaceId } from "#contract/ids.ts";
import type { CalendarSummary, EventInstance } from "#contract/views/calendars.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useLiveQuery, useSession, useWorker } from "#renderer/kit/worker-context.tsx";
import { NOBODY } from "#renderer/parts/use-commands.ts";
import { Button } from "#renderer/ui/button.tsx";
import { Dialog, DialogActions, DialogBody } from "#renderer/ui/dialog.tsx";
import { SkeletonRows } from "#renderer/ui/note.tsx";
import { localOf } from "#contract/icalendar/calendar-time.ts";
import { ianaZone, utcZone, wallMsAt } from "#contract/icalendar/zones.ts";
import type { NewEvent } from "./calendar-store.ts";
import { calendarName, zoneHere } from "./calendar-words.ts";
import { DraftTimeDialog } from "./draft-time-dialog.tsx";
import { AlarmsField } from "./form/alarms-field.tsx";
import { isRepetitionChanged, problemsOf } from "./form/draft-moves.ts";
import type { DraftAttendee, PersonOfAddress } from "./form/draft-people.ts";
import {
  changesOf,
  draftOf,
  newDraft,
  objectTextOf,
  type DraftPlace,
  type EventDraft,
} from "./form/event-draft.ts";
import { EventForm, type CalendarChoice } from "./form/event-form.tsx";
import { useEventDeeds, type EventDeed, type OpenedEvent } from "./use-event-deeds.ts";

function useWritable(spaceId: SpaceId | undefined): readonly CalendarSummary[] {
  const { items } = useLiveQuery("calendars", spaceId === undefined ? {} : { spaceId });
  return items.filter(({ canWrite }) => canWrite);
}

interface FormDialogProps {
  title: string;
  action: string;
  initial: EventDraft;
  calendars: readonly CalendarSummary[];
  isNew: boolean;
  /** Of the event that stands already. */
  uid?: string;
  /** Whether it was kept: what was not stays in the form. */
  onSave: (draft: EventDraft) => Promise<boolean>;
  onClose: () => void;
}

function FormDialog(props: FormDialogProps) {
  const { title, action, initial, calendars, isNew, uid, onSave, onClose } = props;
  const { t } = useTranslation();
  const choices = useChoices(calendars);
  const organizer = useOrganizer();
  const meetings = useSession((session) => session.capabilities?.meetings);
  const [draft, setDraft] = useState(initial);
  // Nobody of the workplace carries invitations from there.
  const isRemote = calendars.some(
    ({ calendar }) => calendar.id === draft.calendarId && calendar.remote !== undefined,
  );
  const [isFindingTime, setFindingTime] = useState(false);
  const save = async () => {
    if (await onSave(draft)) onClose();
  };
  return (
    <Dialog title={title} onClose={onClose} isWide>
      <DialogBody>
        <EventForm
          draft={draft}
          onChange={setDraft}
          calendars={choices}
          problems={problemsOf(draft, isNew ? undefined : initial)}
          onSubmit={() => void save()}
          isNew={isNew}
          hasGuests={organizer !== undefined && !isRemote}
          meetings={meetings}
          onFindTime={() => setFindingTime(true)}
        >
          <DialogActions>
            <Button onPress={onClose}>{t("action.cancel")}</Button>
            <Button tone="primary" type="submit">
              {action}
            </Button>
          </DialogActions>
        </EventForm>
        {isFindingTime ? (
          <DraftTimeDialog
            draft={draft}
            uid={uid}
            onChange={setDraft}
            onClose={() => setFindingTime(false)}
          />
        ) : null}
      </DialogBody>
    </Dialog>
  );
}

/** The reader, as those whom they invite see them; whoever has no address invites nobody. */
function useOrganizer(): Organizer | undefined {
  const me = useSession((session) => session.me);
  return useMemo(
    () => (me?.email === undefined ? undefined : { address: `mailto:${me.email}`, name: me.displayName }),
    [me],
  );
}

function usePersonOf({ scope, objectId }: EventInstance): PersonOfAddress {
  const { info } = useLiveQuery("event", { scope, objectId });
  return (address) => info?.addresses[address];
}

function useChoices(calendars: readonly CalendarSummary[]): readonly CalendarChoice[] {
  const { t } = useTranslation();
  const me = useSession((session) => session.me?.id ?? NOBODY);
  return calendars.map((summary) => ({
    id: summary.calendar.id,
    name: calendarName(t, summary, me),
    colour: summary.calendar.colour,
    placeName: summary.calendar.remote?.accountName ?? summary.space?.name ?? t("calendar.own"),
  }));
}

interface NewEventDialogProps {
  event: NewEvent;
  spaceId: SpaceId | undefined;
  onClose: () => void;
}

export function NewEventDialog({ event, spaceId, onClose }: NewEventDialogProps) {
  const { t } = useTranslation();
  const calendars = useWritable(spaceId);
  const add = useAdd(calendars);
  const title = t("calendar.newEvent");
  const calendar = calendars.find((each) => each.calendar.id === event.calendarId) ?? calendars[0];
  const guests = useGuests(event.guestIds);
  if (calendar === undefined || guests === null) return <Loading title={title} onClose={onClose} />;
  return (
    <FormDialog
      title={title}
      action={t("calendar.create")}
      initial={{ ...draftFrom(event, calendar), attendees: guests }}
      calendars={calendars}
      isNew
      onSave={add}
      onClose={onClose}
    />
  );
}

const NO_GUESTS: readonly DraftAttendee[] = [];

/** Null until they are known; whoever has no address cannot be invited. */
function useGuests(ids: readonly PersonId[] | undefined): readonly DraftAttendee[] | null {
  const client = useWorker();
  const [guests, setGuests] = useState<readonly DraftAttendee[] | null>(ids === undefined ? NO_GUESTS : null);
  useEffect(() => {
    if (ids === undefined) return undefined;
    let isHere = true;
    void Promise.all(ids.map((personId) => client.once("person", { personId }))).then((found) => {
      if (isHere) setGuests(found.flatMap(({ info }) => guestFrom(info?.view?.person)));
    });
    return () => {
      isHere = false;
    };
  }, [client, ids]);
  return guests;
}

function guestFrom(person: Person | undefined): DraftAttendee[] {
  if (person?.email === undefined) return [];
  const { id, email, displayName } = person;
  return [{ address: `mailto:${email}`, name: displayName, personId: id, isOptional: false }];
}

const DAY_MS = 86_400_000;

/** Of whole days the last one is the day before what was drawn ends. */
function draftFrom({ startMs, endMs, isAllDay }: NewEvent, { calendar }: CalendarSummary): EventDraft {
  const zone = zoneHere();
  const wall = (ms: number) => localOf(wallMsAt(ianaZone(zone) ?? utcZone, ms));
  const end = wall(isAllDay ? endMs - DAY_MS : endMs);
  const draft = newDraft({ start: wall(startMs), end, isAllDay, zone, calendarId: calendar.id });
  return isAllDay ? draft : { ...draft, alarms: [15] };
}

function useAdd(calendars: readonly CalendarSummary[]) {
  const { t } = useTranslation();
  const { commands, run, say, hasRoom } = useEventDeeds();
  const organizer = useOrganizer();
  return async (draft: EventDraft): Promise<boolean> => {
    const calendar = calendars.find(({ calendar: { id } }) => id === draft.calendarId);
    if (calendar === undefined) return false;
    const { scope } = calendar;
    const uid = createId();
    const data = objectTextOf(draft, {
      uid,
      nowMs: Date.now(),
      ...(organizer === undefined ? {} : { organizer }),
    });
    if (!hasRoom([data])) return false;
    const isKept = await run(commands.add(scope, calendar.calendar.id, { uid, data }));
    if (isKept)
      say(t("calendar.created", { title: draft.title.trim() }), () => commands.removeNew(scope, uid));
    return isKept;
  };
}

/** What the instance is of, read once: what somebody else changes meanwhile shows as a conflict, not under one's hands. */
function useOpened(instance: EventInstance, onGone: () => void): OpenedEvent | null {
  const { open } = useEventDeeds();
  const [opened, setOpened] = useState<OpenedEvent | null>(null);
  useEffect(() => {
    let isHere = true;
    void open(instance).then((found) => {
      if (!isHere) return;
      if (found === undefined) onGone();
      else setOpened(found);
    });
    return () => {
      isHere = false;
    };
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- once for each event that is opened
  }, [instance.key]);
  return opened;
}

interface InstanceDialogProps {
  instance: EventInstance;
  onClose: () => void;
}

export function EditEventDialog({ instance, onClose }: InstanceDialogProps) {
  const { t } = useTranslation();
  const opened = useOpened(instance, onClose);
  const calendars = useWritable(undefined).filter(({ scope }) => scope === instance.scope);
  const [asking, setAsking] = useState<{ deed: EventDeed; isRuleChanged: boolean } | null>(null);
  const { carryOut, commands, run } = useEventDeeds();
  const organizer = useOrganizer();
  const personOf = usePersonOf(instance);
  if (opened === null) return <Loading title={t("calendar.edit")} onClose={onClose} />;
  const { object, time } = opened;
  // The rule stands with the series, not with one of its times.
  const event = { ...time.event, rule: ruleOf(opened) };
  const place = { ...placeOf(opened), ...(organizer === undefined ? {} : { organizer }), personOf };
  const before = draftOf(event, place);
  const save = async (draft: EventDraft): Promise<boolean> => {
    if (draft.calendarId !== object.calendarId)
      if (!(await run(commands.move(instance.scope, object, draft.calendarId)))) return false;
    const changes = changesOf(draft, event, place);
    if (Object.keys(changes).length === 0) return true;
    const deed: EventDeed = { kind: "change", changes: () => changes };
    if (!instance.isRecurring) return await carryOut(instance, deed, "all");
    setAsking({ deed, isRuleChanged: isRepetitionChanged(before, draft) });
    return false;
  };
  return (
    <>
      <FormDialog
        title={t("calendar.edit")}
        action={t("action.save")}
        initial={before}
        calendars={calendars}
        isNew={false}
        uid={object.uid}
        onSave={save}
        onClose={onClose}
      />
      {/* Over the form: whoever thinks better of it goes back to what they have written. */}
      {asking === null ? null : (
        <ScopeDialog instance={instance} {...asking} onClose={() => setAsking(null)} onDone={onClose} />
      )}
    </>
  );
}

function ruleOf({ time }: OpenedEvent): string | undefined {
  const master = time.series.master?.component;
  return master === undefined ? undefined : readEvent(master)?.rule;
}

function placeOf({ object, time }: OpenedEvent): DraftPlace {
  return { zone: zoneHere(), calendarId: object.calendarId, zones: time.series.place.zones };
}

/** Of what somebody else organizes, when the reader is reminded is theirs to say. */
export function AlarmsDialog({ instance, onClose }: InstanceDialogProps) {
  const { t } = useTranslation();
  const opened = useOpened(instance, onClose);
  if (opened === null) return <Loading title={t("calendar.meeting.alarmsTitle")} onClose={onClose} />;
  return <AlarmsForm instance={instance} opened={opened} onClose={onClose} />;
}

function AlarmsForm({ instance, opened, onClose }: InstanceDialogProps & { opened: OpenedEvent }) {
  const { t } = useTranslation();
  const { carryOut } = useEventDeeds();
  const { event } = opened.time;
  const place = placeOf(opened);
  const [draft, setDraft] = useState(() => draftOf(event, place));
  const save = async () => {
    const changes = changesOf(draft, event, place);
    const isKept =
      Object.keys(changes).length === 0 ||
      (await carryOut(instance, { kind: "change", changes: () => changes }, "all"));
    if (isKept) onClose();
  };
  return (
    <Dialog title={t("calendar.meeting.alarmsTitle")} onClose={onClose}>
      <DialogBody>
        <AlarmsField draft={draft} onChange={setDraft} />
        <DialogActions>
          <Button onPress={onClose}>{t("action.cancel")}</Button>
          <Button tone="primary" onPress={() => void save()}>
            {t("action.save")}
          </Button>
        </DialogActions>
      </DialogBody>
    </Dialog>
  );
}

/** An event like it, once, to be put somewhere else. */
export function CopyEventDialog({ instance, onClose }: InstanceDialogProps) {
  const { t } = useTranslation();
  const opened = useOpened(instance, onClose);
  const calendars = useWritable(undefined);
  const add = useAdd(calendars);
  if (opened === null) return <Loading title={t("calendar.duplicate")} onClose={onClose} />;
  const { object, time } = opened;
  const target = calendars.find(({ calendar }) => calendar.id === object.calendarId) ?? calendars[0];
  if (target === undefined) return <Loading title={t("calendar.duplicate")} onClose={onClose} />;
  const like = draftOf({ ...time.event, rule: undefined }, placeOf(opened));
  const draft = { ...like, calendarId: target.calendar.id, attendees: [] };
  return (
    <FormDialog
      title={t("calendar.duplicate")}
      action={t("calendar.create")}
      initial={draft}
      calendars={calendars}
      isNew
      onSave={add}
      onClose={onClose}
    />
  );
}

function Loading({ title, onClose }: { title: string; onClose: () => void }) {
  return (
    <Dialog title={title} onClose={onClose} isWide>
      <DialogBody>
        <SkeletonRows count={6} />
      </DialogBody>
    </Dialog>
  );
}

const scopes = ["this", "following", "all"] as const;

interface ScopeDialogProps {
  instance: EventInstance;
  deed: EventDeed;
  /** How it comes back is of the series: not of one time alone. */
  isRuleChanged?: boolean;
  onClose: () => void;
  onDone?: () => void;
}

/** Which times of a series are meant. */
export function ScopeDialog(props: ScopeDialogProps) {
  const { instance, deed, isRuleChanged = false, onClose, onDone } = props;
  const { t } = useTranslation();
  const { carryOut } = useEventDeeds();
  const offered: readonly SeriesScope[] = isRuleChanged ? ["following", "all"] : scopes;
  return (
    <Dialog title={t(`calendar.scope.${deed.kind}`, { title: instance.title })} onClose={onClose}>
      <DialogBody>
        <p>{t("calendar.scope.question")}</p>
        <div className="calendar-scopes">
          {offered.map((scope, index) => (
            <Button
              key={scope}
              tone={index === 0 ? "primary" : "plain"}
              onPress={() => {
                onClose();
                void carryOut(instance, deed, scope).then((isKept) => {
                  if (isKept) onDone?.();
                });
              }}
            >
              {t(`calendar.scope.${scope}`)}
            </Button>
          ))}
        </div>
        <DialogActions>
          <Button onPress={onClose}>{t("action.cancel")}</Button>
        </DialogActions>
      </DialogBody>
    </Dialog>
  );
}
