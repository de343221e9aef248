import type { Store } from "../../store/store.ts";
import { DavError } from "../dav-error.ts";
import type { SeenCalendar } from "./calendar-tree.ts";

const TOKEN = /^data:,([^/]+)\/([0-9a-f-]+)\/(\d{1,15})$/;

/** The state of a calendar (RFC 6578 section 3.2): a place in the stream of its scope. */
export function syncTokenOf(store: Pick<Store, "epoch">, { calendar }: SeenCalendar, seq: number): string {
  return `data:,${store.epoch}/${calendar.id}/${seq}`;
}

/** @throws DavError 403 for a token that is not of this calendar, or of a state that it was never in */
export function seqOfToken(
  store: Pick<Store, "epoch">,
  { calendar }: SeenCalendar,
  { token, head }: { token: string; head: number },
): number {
  const [, epoch, id, text] = TOKEN.exec(token) ?? [];
  const seq = Number(text);
  if (epoch === store.epoch && id === calendar.id && seq <= head) return seq;
  throw new DavError(403, "This token is not known here: begin without one.", "valid-sync-token");
}
