import type { PersonId } from "#contract/ids.ts";
import type { ObjectTarget } from "#contract/links.ts";
import type { Card } from "#contract/views/conversation-parts.ts";
import { Briefs } from "../briefs.ts";
import type { QueryContext } from "../query-context.ts";
import type { Reader } from "../reader.ts";
import { openCalendars } from "./calendar-place.ts";

/** An event of a calendar that the reader has: when, where, and who made it. */
export async function eventCard(
  { context, reader, me }: { context: QueryContext; reader: Reader; me: PersonId },
  { scope, objectId }: Extract<ObjectTarget, { kind: "event" }>,
): Promise<Card | null> {
  const place = await openCalendars(context, reader, { scope, me });
  const laid = place?.overlay.objects.get(objectId);
  if (place === undefined || laid === undefined) return null;
  const { object } = laid;
  const calendar = place.overlay.calendars.get(object.calendarId);
  return {
    object: { kind: "row", scope, collection: "calendarObject", id: objectId },
    title: object.summary ?? "",
    excerpt: [place.rights.space?.name ?? "", calendar?.name ?? ""].filter((name) => name !== "").join(" / "),
    person: await new Briefs(reader).get(object.organizerId ?? object.createdBy),
    at: object.startsAt ?? null,
  };
}
