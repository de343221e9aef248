import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright/test";

/** What moves or fades for a moment has come to rest: half-way between two themes no contrast is right. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    // Styles that were just changed begin their transitions with the next frame.
    await new Promise((resolve) => {
      requestAnimationFrame(() => requestAnimationFrame(resolve));
    });
    const passing = document
      .getAnimations()
      .filter(({ effect }) => Number.isFinite(effect?.getComputedTiming().endTime));
    await Promise.allSettled(passing.map(({ finished }) => finished));
  });
}

/** What axe finds wrong, one line each, so that a failure reads as a list. */
export async function violations(page: Page): Promise<string[]> {
  await settled(page);
  const { violations: found } = await new AxeBuilder({ page }).analyze();
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(" | ")}`);
}

/**
 * What is laid out wrong whatever the machine and its fonts: something beyond the window, text that spills out of its
 * box, text that is cut without an ellipsis saying so.
 */
export function misplaced(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const SLACK = 1;
    const found: string[] = [];
    // oxlint-disable-next-line unicorn/consistent-function-scoping -- this runs in the page and takes nothing with it
    const name = (element: Element) =>
      `${element.tagName.toLowerCase()}.${element.getAttribute("class") ?? ""} “${(element.textContent ?? "").slice(0, 40)}”`;
    const scrolls = (element: Element): boolean => {
      for (let at: Element | null = element; at !== null && at !== document.body; at = at.parentElement) {
        if (
          ["auto", "scroll"].includes(getComputedStyle(at).overflowX) &&
          at.scrollWidth > at.clientWidth + SLACK
        )
          return !at.matches(".components, .timeline, .pane, .conversation-list");
      }
      return false;
    };
    for (const element of document.body.querySelectorAll<HTMLElement>("*")) {
      const box = element.getBoundingClientRect();
      if (box.width <= 1 || box.height <= 1 || !element.checkVisibility({ visibilityProperty: true }))
        continue;
      if (element.closest(".visually-hidden, svg") !== null || scrolls(element)) continue;
      const isBeyond = box.right > window.innerWidth + SLACK || box.left < -SLACK;
      if (isBeyond) found.push(`beyond the window: ${name(element)}`);
      const hasText = [...element.childNodes].some(
        (node) => node.nodeType === Node.TEXT_NODE && (node.textContent ?? "").trim() !== "",
      );
      const { textOverflow, overflowX, display } = getComputedStyle(element);
      if (!hasText || display === "inline" || element.matches("textarea, input, option")) continue;
      const isWider = element.scrollWidth > element.clientWidth + SLACK;
      if (isWider && overflowX === "visible") found.push(`text spills: ${name(element)}`);
      if (isWider && overflowX === "hidden" && textOverflow !== "ellipsis")
        found.push(`text is cut: ${name(element)}`);
    }
    return found;
  });
}
