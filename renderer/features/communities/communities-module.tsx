/** The list pane of the module. */
export function CommunitiesList() {
  return null;
}

/** The content pane of the module. */
export function CommunitiesContent() {
  return null;
}
