import { useState } from "react";
import type { SpaceTabProps } from "#renderer/kit/space-tabs-context.tsx";
import { CalendarPage } from "./calendar-page.tsx";
import type { OpenEvent } from "./calendar-route.ts";

/** The calendars of a space on its own page. */
export function CalendarTab({ spaceId }: SpaceTabProps) {
  const [open, setOpen] = useState<OpenEvent | null>(null);
  return <CalendarPage open={open} onOpen={setOpen} spaceId={spaceId} />;
}
