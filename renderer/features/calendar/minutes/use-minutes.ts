import { useEffect, useEffectEvent, useRef, useState } from "react";
import type { EventInstance } from "#contract/views/calendars.ts";
import { editedTexts } from "#renderer/parts/event-edits.ts";
import { useEventDeeds } from "../use-event-deeds.ts";
import { nextStep } from "./minutes-plan.ts";

/** `waiting`: typed and not kept yet. */
export type MinutesStatus = "kept" | "waiting" | "conflict" | "tooLong" | "failed";

const QUIET_MS = 1500;
/** While what was written before has not been taken by the server yet: each writing carries the whole event. */
const QUIET_WAITING_MS = 15_000;

interface MinutesOptions {
  instance: EventInstance;
  /** As it stands in the event. */
  current: string;
  /** How they begin: kept once something is typed. */
  begun: string;
  /** A write of the event waits for the server. */
  isPending: boolean;
  /** A write was refused: until the person has decided nothing more is written. */
  isRefused: boolean;
}

/** Minutes while they are typed: kept by themselves, one write behind another, never over what somebody else wrote. */
export function useMinutes({ instance, current, begun, isPending, isRefused }: MinutesOptions) {
  const deeds = useEventDeeds();
  const [typed, setTyped] = useState(current === "" ? begun : current);
  const [status, setStatus] = useState<MinutesStatus>("kept");
  const latest = useRef(typed);
  const known = useRef(current);
  const isTouched = useRef(false);
  const wasRefused = useRef(false);
  const running = useRef<Promise<MinutesStatus> | null>(null);
  const show = (text: string) => {
    latest.current = text;
    setTyped(text);
  };

  const write = async (): Promise<MinutesStatus> => {
    if (isTouched.current && isRefused) return "conflict";
    const opened = await deeds.open(instance);
    if (opened === undefined) return "failed";
    const { object, time } = opened;
    const text = latest.current;
    const standing = time.event.minutes ?? "";
    if (!isTouched.current) {
      show(standing === "" ? begun : standing);
      known.current = standing;
      return "kept";
    }
    const step = nextStep({ typed: text, known: known.current, current: standing });
    switch (step.kind) {
      case "conflict":
      case "tooLong":
        return step.kind;
      case "adopt":
        show(standing);
        break;
      case "write": {
        const scope = instance.isRecurring ? "this" : "all";
        const clock = { nowMs: Date.now(), newUid: "" };
        const texts = editedTexts(time, object, { minutes: text === "" ? undefined : text }, scope, clock);
        if (!deeds.hasRoom([texts.data])) return "tooLong";
        if (!(await deeds.run(deeds.commands.apply(instance.scope, object, texts)))) return "failed";
        known.current = text;
        return latest.current === text ? "kept" : "waiting";
      }
      case "nothing":
        break;
    }
    known.current = standing;
    return "kept";
  };
  /** One at a time: what is typed while one is under way goes with the next. */
  const keep = async (): Promise<MinutesStatus> => {
    await running.current;
    const run = write();
    running.current = run;
    const done = await run;
    if (running.current === run) running.current = null;
    setStatus(done);
    return done;
  };
  const keepNow = useEffectEvent(() => void keep());

  useEffect(() => {
    if (status !== "waiting" || typed === known.current) return undefined;
    const timer = setTimeout(keepNow, isPending ? QUIET_WAITING_MS : QUIET_MS);
    return () => clearTimeout(timer);
  }, [typed, status, isPending]);
  // What somebody else writes while nothing is being typed is shown; what stands in the way is told at once.
  useEffect(() => {
    if (isRefused || wasRefused.current || current !== known.current) keepNow();
    wasRefused.current = isRefused;
  }, [current, isRefused]);
  useEffect(() => {
    const leave = () => keepNow();
    window.addEventListener("pagehide", leave);
    return () => {
      window.removeEventListener("pagehide", leave);
      leave();
    };
  }, []);

  return {
    typed,
    status,
    type: (text: string) => {
      isTouched.current = true;
      show(text);
      setStatus(text === known.current ? "kept" : "waiting");
    },
    keep,
    /** One's own stands, whatever somebody else wrote. */
    insist: () => {
      known.current = current;
      void keep();
    },
    /** What somebody else wrote stands. */
    yieldTo: () => {
      known.current = current;
      show(current);
      setStatus("kept");
    },
  };
}
