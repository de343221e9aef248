import type { BenchBrowser } from "./browser.ts";

declare global {
  interface Window {
    /** The page's time at which what was looked for had been drawn for the first time. */
    firstSightAt?: number;
  }
}

export interface Sight {
  selector: string;
  count: number;
  /** Clicked once, as soon as it is there, unless what is looked for is there already. */
  opener?: string;
}

/** Runs in the page before anything of its own: must not use anything from outside itself. */
function lookOut({ selector, count, opener }: Sight): void {
  let hasClicked = opener === undefined;
  const look = (): void => {
    if (document.querySelectorAll(selector).length >= count) {
      requestAnimationFrame(() => {
        // A message sent while a frame is prepared arrives once it has been handed over.
        const channel = new MessageChannel();
        channel.port1.addEventListener("message", () => (window.firstSightAt = performance.now()));
        channel.port1.start();
        channel.port2.postMessage(null);
      });
      return;
    }
    const target = hasClicked || opener === undefined ? null : document.querySelector<HTMLElement>(opener);
    target?.click();
    hasClicked ||= target !== null;
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

/** Opens the address in a browser that has just been started. Returns milliseconds from navigation to sight. */
export async function measureFirstSight(browser: BenchBrowser, url: string, sight: Sight): Promise<number> {
  await browser.context.addInitScript(lookOut, sight);
  await browser.page.goto(url);
  const handle = await browser.page.waitForFunction(() => window.firstSightAt);
  return await handle.evaluate((at) => at ?? Number.NaN);
}
