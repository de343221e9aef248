import { Hono } from "hono";
import type { CallerEnv } from "../authenticate.ts";
import type { EventsHub } from "./events-hub.ts";

/** Node's timers count in 32 bits. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** `GET /v1/events`, behind authentication. */
export function eventsRoutes(hub: EventsHub, clock: () => number): Hono<CallerEnv> {
  const app = new Hono<CallerEnv>();
  app.get("/v1/events", async (c) => {
    const { personId, sessionId, expiresAtMs } = c.var;
    const lastEventId = c.req.header("last-event-id") ?? c.req.query("cursor");
    const isPresent = c.req.query("presence") !== "none";
    const connection = await hub.open({ personId, sessionId, isPresent }, lastEventId);
    const expiry = setTimeout(
      () => connection.signOut(),
      Math.min(LONGEST_TIMER_MS, Math.max(0, expiresAtMs - clock())),
    );
    expiry.unref();
    connection.onDidClose = () => clearTimeout(expiry);
    return new Response(connection.body, {
      headers: {
        "content-type": "text/event-stream; charset=utf-8",
        "cache-control": "no-store",
        // Reverse proxies that collect answers would hold events back.
        "x-accel-buffering": "no",
      },
    });
  });
  return app;
}
