import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { signalRequestSchema, type Signal } from "#contract/events.ts";
import type { PersonId } from "#contract/ids.ts";
import { AppError, badRequest } from "#contract/problem.ts";
import { parseScope } from "#contract/scope.ts";
import type { CallerEnv } from "../authenticate.ts";
import type { PresenceTracker } from "../events/presence-tracker.ts";
import type { Logger } from "../logger.ts";
import type { Store } from "../store/store.ts";
import { SignalRates } from "./signal-rates.ts";

export interface SignalOptions {
  store: Pick<Store, "canRead" | "get" | "tell">;
  clock: () => number;
  logger: Logger;
  presence: Pick<PresenceTracker, "alive" | "left" | "typed">;
}

const MAX_BODY_BYTES = 16 * 1024;

type Typing = Extract<Signal, { kind: "typing" }>;

/** `POST /v1/signals`, behind authentication: passed on and forgotten. */
export function signalRoutes({ store, clock, logger, presence }: SignalOptions): Hono<CallerEnv> {
  const rates = new SignalRates(clock);
  const app = new Hono<CallerEnv>();

  /** Whoever may not read there is not told so: the answer says nothing of what exists. */
  async function passOn(personId: PersonId, signal: Typing): Promise<void> {
    const { scope, conversationId, threadId, isTyping } = signal;
    if (!rates.allowsTyping(personId, conversationId, threadId, isTyping)) return;
    if (!(await isConversationOf(store, signal)) || !(await store.canRead(personId, scope))) return;
    const place = { scope, conversationId, ...(threadId === undefined ? {} : { threadId }) };
    await store.tell({ type: "typing", data: { ...place, personId, isTyping } });
  }

  app.post("/v1/signals", bodyLimit({ maxSize: MAX_BODY_BYTES, onError: refuseSize }), async (c) => {
    const { personId } = c.var;
    rates.requireCalm(personId);
    const request = signalRequestSchema.safeParse(await c.req.json<unknown>().catch(notJson));
    if (!request.success) throw badRequest(request.error);
    for (const signal of request.data.signals) {
      if (signal.kind === "typing") {
        if (signal.isTyping) presence.typed(personId);
        // Nobody waits for it, and a database that is away must not hold up a sign of life.
        passOn(personId, signal).catch((error: unknown) => {
          logger.error("a signal was not passed on", { error: String(error) });
        });
      } else if (signal.isLeaving === true) {
        presence.left(personId, signal.machine);
      } else {
        presence.alive(personId, signal.machine, signal.isActive);
      }
    }
    return c.body(null, 204);
  });
  return app;
}

async function isConversationOf(
  store: SignalOptions["store"],
  { scope, conversationId }: Typing,
): Promise<boolean> {
  const { kind, id } = parseScope(scope);
  if (kind === "conversation") return id === String(conversationId);
  if (kind !== "space") return false;
  return (await store.get(scope, "channel", conversationId))?.op === "put";
}

function notJson(cause: unknown): never {
  if (cause instanceof AppError) throw cause;
  throw new AppError("badRequest", { title: "The body is not JSON", cause });
}

function refuseSize(): never {
  throw new AppError("tooLarge", {
    title: "The request is too large",
    detail: `At most ${MAX_BODY_BYTES} bytes.`,
  });
}
