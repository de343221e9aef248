import { envelopeSchema, type Envelope } from "#contract/envelope.ts";
import type { CalendarNames } from "../../store/calendar-names.ts";
import { DavError } from "../dav-error.ts";
import { childNamed, xmlResponse } from "../dav-xml.ts";
import { calendarMultistatus, statusResponse } from "./calendar-properties.ts";
import { ownHref } from "./calendar-request.ts";
import { ObjectResponses, type ReportRequest } from "./calendar-reports.ts";
import { nameOf, objectHref, seenObject } from "./calendar-tree.ts";
import { seqOfToken, syncTokenOf } from "./sync-token.ts";

const ONE_PAGE = 10_000;
const OF_OBJECT = /^\{"scope":"[^"]*","seq":\d+,"collection":"calendarObject",/;

/** What is new since a token (RFC 6578), or without one everything. */
export async function syncCollection(request: ReportRequest): Promise<Response> {
  const { at, tree, root, dav } = request;
  const { store } = dav.options;
  const token = childNamed(root, "sync-token")?.textContent?.trim() ?? "";
  const most = readLimit(request);
  const head = await store.head(at.scope);
  const since = token === "" ? undefined : seqOfToken(store, at, { token, head });
  const responses = new ObjectResponses(request);
  let seq = head;
  let isCut = false;
  const isFull = () => most !== undefined && responses.all.length >= most;
  if (since === undefined) {
    for (const object of await tree.objects(at)) {
      if (isFull()) {
        isCut = true;
        break;
      }
      responses.add(object);
      seq = object.seq;
    }
    if (!isCut) seq = head;
  } else {
    const telling = { responses, told: new Set<string>(), names: await store.calendarNames.of(at.scope) };
    for await (const row of changesOf(request, since)) {
      if (row.seq > head) break;
      if (isFull()) {
        isCut = true;
        break;
      }
      await tell(request, row, telling);
      seq = row.seq;
    }
    if (!isCut) seq = head;
  }
  const own = ownHref(request, true);
  const rest = isCut
    ? [
        statusResponse(
          own,
          "507 Insufficient Storage",
          "<D:error><D:number-of-matches-within-limits/></D:error>",
        ),
      ]
    : [];
  return xmlResponse(207, calendarMultistatus([...responses.all, ...rest], syncTokenOf(store, at, seq)));
}

async function* changesOf({ at, dav }: ReportRequest, since: number): AsyncGenerator<Envelope> {
  const { store } = dav.options;
  let seq = since;
  for (;;) {
    const before = seq;
    for await (const { bytes, lastSeq } of store.readTail(at.scope, seq, ONE_PAGE)) {
      for (const line of new TextDecoder().decode(bytes).split("\n"))
        if (OF_OBJECT.test(line)) yield envelopeSchema.parse(JSON.parse(line));
      seq = lastSeq;
    }
    if (seq === before) return;
  }
}

interface Telling {
  responses: ObjectResponses;
  /** Names that something was said of. */
  told: Set<string>;
  names: CalendarNames;
}

/** What stands in this calendar as it is; of everything else, and of its former names, that it is not there. */
async function tell(
  { at, tree }: ReportRequest,
  row: Envelope,
  { responses, told, names }: Telling,
): Promise<void> {
  const current = nameOf(names, row.id);
  const object = seenObject(row, current);
  const isHere = object?.row.calendarId === at.calendar.id;
  if (object !== undefined && isHere) {
    told.add(current);
    responses.add(object);
  }
  for (const name of names.get(row.id) ?? [current]) {
    if (told.has(name)) continue;
    const other = await tree.object(at, name);
    if (other !== undefined && nameOf(names, other.row.id) === name) continue;
    told.add(name);
    responses.missing(objectHref(at, name));
  }
}

function readLimit({ root }: ReportRequest): number | undefined {
  const limit = childNamed(root, "limit");
  const text = limit === undefined ? undefined : childNamed(limit, "nresults")?.textContent?.trim();
  if (text === undefined) return undefined;
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new DavError(400, "The limit is no number.");
}
