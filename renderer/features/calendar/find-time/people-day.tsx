import { useId, type KeyboardEvent, type PointerEvent } from "react";
import type { Interval } from "#contract/icalendar/free-busy.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { clockWords, type Where } from "../calendar-words.ts";
import { slotWords } from "./slot-words.ts";
import {
  clipped,
  shapesOf,
  startAt,
  stateAt,
  STEP_MS,
  steppedMs,
  type DayWindow,
  type Invited,
  type KnownTime,
  type Shape,
} from "./time-plan.ts";

interface PeopleDayProps {
  people: readonly Invited[];
  /** Null: not known yet, or not to be had. */
  known: readonly KnownTime[] | null;
  slot: Interval;
  day: DayWindow;
  isWorkingOnly: boolean;
  where: Where;
  onMove: (startMs: number) => void;
  onDay: (days: number) => void;
}

/** A day of several people, one line each, with the time that is chosen across them. */
export function PeopleDay(props: PeopleDayProps) {
  const { people, known, slot, day, isWorkingOnly, where, onMove } = props;
  const { t } = useTranslation();
  const hatch = useId();
  const picking = usePicking(day, slot, onMove);
  const byId = new Map(known?.map((each) => [each.invited.id, each]));
  return (
    <div className="find-time__people">
      <div className="find-time__grid">
        <Hatches id={hatch} />
        <div className="find-time__head">
          <SlotSlider {...props} picking={picking} />
        </div>
        <ul
          className="plain-list find-time__rows"
          aria-label={t("calendar.findTime.people")}
          aria-busy={known === null}
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls when there are many
          tabIndex={0}
        >
          {people.map((invited) => (
            <PersonRow
              key={invited.id}
              invited={invited}
              time={known === null ? null : byId.get(invited.id)}
              slot={slot}
              day={day}
              isWorkingOnly={isWorkingOnly}
              where={where}
              hatch={hatch}
              picking={picking}
            />
          ))}
        </ul>
      </div>
      <Legend hatch={hatch} />
    </div>
  );
}

const kinds = ["busy", "tentative", "outside", "holiday"] as const;

/** For those who see the drawing; the lines say themselves what they are. */
function Legend({ hatch }: { hatch: string }) {
  const { t } = useTranslation();
  return (
    <ul className="plain-list find-time__legend" aria-hidden>
      {kinds.map((kind) => (
        <li key={kind}>
          <svg className="find-time__swatch">
            <rect {...lookOf(kind, hatch)} width="100%" height="100%" />
          </svg>
          {t(`calendar.findTime.state.${kind}`)}
        </li>
      ))}
    </ul>
  );
}

function lookOf(kind: Shape["kind"], hatch: string): { className: string; fill?: string } {
  const className = `find-time__shape--${kind}`;
  return kind === "holiday" || kind === "tentative"
    ? { className, fill: `url(#${hatch}-${kind})` }
    : { className };
}

interface Picking {
  onPointerDown: (event: PointerEvent) => void;
  onPointerMove: (event: PointerEvent) => void;
}

