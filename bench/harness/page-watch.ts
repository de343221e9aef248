/** What `installWatch` puts into a page. Times are the page's clock, whose zero is the start of its navigation. */
export interface Watch {
  /** Times between frames since `watchFrames(true)`. */
  frames: number[];
  /** From each key going down to the frame that followed having been drawn. */
  keys: number[];
  /** When the last click came. */
  clickedAt: number;
  /** Runs once the next frame has been drawn. */
  afterFrame: (run: () => void) => void;
  watchFrames: (isOn: boolean) => void;
  /** Resolves with the time at which a frame was drawn in which at least so many elements matched that do not now. */
  drawn: (selector: string, count: number) => Promise<number>;
}

declare global {
  interface Window {
    watch: Watch;
  }
}

/** Runs in the page, before anything of its own: must not use anything from outside itself. */
export function installWatch(): void {
  let isWatching = false;
  const watch: Watch = {
    frames: [],
    keys: [],
    clickedAt: 0,
    afterFrame(run) {
      requestAnimationFrame(() => {
        // A message sent while a frame is prepared arrives once it has been handed over.
        const channel = new MessageChannel();
        channel.port1.addEventListener("message", run);
        channel.port1.start();
        channel.port2.postMessage(null);
      });
    },
    watchFrames(isOn) {
      isWatching = isOn;
      if (!isOn) return;
      watch.frames = [];
      let before = 0;
      const onFrame = (now: number): void => {
        if (before > 0) watch.frames.push(now - before);
        before = now;
        if (isWatching) requestAnimationFrame(onFrame);
      };
      requestAnimationFrame(onFrame);
    },
    drawn: (selector, count) =>
      new Promise((resolve, reject) => {
        const startedAt = performance.now();
        const before = new Set(document.querySelectorAll(selector));
        const look = (): void => {
          const fresh = [...document.querySelectorAll(selector)].filter((each) => !before.has(each));
          if (fresh.length >= count) watch.afterFrame(() => resolve(performance.now()));
          else if (performance.now() - startedAt > 20_000) reject(new Error(`no ${selector} was drawn`));
          else requestAnimationFrame(look);
        };
        look();
      }),
  };
  window.watch = watch;
  window.addEventListener(
    "keydown",
    ({ timeStamp }) => watch.afterFrame(() => watch.keys.push(performance.now() - timeStamp)),
    { capture: true },
  );
  window.addEventListener("click", ({ timeStamp }) => (watch.clickedAt = timeStamp), { capture: true });
}
