import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import {
  calendarFeedRequestSchema,
  type CalendarFeedList,
  type NewCalendarFeed,
} from "#contract/calendar-feeds.ts";
import { freshIdSchema } from "#contract/ids.ts";
import { AppError, badRequest } from "#contract/problem.ts";
import type { CallerEnv } from "../authenticate.ts";
import type { ServerConfig } from "../config.ts";
import { addressOf } from "../http/caller-address.ts";
import { Attempts } from "../sign-in/attempts.ts";
import { countingGuesses } from "../sign-in/counting-guesses.ts";
import type { Feeds } from "./feeds.ts";

const WINDOW_MS = 5 * 60 * 1000;
const MAX_BODY_BYTES = 4096;

export interface FeedRouteOptions {
  feeds: Feeds;
  clock: () => number;
  config: Pick<ServerConfig, "trustsProxy" | "publicUrl">;
}

/** `GET /v1/feeds/TOKEN.ics`: mounted before authentication. */
export function feedRoutes({ feeds, clock, config }: FeedRouteOptions): Hono {
  const perAddress = new Attempts({ failures: 200, windowMs: WINDOW_MS, keys: 20_000 }, clock);
  const app = new Hono();
  app.get("/v1/feeds/:file", async (c) => {
    const token = c.req.param("file").replace(/\.ics$/, "");
    const address = addressOf(c, config.trustsProxy);
    const { etag, read } = await countingGuesses(perAddress, address, () => feeds.open(token));
    const headers = {
      etag,
      "content-type": "text/calendar; charset=utf-8",
      "cache-control": "private, no-cache",
      "content-security-policy": "sandbox; default-src 'none'",
      "x-content-type-options": "nosniff",
      "referrer-policy": "no-referrer",
      "x-robots-tag": "noindex",
    };
    const known = c.req.header("if-none-match")?.split(",") ?? [];
    if (known.some((tag) => tag.trim().replace(/^W\//, "") === etag))
      return new Response(null, { status: 304, headers });
    return new Response(await read(), { status: 200, headers });
  });
  return app;
}

/** `/v1/calendar-feeds`: mounted behind authentication. */
export function ownFeedRoutes({ feeds, config }: FeedRouteOptions): Hono<CallerEnv> {
  const app = new Hono<CallerEnv>();
  app.get("/v1/calendar-feeds", async (c) => {
    c.header("Cache-Control", "no-store");
    return c.json({ feeds: await feeds.of(c.var.personId) } satisfies CalendarFeedList);
  });
  app.post("/v1/calendar-feeds", bodyLimit({ maxSize: MAX_BODY_BYTES, onError: refuseSize }), async (c) => {
    const wanted = calendarFeedRequestSchema.safeParse(await c.req.json().catch(() => undefined));
    if (!wanted.success) throw badRequest(wanted.error);
    const { feed, token } = await feeds.make(c.var.personId, wanted.data);
    const origin = config.publicUrl ?? new URL(c.req.url).origin;
    c.header("Cache-Control", "no-store");
    const url = new URL(`/v1/feeds/${token}.ics`, origin).href;
    return c.json({ ...feed, url } satisfies NewCalendarFeed, 201);
  });
  app.delete("/v1/calendar-feeds/:id", async (c) => {
    const id = freshIdSchema.safeParse(c.req.param("id"));
    if (!id.success) throw badRequest(id.error, "id");
    await feeds.remove(c.var.personId, id.data);
    return c.body(null, 204);
  });
  return app;
}

function refuseSize(): never {
  throw new AppError("tooLarge", {
    title: "The request is too large",
    detail: `At most ${MAX_BODY_BYTES} bytes.`,
  });
}
