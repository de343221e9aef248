import type { serverEvents, ServerEventName } from "#contract/events.ts";
import type { z } from "zod";

type EventData<N extends ServerEventName> = z.infer<(typeof serverEvents)[N]>;

/** One server-sent event: JSON has no line breaks, so it is one `data:` line. */
export function frame<N extends ServerEventName>(event: N, data: EventData<N>): string {
  return `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}

export function changeFrame(id: string, line: string): string {
  return `event: change\nid: ${id}\ndata: ${line}\n\n`;
}

export const HEARTBEAT = ": still here\n\n";
