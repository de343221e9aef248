import type { Envelope } from "#contract/envelope.ts";
import { personIdSchema, type PersonId } from "#contract/ids.ts";
import { toIsoTime } from "#contract/time.ts";
import { frenchText } from "./french.ts";
import { createRandom, seededId } from "./random.ts";
import type { StubBackend } from "./stub-backend.ts";

const TICK_MS = 20;

function peopleOf(backend: StubBackend): PersonId[] {
  const rows = backend.workload.scopes.flatMap(({ small }) => small);
  return rows.filter(({ collection }) => collection === "person").map(({ id }) => personIdSchema.parse(id));
}

/** New messages spread evenly over all conversations, so many a second, until the returned function is called. */
export function startTraffic(backend: StubBackend, messagesPerSecond: number): () => number {
  const random = createRandom(7);
  const people = peopleOf(backend);
  const startedAt = Date.now();
  let sent = 0;
  const createMessage = (): Envelope => {
    const { scope, conversationId } = random.pick(backend.workload.conversations);
    const id = seededId(random, Date.now());
    const body = frenchText(random);
    // A millisecond apart, as a server gives them out.
    const sentAt = toIsoTime(startedAt + sent);
    const data = { id, conversationId, authorId: random.pick(people.slice(1)), body, sentAt, version: 1 };
    return { scope, seq: 1, collection: "message", id, rev: 1, op: "put", data };
  };
  const timer = setInterval(() => {
    const due = Math.floor(((Date.now() - startedAt) / 1000) * messagesPerSecond);
    const batch: Envelope[] = [];
    for (; sent < due; sent++) batch.push(createMessage());
    backend.publish(batch);
  }, TICK_MS);
  return () => {
    clearInterval(timer);
    return sent;
  };
}
