import type { Envelope } from "#contract/envelope.ts";
import type { ConversationId, PersonId } from "#contract/ids.ts";
import { timelineCollections } from "#contract/collections.ts";
import type { Scope } from "#contract/scope.ts";

/** One stream as a client with no cursor would get it. */
export interface WorkloadScope {
  scope: Scope;
  head: number;
  /** Ascending seq. */
  small: Envelope[];
  /** Messages and reactions, newest first. */
  timeline: Envelope[];
}

/** Everything one person's first sync contains. */
export interface Workload {
  name: string;
  me: PersonId;
  /** Most useful first. */
  scopes: WorkloadScope[];
  /** Conversations by latest message, newest first. */
  conversations: { scope: Scope; conversationId: ConversationId; messages: number }[];
}

export interface WorkloadCounts {
  rows: number;
  messages: number;
}

export function countRows(workload: Workload): WorkloadCounts {
  let rows = 0;
  let messages = 0;
  for (const { small, timeline } of workload.scopes) {
    rows += small.length + timeline.length;
    for (const envelope of timeline) if (envelope.collection === "message") messages++;
  }
  return { rows, messages };
}

/** Gives each envelope its place in its scope's stream: small rows first, then the timeline in the order of time. */
export function layOut(scope: Scope, rows: readonly Envelope[]): WorkloadScope {
  const small: Envelope[] = [];
  const timeline: Envelope[] = [];
  for (const row of rows) (timelineCollections.has(row.collection) ? timeline : small).push(row);
  let seq = 0;
  for (const row of small) row.seq = ++seq;
  for (const row of timeline) row.seq = ++seq;
  timeline.reverse();
  return { scope, head: seq, small, timeline };
}
