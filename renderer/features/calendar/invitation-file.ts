import { requestMessage, zoneComponentsOf } from "#contract/icalendar/itip.ts";
import { parseCalendarText } from "#contract/icalendar/parse-calendar.ts";
import { saveFile } from "#renderer/kit/save-file.ts";

/** Saves what calendar programs read as an invitation (REQUEST of RFC 5546), for those who are told by e-mail. */
export function saveInvitation(data: string, title: string): void {
  const parsed = parseCalendarText(data);
  const [object] = parsed.ok ? parsed.calendar.objects : [];
  if (!parsed.ok || object === undefined) return;
  const { text, contentType } = requestMessage(object, zoneComponentsOf(parsed.calendar.nodes));
  saveFile(`${title.replaceAll(/[\\/:*?"<>|]+/g, " ").trim()}.ics`, text, contentType);
}
