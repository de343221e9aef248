import type { AttentionModel } from "../attention/attention-model.ts";

/** Hidden for so long with nothing to do, a window gives its memory back. */
export const RELEASE_AFTER_MS = 5 * 60_000;

export interface ReleaseOptions {
  attention: AttentionModel;
  /** Whether there is a window to release, and all of them are hidden. */
  isHidden: () => boolean;
  /** Throws the hidden windows away. */
  release: () => void;
  afterMs: number;
}

/** Call the result whenever a window was shown, hidden, opened or closed. */
export interface Releaser {
  windowsChanged(): void;
  stop(): void;
}

/** Releases hidden windows after a while, unless something still waits to be sent: the page is needed for that. */
export function createReleaser({ attention, isHidden, release, afterMs }: ReleaseOptions): Releaser {
  let timer: NodeJS.Timeout | undefined;
  let isDue = false;
  const act = (): void => {
    if (!isDue || !isHidden() || attention.overall().waiting > 0) return;
    isDue = false;
    release();
  };
  const stopListening = attention.subscribe(act);
  const cancel = (): void => {
    clearTimeout(timer);
    timer = undefined;
    isDue = false;
  };
  return {
    windowsChanged() {
      if (!isHidden()) cancel();
      else
        timer ??= setTimeout(() => {
          isDue = true;
          act();
        }, afterMs);
    },
    stop() {
      cancel();
      stopListening();
    },
  };
}
