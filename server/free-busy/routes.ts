import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { freeBusyRequestSchema } from "#contract/free-busy.ts";
import { AppError, badRequest } from "#contract/problem.ts";
import type { CallerEnv } from "../authenticate.ts";
import type { Store } from "../store/store.ts";
import { freeBusyOf } from "./free-busy.ts";

const MAX_BODY_BYTES = 16 * 1024;

/** `POST /v1/free-busy`: mounted behind authentication. */
export function freeBusyRoutes(store: Store): Hono<CallerEnv> {
  const app = new Hono<CallerEnv>();
  app.post("/v1/free-busy", bodyLimit({ maxSize: MAX_BODY_BYTES, onError: refuseSize }), async (c) => {
    const wanted = freeBusyRequestSchema.safeParse(await c.req.json().catch(() => undefined));
    if (!wanted.success) throw badRequest(wanted.error);
    c.header("Cache-Control", "no-store");
    return c.json(await freeBusyOf(store, c.var.personId, wanted.data));
  });
  return app;
}

function refuseSize(): never {
  throw new AppError("tooLarge", {
    title: "The request is too large",
    detail: `At most ${MAX_BODY_BYTES} bytes.`,
  });
}