/** The time begins where one presses, and follows. */
function usePicking(day: DayWindow, { fromMs, toMs }: Interval, onMove: (startMs: number) => void): Picking {
  const put = ({ clientX, currentTarget }: PointerEvent) => {
    const { left, width } = currentTarget.getBoundingClientRect();
    const startMs = startAt((clientX - left) / width, day, toMs - fromMs);
    if (startMs !== fromMs) onMove(startMs);
  };
  return {
    onPointerDown: (event) => {
      if (event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      put(event);
    },
    onPointerMove: (event) => {
      if (event.currentTarget.hasPointerCapture(event.pointerId)) put(event);
    },
  };
}

const HOUR_STEPS = 4;

function SlotSlider({ slot, day, where, onMove, onDay, picking }: PeopleDayProps & { picking: Picking }) {
  const { t } = useTranslation();
  const keys = useId();
  const lengthMs = slot.toMs - slot.fromMs;
  const onKeyDown = (event: KeyboardEvent) => {
    const deed = deedOf(event);
    if (deed === undefined) return;
    event.preventDefault();
    if (deed.kind === "day") onDay(deed.by);
    else if (deed.kind === "step") onMove(steppedMs(slot.fromMs, deed.by));
    else onMove(startAt(deed.by, day, lengthMs));
  };
  return (
    <div
      role="slider"
      tabIndex={0}
      className="find-time__axis"
      aria-label={t("calendar.findTime.chosen")}
      aria-describedby={keys}
      aria-valuemin={0}
      aria-valuemax={Math.round((day.toMs - day.fromMs) / STEP_MS)}
      aria-valuenow={Math.round((slot.fromMs - day.fromMs) / STEP_MS)}
      aria-valuetext={slotWords(slot, where)}
      onKeyDown={onKeyDown}
      {...picking}
    >
      <span id={keys} className="visually-hidden">
        {t("calendar.findTime.keys")}
      </span>
      <svg className="find-time__scale" aria-hidden>
        <Bar className="find-time__slot" interval={slot} day={day} />
        {day.hours.map(({ hour, atMs }) => (
          <text key={hour} className="find-time__hour" x={placeOf(atMs, day)} dx={3} y="68%">
            {t("calendar.findTime.hour", { hour })}
          </text>
        ))}
      </svg>
    </div>
  );
}

type SlotDeed = { kind: "step" | "day" | "end"; by: number };

/** Arrows by a quarter of an hour, with Shift by a day; pages by an hour. */
function deedOf({ key, shiftKey }: KeyboardEvent): SlotDeed | undefined {
  switch (key) {
    case "ArrowLeft":
    case "ArrowDown":
      return { kind: shiftKey ? "day" : "step", by: -1 };
    case "ArrowRight":
    case "ArrowUp":
      return { kind: shiftKey ? "day" : "step", by: 1 };
    case "PageDown":
      return { kind: "step", by: -HOUR_STEPS };
    case "PageUp":
      return { kind: "step", by: HOUR_STEPS };
    case "Home":
      return { kind: "end", by: 0 };
    case "End":
      return { kind: "end", by: 1 };
    default:
      return undefined;
  }
}

interface PersonRowProps extends Pick<PeopleDayProps, "slot" | "day" | "isWorkingOnly" | "where"> {
  invited: Invited;
  /** Null: not known yet; undefined: not known to the workplace. */
  time: KnownTime | null | undefined;
  hatch: string;
  picking: Picking;
}

function PersonRow({ invited, time, slot, day, isWorkingOnly, where, hatch, picking }: PersonRowProps) {
  const { t } = useTranslation();
  const state = time === undefined ? "unknown" : time === null ? null : stateAt(time, slot, isWorkingOnly);
  const shapes = time === null || time === undefined ? [] : shapesOf(time, day);
  const taken = shapes.filter(({ kind }) => kind === "busy" || kind === "tentative");
  const times = taken
    .toSorted((one, other) => one.fromMs - other.fromMs)
    .map(({ kind, ...each }) => {
      const words = clockWords(each, where);
      return kind === "busy" ? words : t("calendar.findTime.perhaps", { time: words });
    });
  const said =
    times.length === 0
      ? t("calendar.findTime.takenNothing")
      : t("calendar.findTime.taken", { times: times.join(", ") });
  return (
    <li className="find-time__row">
      <span className="find-time__person">
        <span className="find-time__name">{invited.name}</span>
        <span className="find-time__state" data-state={state ?? "waiting"}>
          {state === null ? "" : t(`calendar.findTime.state.${state}`)}
          {invited.isOptional === true ? ` · ${t("calendar.findTime.optional")}` : ""}
        </span>
      </span>
      <svg
        className="find-time__track"
        role="img"
        data-known={time !== null && time !== undefined}
        aria-label={time === null || time === undefined ? t("calendar.findTime.state.unknown") : said}
        {...picking}
      >
        {shapes.map(({ kind, ...each }) => (
          <Bar key={`${kind} ${each.fromMs}`} {...lookOf(kind, hatch)} interval={each} day={day} />
        ))}
        {day.hours.slice(1).map(({ hour, atMs }) => (
          <line
            key={hour}
            className="find-time__line"
            x1={placeOf(atMs, day)}
            x2={placeOf(atMs, day)}
            y1="0"
            y2="100%"
          />
        ))}
        <Bar className="find-time__slot" interval={slot} day={day} />
      </svg>
    </li>
  );
}

/** As a style it would be one of those that the page's policy forbids; as an attribute it is none. */
function placeOf(ms: number, { fromMs, toMs }: Interval): string {
  return `${(((ms - fromMs) / (toMs - fromMs)) * 100).toFixed(3)}%`;
}

interface BarProps {
  className: string;
  interval: Interval;
  day: DayWindow;
  fill?: string;
}

function Bar({ interval, day, ...rest }: BarProps) {
  const [shown] = clipped([interval], day);
  if (shown === undefined) return null;
  const width = (((shown.toMs - shown.fromMs) / (day.toMs - day.fromMs)) * 100).toFixed(3);
  return <rect {...rest} x={placeOf(shown.fromMs, day)} width={`${width}%`} y="0" height="100%" />;
}

/** Lines one way for what is perhaps taken, the other way for days off. */
function Hatches({ id }: { id: string }) {
  return (
    <svg className="find-time__hatches" width="0" height="0" aria-hidden focusable="false">
      <defs>
        <pattern id={`${id}-holiday`} width="8" height="8" patternUnits="userSpaceOnUse">
          <path className="find-time__hatch find-time__hatch--holiday" d="M-2 2 2 -2M0 8 8 0M6 10 10 6" />
        </pattern>
        <pattern id={`${id}-tentative`} width="6" height="6" patternUnits="userSpaceOnUse">
          <path className="find-time__hatch find-time__hatch--tentative" d="M-2 4 2 8M0 0 6 6M4 -2 8 2" />
        </pattern>
      </defs>
    </svg>
  );
}
