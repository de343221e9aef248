import { Hono } from "hono";
import { AppError, problemStatus } from "#contract/problem.ts";
import type { Capabilities } from "#contract/capabilities.ts";
import { addressOf } from "../http/caller-address.ts";
import type { ServerConfig } from "../config.ts";
import type { Logger } from "../logger.ts";
import type { Store } from "../store/store.ts";
import { answerCalendars, calendarHeaders } from "./calendars/calendar-methods.ts";
import { homeHref, isCalendarPath } from "./calendars/calendar-tree.ts";
import { DavCredentials } from "./credentials.ts";
import { DavError } from "./dav-error.ts";
import { DavLocks } from "./dav-locks.ts";
import { DavRequest, type DavOptions } from "./dav-request.ts";
import { escapeXml, NAMESPACES, xmlResponse } from "./dav-xml.ts";
import { propfind } from "./finding.ts";
import { lock, unlock } from "./locking.ts";
import { proppatch } from "./patching.ts";
import { place } from "./placing.ts";
import { get } from "./reading.ts";
import { mkcol, put, remove } from "./writing.ts";

export interface DavRouteOptions {
  store: Store;
  clock: () => number;
  config: Pick<ServerConfig, "trustsProxy">;
  limits: Capabilities["limits"];
  logger: Logger;
}

type Method = (dav: DavRequest) => Response | Promise<Response>;

const methods: Readonly<Record<string, Method>> = {
  OPTIONS: () => new Response(null, { status: 200, headers: { "content-length": "0" } }),
  GET: get,
  HEAD: get,
  PUT: put,
  DELETE: remove,
  MKCOL: mkcol,
  PROPFIND: propfind,
  PROPPATCH: proppatch,
  COPY: (dav) => place(dav, "COPY"),
  MOVE: (dav) => place(dav, "MOVE"),
  LOCK: lock,
  UNLOCK: unlock,
};

const ALLOW = Object.keys(methods).join(", ");

/**
 * The libraries as WebDAV (RFC 4918, classes 1, 2 and 3), for Explorer, Finder, rclone and Parvis itself: `/dav/mine/…` and
 * `/dav/spaces/NAME/…`. The calendars as CalDAV (RFC 4791): `/dav/calendars/…`. Everything is written by the same mutations as everybody's.
 */
export function davRoutes({ store, clock, config, limits, logger }: DavRouteOptions): Hono {
  const credentials = new DavCredentials(store, clock);
  const options: DavOptions = { store, clock, limits, locks: new DavLocks(clock) };
  const app = new Hono();
  const answer = async (request: Request, address: string): Promise<Response> => {
    try {
      const personId = await credentials.personOf(request.headers.get("authorization"), address);
      const dav = new DavRequest(options, personId, request);
      if (isCalendarPath(dav.steps)) return await answerCalendars(dav);
      const method = methods[request.method];
      if (method === undefined) throw new DavError(405, "This method is not part of WebDAV here.");
      await dav.prepare();
      return await method(dav);
    } catch (error) {
      return refusal(error, request, logger);
    }
  };
  const handle = async (request: Request, address: string): Promise<Response> => {
    const response = await answer(request, address);
    const isCalendar = /^\/dav\/(?:calendars|principals)(?:\/|$)/.test(new URL(request.url).pathname);
    response.headers.set("dav", isCalendar ? calendarHeaders.dav : "1, 2, 3");
    response.headers.set("allow", isCalendar ? calendarHeaders.allow : ALLOW);
    response.headers.set("ms-author-via", "DAV");
    response.headers.set("server", "Parvis");
    return response;
  };
  // Where clients begin that know nothing but the name of the server (RFC 6764 section 5).
  app.all("/.well-known/caldav", (c) => c.redirect(homeHref(), 301));
  app.all("/dav", (c) => handle(c.req.raw, addressOf(c, config.trustsProxy)));
  app.all("/dav/*", (c) => handle(c.req.raw, addressOf(c, config.trustsProxy)));
  return app;
}

function conditionOf({ condition, href }: DavError): string {
  if (condition === undefined) return "";
  const name = condition.includes(":") ? condition : `D:${condition}`;
  return href === undefined ? `<${name}/>` : `<${name}><D:href>${escapeXml(href)}</D:href></${name}>`;
}

function refusal(error: unknown, request: Request, logger: Logger): Response {
  if (error instanceof DavError) {
    return xmlResponse(error.status, `<D:error ${NAMESPACES}>${conditionOf(error)}</D:error>`, {
      "x-parvis-reason": encodeURIComponent(error.message),
    });
  }
  if (error instanceof AppError) {
    const status = error.problem.status ?? problemStatus[error.kind];
    const retry: Record<string, string> =
      error.problem.retryAfter === undefined ? {} : { "retry-after": String(error.problem.retryAfter) };
    const ask: Record<string, string> =
      status === 401 ? { "www-authenticate": 'Basic realm="Parvis", charset="UTF-8"' } : {};
    return new Response(null, { status, headers: { ...retry, ...ask } });
  }
  logger.error("a WebDAV request failed", {
    method: request.method,
    error: error instanceof Error ? (error.stack ?? error.message) : String(error),
  });
  return new Response(null, { status: 500 });
}
