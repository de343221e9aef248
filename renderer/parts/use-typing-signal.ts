import { useCallback, useEffect, useMemo, useRef } from "react";
import { useWorker } from "#renderer/kit/worker-context.tsx";
import type { Place } from "./write.ts";

/** The worker tells the others every 3 s; it need not hear of every letter. */
const SAY_EVERY_MS = 2000;

export interface TypingSignal {
  type: (text: string) => void;
  stop: () => void;
}

/** Tells the others that one is writing here, and that one has stopped. */
export function useTypingSignal(place: Place): TypingSignal {
  const client = useWorker();
  const saidAtMs = useRef(0);
  const isSaid = useRef(false);
  const { conversationId, scope, threadId } = place;
  const say = useCallback(
    (isTyping: boolean) => {
      isSaid.current = isTyping;
      const thread = threadId === undefined ? {} : { threadId };
      // A signal that is lost is worth nothing a moment later: its failure is not looked at.
      void client.call("typing.set", { scope, conversationId, ...thread, isTyping });
    },
    [client, scope, conversationId, threadId],
  );
  const stop = useCallback(() => {
    saidAtMs.current = 0;
    if (isSaid.current) say(false);
  }, [say]);
  useEffect(() => stop, [stop]);
  return useMemo(
    () => ({
      type: (text) => {
        if (text.trim() === "") return stop();
        const nowMs = performance.now();
        if (saidAtMs.current !== 0 && nowMs - saidAtMs.current < SAY_EVERY_MS) return undefined;
        saidAtMs.current = nowMs;
        return say(true);
      },
      stop,
    }),
    [say, stop],
  );
}
