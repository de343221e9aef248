import { InboxDetailView } from "./inbox-detail-view.tsx";
import { InboxListView } from "./inbox-list-view.tsx";

/** The list pane of the module. */
export function InboxList() {
  return <InboxListView />;
}

/** The content pane of the module. */
export function InboxContent() {
  return <InboxDetailView />;
}
