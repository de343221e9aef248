import { useView } from "#renderer/kit/view-store.ts";
import { useSession } from "#renderer/kit/worker-context.tsx";
import { CalendarListView } from "./calendar-list.tsx";
import { CalendarPage } from "./calendar-page.tsx";
import { eventPath, parseCalendarPath } from "./calendar-route.ts";

/** The list pane of the module. */
export function CalendarList() {
  return <CalendarListView />;
}

/** The content pane: the calendars that are shown, over days. */
export function CalendarContent() {
  const path = useView((state) => state.path);
  const me = useSession((session) => session.me?.id ?? null);
  if (me === null) return null;
  return (
    <CalendarPage
      open={parseCalendarPath(path, me)}
      onOpen={(open) => useView.getState().go("calendar", ...(open === null ? [] : eventPath(open)))}
    />
  );
}
