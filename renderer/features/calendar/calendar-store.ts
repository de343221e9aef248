import { create } from "zustand";
import { z } from "zod";
import type { CalendarObjectRow } from "#contract/entities/calendar.ts";
import type { CalendarId, PersonId } from "#contract/ids.ts";
import type { Scope } from "#contract/scope.ts";
import type { CalendarSummary, EventInstance } from "#contract/views/calendars.ts";
import type { ActionLine } from "./minutes/action-lines.ts";
import type { EventDeed } from "./use-event-deeds.ts";

export const calendarViews = ["month", "week", "workWeek", "day", "agenda"] as const;
export type CalendarViewName = (typeof calendarViews)[number];

/** Where a new event begins: what was drawn with the pointer, or the next full hour. */
export interface NewEvent {
  startMs: number;
  endMs: number;
  isAllDay: boolean;
  /** Where it goes unless another one is chosen. */
  calendarId: CalendarId | null;
  /** Who is invited from the start. */
  guestIds?: readonly PersonId[];
}

export type CalendarDialog =
  | { kind: "newEvent"; event: NewEvent }
  | { kind: "editEvent"; instance: EventInstance }
  | { kind: "copyEvent"; instance: EventInstance }
  /** Which times of a series are meant. */
  | { kind: "scope"; instance: EventInstance; deed: EventDeed }
  | { kind: "removeEvent"; instance: EventInstance }
  /** One's own reminders of an event that somebody else organizes. */
  | { kind: "alarms"; instance: EventInstance }
  /** An invitation that is taken out of the reader's calendar. */
  | { kind: "leaveEvent"; scope: Scope; object: CalendarObjectRow }
  /** What comes out of a meeting; `source`: the link to it. */
  | {
      kind: "makeTask";
      title: string;
      source: string;
      /** The line of its minutes that becomes one. */
      action?: { instance: EventInstance; line: ActionLine };
    }
  | { kind: "minutes"; instance: EventInstance }
  | { kind: "calendar"; scope: Scope | null; summary: CalendarSummary | null }
  | { kind: "removeCalendar"; summary: CalendarSummary }
  | { kind: "publish"; summary: CalendarSummary }
  | { kind: "severalPeople" }
  | { kind: "addRemote" }
  | { kind: "import" };

const preferencesSchema = z.object({
  /** Null: what fits the width of the window. */
  view: z.enum(calendarViews).nullable().catch(null),
  /** Ids of calendars, `holidays` and `tasks`. */
  hidden: z.array(z.string().max(100)).max(500).catch([]),
});
type Preferences = z.infer<typeof preferencesSchema>;

interface CalendarState extends Preferences {
  /** A day that is shown, `2026-11-23`; null: today. */
  day: string | null;
  dialog: CalendarDialog | null;
  setView: (view: CalendarViewName) => void;
  setDay: (day: string | null) => void;
  toggle: (id: string) => void;
  openDialog: (dialog: CalendarDialog | null) => void;
}

export const HOLIDAYS = "holidays";
export const TASKS = "tasks";
const KEY = "parvis.calendar";

function readPreferences(): Preferences {
  const written = globalThis.localStorage?.getItem(KEY) ?? "{}";
  try {
    return preferencesSchema.parse(JSON.parse(written));
  } catch {
    return preferencesSchema.parse({ view: null, hidden: [] });
  }
}

/** What stands on the screen of the module; calendars and events themselves are rows. */
export const useCalendarStore = create<CalendarState>((set, get) => {
  const prefer = (changes: Partial<Preferences>) => {
    set(changes);
    const { view, hidden } = get();
    localStorage.setItem(KEY, JSON.stringify({ view, hidden }));
  };
  return {
    ...readPreferences(),
    day: null,
    dialog: null,
    setView: (view) => prefer({ view }),
    setDay: (day) => set({ day }),
    toggle: (id) => {
      const { hidden } = get();
      prefer({ hidden: hidden.includes(id) ? hidden.filter((each) => each !== id) : [...hidden, id] });
    },
    openDialog: (dialog) => set({ dialog }),
  };
});
