/** Where the focus lands in each pane: the chosen conversation, the field to write in, otherwise the first control. */
const STOPS = {
  list: "[data-roving][tabindex='0']",
  content: ".text-editor__input",
  side: ".text-editor__input",
};

/** F6: list, content, side, and round again. */
export function focusNextPane(step: 1 | -1): void {
  const panes = Object.entries(STOPS).flatMap(([name, stop]) => {
    const pane = document.querySelector<HTMLElement>(`.pane--${name}`);
    return pane === null || pane.offsetParent === null ? [] : [{ pane, stop }];
  });
  const current = panes.findIndex(({ pane }) => pane.contains(document.activeElement));
  const from = current < 0 && step < 0 ? 0 : current;
  const next = panes[(from + step + panes.length) % panes.length];
  if (next === undefined) return;
  const target = next.pane.querySelector<HTMLElement>(next.stop);
  (target ?? next.pane.querySelector<HTMLElement>("button, [tabindex='0']"))?.focus();
}
