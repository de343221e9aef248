/** The list pane of the module. */
export function FeedList() {
  return null;
}

/** The content pane of the module. */
export function FeedContent() {
  return null;
}
