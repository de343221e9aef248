const PRESSABLE = "button, a[href], [role=button], [role=tab], [role=option], [role=menuitem], label";
/** Of a hand that does not mean to drag, in CSS pixels. */
const TREMBLE = 4;

interface Press {
  element: HTMLElement;
  box: DOMRect;
  x: number;
  y: number;
}

/**
 * A click counts for what was pressed, also where the page moved it away from under a pointer that did not move:
 * something comes in above between the press and its release, as a line that says that there is news.
 * The browser gives such a click to the nearest common ancestor of both (Pointer Events, “click, auxclick, and
 * contextmenu events”), which would do nothing, and a person would press again.
 */
export function keepPressesSteady(view: Window): void {
  let press: Press | null = null;
  view.addEventListener(
    "pointerdown",
    (event) => {
      const element = event.target instanceof Element ? event.target.closest<HTMLElement>(PRESSABLE) : null;
      const isPlain = event.isPrimary && event.button === 0;
      press =
        element === null || !isPlain
          ? null
          : { element, box: element.getBoundingClientRect(), x: event.clientX, y: event.clientY };
    },
    { capture: true },
  );
  view.addEventListener(
    "click",
    (event) => {
      const held = press;
      press = null;
      if (held === null || !event.isTrusted || event.detail === 0) return;
      if (event.target instanceof Node && held.element.contains(event.target)) return;
      if (Math.hypot(event.clientX - held.x, event.clientY - held.y) > TREMBLE || !wasMoved(held)) return;
      event.stopImmediatePropagation();
      event.preventDefault();
      held.element.click();
    },
    { capture: true },
  );
}

/** Not where it was, and still on the page. What opened above it, as a menu, leaves it where it is. */
function wasMoved({ element, box }: Press): boolean {
  const now = element.getBoundingClientRect();
  return element.isConnected && (now.left !== box.left || now.top !== box.top);
}
