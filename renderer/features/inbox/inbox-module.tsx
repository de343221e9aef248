/** The list pane of the module. */
export function InboxList() {
  return null;
}

/** The content pane of the module. */
export function InboxContent() {
  return null;
}
